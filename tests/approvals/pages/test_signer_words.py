"""Who signs, in words: what is said is understood again, however it is typed."""

import datetime as dt

import pytest

from approvals.engine.route_json import read
from approvals.engine.routes import Group, Named, PostIn, SignerOf, Superior
from approvals.routing.signer_words import Directory
from foundation.organization.models import Appointment, Person, Unit
from foundation.organization.posts import Post

DAY = dt.date(2026, 6, 1)
STEPS = ["初审", "会审", "会审"]


def test_what_is_said_is_read_back(cast):
    directory = Directory(DAY)
    assert {PostIn(post, of) for post in Post for of in ("unit", "office", "jia")} <= set(directory.words)
    assert all(directory.read(words) == who for who, words in directory.words.items())


def test_offered_are_those_who_sign(cast):
    offers = Directory(DAY).offers(STEPS)
    assert offers[0] == "“初审”的办理人"
    assert {"本单位联络员", "安办主任", "甲镇主要负责人"} <= set(offers)
    assert not {"甲镇联络员", "甲镇安办主任", "本单位审计员", "“会审”的办理人"} & set(offers)


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("本单位分管负责人", PostIn("deputy")),
        (" 安办 主任 ", PostIn("office_head", "office")),
        ("甲镇主要负责人", PostIn("head", "jia")),
        ("发起人的上级", Superior(1)),
        ("发起人往上 3 级的上级", Superior(3)),
        ("第 2 步的办理人", SignerOf(2)),
        ("“初审”的办理人", SignerOf(1)),
        ('"初审"办理人', SignerOf(1)),
        ("“会审”的办理人", None),  # two are called so
        ("某局局长", None),
        ("", None),
    ],
)
def test_people_type_as_they_speak(cast, typed, who):
    assert Directory(DAY).read(typed, STEPS) == who


def test_brackets_may_be_of_either_width(cast):
    assert Directory(DAY).read("周晓岚(甲镇主要负责人)") == Named(cast.town.head.person_id)


def test_two_of_the_same_name_and_post_are_told_apart(cast):
    twin = Person.objects.create(username="jia.other", name=cast.town.handler.person.name)
    Appointment.objects.create(person=twin, unit=cast.town.unit, post="handler", start=dt.date(2021, 1, 1))
    words = Directory(DAY).words
    assert words[Named(cast.town.handler.person_id)] == "黄立诚（甲镇经办人）"
    assert words[Named(twin.pk)] == "黄立诚（甲镇经办人，jia.other）"


def test_units_of_one_name_are_told_apart(cast):
    ended = {"kind": "department", "short_name": "老局", "ended_on": DAY}
    for code in ("old", "older"):
        Unit.objects.create(code=code, name=code, **ended)
    Unit.objects.filter(code="bing").update(short_name="安委办")
    directory = Directory(DAY)
    for who in (
        PostIn("head", "old"),
        PostIn("head", "older"),
        PostIn("head", "office"),
        PostIn("head", "bing"),
    ):
        assert directory.read(directory.say(who)) == who


def test_steps_of_one_name_are_meant_by_their_number(cast):
    directory = Directory(DAY)
    assert [directory.say(SignerOf(n), STEPS) for n in (1, 2)] == ["“初审”的办理人", "第2步的办理人"]


def test_who_is_not_there_is_named_and_not_lost(cast):
    Person.objects.filter(pk=cast.town.head.person_id).update(is_active=False)
    strange = [PostIn("boss"), PostIn("head", "nowhere"), Named(cast.town.head.person_id), Named(10**30), Named("wang"), Group("x")]  # fmt: skip
    route = read({"name": "审批", "steps": [{"name": "一", "who": [one.__dict__ for one in strange]}]})
    directory = Directory(DAY, route)
    assert [directory.read(directory.say(who)) for who in strange] == strange
    assert directory.strangers(route) == [
        "第1步：没有“boss”这个岗位",
        "第1步：没有编码为“nowhere”的单位",
        "第1步：周晓岚目前没有在任岗位",
        f"第1步：没有编号或账号为“{10**30}”的人员",
        "第1步：没有编号或账号为“wang”的人员",
        "第1步：没有代码为“x”的人员组",
    ]
