"""人员组: who signs together; kept by those who keep routes, asked while they hold their posts."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from approvals.engine.route_json import read
from approvals.engine.routes import Group
from approvals.groups import SignerGroup, save_group
from approvals.lookup import Organization
from foundation.journal.models import Entry
from foundation.organization.actors import Actor
from foundation.organization.models import Appointment
from foundation.organization.refusals import Refused
from tests.forms import filled

PANEL = read({"name": "评审", "steps": [{"name": "会审", "who": [{"group": "panel"}], "mode": "all"}]})


@pytest.fixture
def panel(cast):
    """专家组 of the heads of 甲镇 and 乙镇, one of them twice."""
    return keep(cast, None, [cast.town.head, cast.other.head, cast.town.head])


def keep(cast, group, seats, name="专家组", code="panel"):
    actor, at = Actor.of(cast.administrator), timezone.now()
    return save_group(group=group, code=code, name=name, seats=seats, actor=actor, at=at)[0]


def holders(cast):
    return [
        one.seat
        for one in Organization(PANEL, cast.town.unit.pk, timezone.localdate()).holders(Group("panel"))
    ]


def test_its_members_are_asked(cast, panel):
    assert holders(cast) == [cast.town.head.pk, cast.other.head.pk]


def test_who_has_left_the_post_is_not(cast, panel):
    Appointment.objects.filter(pk=cast.other.head.pk).update(end=timezone.localdate() - dt.timedelta(1))
    assert holders(cast) == [cast.town.head.pk]


def test_a_change_is_asked_for_at_once(cast, panel):
    holders(cast)
    keep(cast, panel, [cast.department.head])
    assert holders(cast) == [cast.department.head.pk]


def test_it_is_called_by_its_name(cast, panel):
    where = Organization(PANEL, cast.town.unit.pk, timezone.localdate())
    assert [where.describe(Group(code)) for code in ("panel", "gone")] == ["专家组", "gone"]


def test_every_change_is_in_the_journal(cast, panel):
    keep(cast, panel, [cast.town.head], name="评审组")
    added, changed = Entry.objects.filter(verb__startswith="journal.book.group").order_by("pk")
    assert added.data["changed"]["seats"] == [[], sorted([cast.town.head.pk, cast.other.head.pk])]
    assert changed.data["changed"]["name"] == ["专家组", "评审组"]


def test_saving_what_is_the_same_changes_nothing(cast, panel):
    keep(cast, panel, [cast.other.head, cast.town.head])
    assert Entry.objects.filter(verb__startswith="journal.book.group").count() == 1


@pytest.mark.parametrize(
    ("code", "name", "says"), [("panel", "另一组", "代码“panel”"), ("other", "专家组", "名称“专家组”")]
)
def test_a_name_that_another_group_has_is_refused(cast, panel, code, name, says):
    with pytest.raises(Refused, match=says):
        keep(cast, None, [], name=name, code=code)


@pytest.fixture
def office(sign_in, cast):
    return sign_in(cast.office_head)


def test_the_page_makes_a_group(office, cast):
    typed = {
        "name": "专家组",
        "code": "panel",
        "join_0": "周晓岚（甲镇主要负责人）",
        "join_3": "谢长青（安办主任）",
    }
    assert office.post(reverse("signer_group_new"), typed).status_code == 302
    assert set(SignerGroup.objects.get().seats.all()) == {cast.town.head, cast.office_head}


def test_the_page_lets_go_whom_the_tick_leaves_and_keeps_the_code(office, cast, panel):
    path = reverse("signer_group", args=[panel.pk])
    html = office.get(path).content.decode()
    office.post(path, filled(html, stay=[cast.town.head.pk], join_0="江喆（乙镇分管负责人）", code="other"))
    panel.refresh_from_db()
    assert (panel.code, set(panel.seats.all())) == ("panel", {cast.town.head, cast.other.deputy})


def test_the_page_marks_who_has_left(office, cast, panel):
    Appointment.objects.filter(pk=cast.other.head.pk).update(revoked=True)
    assert "已不在任" in office.get(reverse("signer_group", args=[panel.pk])).content.decode()


def test_who_is_not_found_is_said_and_what_was_typed_stays(office, cast):
    answer = office.post(reverse("signer_group_new"), {"name": "专家组", "code": "panel", "join_1": "张三"})
    html = answer.content.decode()
    assert (answer.status_code, filled(html)["join_1"]) == (422, ["张三"])
    assert "没有找到“张三”" in html


def test_readers_read_and_editors_save(cast, panel, sign_in):
    path = reverse("signer_group", args=[panel.pk])
    readers = {cast.administrator, cast.office_head, cast.clerk, cast.twice_office, cast.auditor}
    editors = {cast.administrator, cast.office_head}
    seen = {seat: sign_in(seat).get(path).status_code for seat in cast}
    assert seen == {seat: 200 if seat in readers else 403 for seat in cast}
    kept = {seat: sign_in(seat).post(path, {"name": "专家组"}).status_code for seat in cast}
    assert kept == {seat: 302 if seat in editors else 403 for seat in cast}


# Four of them are the frame: session, person, posts, and the number beside 待办.
@pytest.mark.parametrize("count", [1, 10])
def test_ten_times_the_groups_make_the_same_queries(office, cast, count):
    for n in range(count):
        keep(cast, None, [cast.town.head], name=f"第{n}组", code=f"g{n}")
    with CaptureQueriesContext(connection) as asked:
        office.get(reverse("signer_groups"))
    assert len(asked) == 6


def test_a_route_names_it_in_words_and_warns_where_nobody_is_in_it(office, cast, panel):
    from approvals.routing.signer_words import Directory

    directory = Directory(timezone.localdate())
    assert directory.read("人员组“专家组”") == Group("panel")
    assert directory.strangers(PANEL) == []
    keep(cast, panel, [])
    assert Directory(timezone.localdate()).strangers(PANEL) == ["第1步：人员组“专家组”没有在任的成员"]
