"""What leaves the office is masked by rule: nothing that tells who somebody is survives, entities stay named."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workflows.cases.identifiers import PERSON, person_number_fault
from workflows.cases.publishing.masking import mask, pieces
from workflows.cases.publishing.people import aliases
from workflows.cases.publishing.rules import mask_rules
from workflows.cases.publishing.shapes import SHAPES, Known, flat

from ..fined import CODE, NUMBER

WORKS = "甲镇同兴仓储有限公司"


def known(*people: str, entities: tuple[str, ...] = (WORKS,)) -> Known:
    return Known(aliases(people), entities, (CODE,))


def masked(text: str, *people: str) -> str:
    return mask(text, known(*people)).text


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        (f"身份证号{NUMBER}。", "身份证号***。"),
        ("身份证号１１０１０５ 1949 12 31 002x。", "身份证号***。"),
        ("旧证441881900101123。", "旧证***。"),
        ("电话13800138000，", "电话***，"),
        ("电话+86 138-0013-8000，", "电话***，"),
        ("电话（0763）2233445", "电话***"),
        ("电话2233445", "电话***"),
        ("账号6222 0212 0300 1234 567", "账号***"),
        ("驾驶粤R·12A45小车", "驾驶粤R***小车"),
        ("驾驶粤ad12345小车", "驾驶粤a***小车"),
        ("证件号码：G12345678", "证件号码：***"),
        ("微信号：abc_12345，邮箱a.b@qq.com", "微信号：***，邮箱***"),
        ("男，住某市甲镇鱼咀村12号，农民", "男，住某市甲镇***，农民"),
        ("在建设路12号3栋201室", "在建设路***"),
        ("编号一三八〇〇一三八〇〇〇", "编号***"),
    ],
)
def test_it_is_masked(text, becomes):
    assert masked(text) == becomes


@pytest.mark.parametrize(
    "text",
    [
        f"{WORKS}（{CODE}）",
        "罚〔2026〕42号",
        "罚款1000000元",
        "罚款 1,000,000 元",
        "2026-06-20 14:30、20260620、2026年6月20日",
        "住建部门、住院治疗、抓住要害",
        "许某、欧阳某某",
    ],
)
def test_it_stays(text):
    assert masked(text, "许某") == text


def test_people_become_their_surname_and_two_of_one_are_told_apart():
    text = "李小明与王强、王小虎、欧阳修文（王  强的舅父）"
    assert (
        masked(text, "李小明", "王强", "王小虎", "欧阳修文")
        == "李某某与王某甲、王某乙、欧阳某某（王某甲的舅父）"
    )


def test_a_longer_name_is_not_taken_for_a_shorter_one():
    assert masked("王小明、王小", "王小", "王小明") == "王某乙、王某甲"


def test_who_has_an_alias_keeps_it_whoever_comes_later():
    first = aliases(["王强"])
    assert aliases(["王小虎", "王强"], first) == {"王强": "王某", "王小虎": "王某甲"}


def test_eighteen_digits_that_may_be_both_are_the_number_of_a_person():
    assert masked(NUMBER) == "***"
    assert mask(NUMBER, Known(codes=(NUMBER,))).text == NUMBER


def test_what_nobody_knows_is_marked_for_a_look_and_stays():
    found = mask("厂长陈大文在场，员工安全培训记录", known())
    assert [(one.rule.what, one.rule.does, one.becomes) for one in found.spans] == [
        ("stranger", "look", "陈大文")
    ]
    assert found.count == 0


def test_the_name_of_a_person_in_that_of_an_entity_is_marked_for_a_look():
    found = mask("许大山食品厂的许大山", known("许大山", entities=("许大山食品厂",)))
    assert found.text == "许大山食品厂的许某某"
    assert [one.rule.what for one in found.spans] == ["namesake", "person"]


def test_a_name_that_runs_into_that_of_an_entity_is_no_fault():
    assert mask("王明强厂", known("王明", entities=("明强厂",))).text == "王某明强厂"


def test_the_page_shows_in_pieces_what_was_masked_and_what_wants_a_look():
    told = [(one.text, one.kind) for one in pieces("王某，138***，厂长陈大文。", known("王强"))]
    assert told == [
        ("王某", "masked"), ("，138", ""), ("***", "masked"), ("，厂长", ""), ("陈大文", "look"), ("。", ""),
    ]  # fmt: skip


def test_every_rule_is_data_with_a_basis_and_a_shape():
    assert {one.what for one in mask_rules()} == {*SHAPES}
    assert not any(one.verified for one in mask_rules()), "nobody has read the basis in its text yet"


# ---- properties

FAMILIES, GIVEN = "王李张刘陈", "伟芳娜秀英敏静丽强磊洋勇艳杰"
PEOPLE = st.lists(
    st.builds(str.__add__, st.sampled_from(FAMILIES), st.text(GIVEN, min_size=1, max_size=2)),
    min_size=1, max_size=6, unique=True,
)  # fmt: skip
FILL = st.text("，。；：、（）的在与于因罚款元关闭报警器厂号村路 \n《》某", max_size=8)


BORN = st.dates(dt.date(1930, 1, 1), dt.date(2025, 12, 31))


@st.composite
def numbers(draw) -> str:
    """Of a person, with its check digit."""
    head = f"{draw(st.integers(110000, 659999))}{draw(BORN):%Y%m%d}{draw(st.integers(0, 999)):03}"
    return head + PERSON[sum(int(sign) * pow(2, 17 - n, 11) for n, sign in enumerate(head)) % 11]


PHONES = st.integers(13000000000, 19999999999).map(str)
LANDLINES = st.builds("0{}-{}".format, st.integers(10, 999), st.integers(1000000, 99999999))
CARDS = st.integers(10**15, 10**19 - 1).map(str)


@st.composite
def texts(draw) -> tuple[str, list[str], list[str]]:
    """(text, people, numbers): all in any order with other words between."""
    people = draw(PEOPLE)
    secrets = draw(st.lists(st.one_of(numbers(), PHONES, LANDLINES, CARDS), max_size=5))
    parts = draw(st.permutations([*people, *secrets, *people[:1], WORKS, CODE]))
    return "".join(f"{part}、{draw(FILL)}" for part in parts), people, secrets


@given(texts())
@example(
    (f"王丽、363427061153650688、{WORKS}、{CODE}、", ["王丽"], ["363427061153650688"])
)  # fits as a credit code
def test_no_name_and_no_number_survives_and_the_entity_does(told):
    text, people, secrets = told
    found = masked(text, *people)
    assert not [one for one in [*people, *secrets] if one in found]
    assert WORKS in found
    assert CODE in found


@given(texts())
def test_masking_what_is_masked_changes_nothing(told):
    text, people, _ = told
    once = masked(text, *people)
    assert masked(once, *people) == once


@given(texts())
def test_everybody_is_called_by_one_name_and_no_two_by_the_same(told):
    _, people, _ = told
    called = aliases(people)
    assert len({*called.values()}) == len(called) == len(people)
    assert all(masked(f"{one}说", *people) == f"{alias}说" for one, alias in called.items())


@given(texts())
def test_spans_lie_in_order_and_what_is_outside_them_stays(told):
    text, people, _ = told
    spans = mask(text, known(*people)).spans
    assert all(one.end <= after.start for one, after in pairwise(spans))


@given(st.text())
def test_no_text_makes_it_fall_over_and_places_stay(text):
    assert len(flat(text)) == len(text)
    mask(text, known("王强"))


@given(numbers())
def test_the_numbers_drawn_here_are_numbers_of_people(number):
    assert not person_number_fault(number)
