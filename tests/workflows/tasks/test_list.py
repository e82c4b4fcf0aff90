"""The list: a unit's own, the office's with filters, acts on several at once, pages by key."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from foundation.organization.services import end_appointment
from tests.cast import identity
from workflows.tasks.models import Task

from .minutes import AT, Minutes


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(dt.datetime(2026, 6, 25, 1, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def office(client, cast):
    return identity(client, cast.clerk)


@pytest.fixture
def liaison(client, cast):
    return identity(client, cast.town.liaison)


def listed(client, **query):
    answer = client.get(reverse("tasks"), query)
    assert answer.status_code == 200
    return [line.row.task.pk for line in answer.context["lines"]]


def day(number):
    return dt.date(2026, 6, number)


def test_a_unit_sees_its_own_late_ones_first(liaison, make, cast):
    later, late, none = make(due=day(30)), make(due=day(20)), make(due=None)
    make(unit=cast.other.unit)
    assert listed(liaison) == [late, later, none]


def test_what_was_submitted_in_time_is_not_late(liaison, make, cast):
    case = Minutes(make(due=day(20)), cast)
    case.receive()
    case.hold()
    case.submit()
    answer = liaison.get(reverse("tasks"))
    assert [line.row.light.kind for line in answer.context["lines"]] == ["ok"]
    assert listed(liaison, light="overdue") == []


def test_the_office_filters_by_unit_item_state_light_and_words(office, make, cast):
    mine, theirs = make(due=day(20)), make(unit=cast.other.unit, due=day(30))
    done = make(state="archived")
    item = Task.objects.get(pk=mine).item_id
    assert listed(office) == [mine, theirs]
    assert listed(office, unit=cast.other.unit.pk) == [theirs]
    assert listed(office, item=item) == [mine]
    assert listed(office, state="archived") == [done]
    assert listed(office, state="all") == [mine, theirs, done]
    assert listed(office, light="overdue") == [mine]
    assert listed(office, light="near") == [theirs]
    assert listed(office, q="乙镇") == listed(office, q="yz") == [theirs]
    assert listed(office, q="没有这个词") == []


def test_a_filter_that_makes_no_sense_is_no_error(office, make):
    make()
    assert office.get(reverse("tasks"), {"unit": "x", "state": "?", "after": "gibberish"}).status_code == 200


def test_htmx_gets_only_the_results(office, make):
    make()
    html = office.get(reverse("tasks"), headers={"HX-Request": "true"}).content.decode()
    assert html.lstrip().startswith('<div id="results"')


def test_pages_follow_one_another_without_loss(office, make, cast):
    made = [make(due=None if n % 9 == 0 else day(1 + n % 28)) for n in range(120)]
    seen, address = [], reverse("tasks")
    while address:
        answer = office.get(address)
        seen.append([line.row.task.pk for line in answer.context["lines"]])
        older = answer.context["page"].older
        address = older and reverse("tasks") + older
    assert [len(page) for page in seen] == [50, 50, 20]
    assert sorted(pk for page in seen for pk in page) == sorted(made)
    back = office.get(reverse("tasks") + answer.context["page"].newer)
    assert {line.row.task.pk for line in back.context["lines"]} == set(seen[1])


def test_a_liaison_officer_receives_several_at_once(liaison, make):
    tasks = [make(), make(), make(state="received")]
    answer = liaison.post(
        reverse("tasks_batch"), {"do": "receive", "task": tasks, "query": "state=open"}, follow=True
    )
    html = answer.content.decode()
    assert answer.redirect_chain[0][0] == "/tasks/?state=open"
    assert "已签收 2 件" in html
    assert "有 1 件没有签收" in html
    assert "当前状态为“已签收”" in html


def test_the_office_archives_several_and_hears_of_the_rest(office, make):
    done, open_ = make(state="accepted"), make()
    html = office.post(
        reverse("tasks_batch"), {"do": "archive", "task": [done, open_]}, follow=True
    ).content.decode()
    assert "已归档 1 件" in html
    assert "有 1 件没有归档" in html
    assert Task.objects.get(pk=done).state == "archived"


def test_urging_twice_a_day_is_refused_and_the_next_day_it_is_not(office, make, cast):
    pk = make()
    post = {"do": "urge", "task": [pk]}
    assert "已催办 1 件" in office.post(reverse("tasks_batch"), post, follow=True).content.decode()
    assert "每天最多催办一次" in office.post(reverse("tasks_batch"), post, follow=True).content.decode()
    with time_machine.travel(dt.datetime(2026, 6, 26, 1, tzinfo=dt.UTC), tick=False):
        identity(office, cast.clerk)  # the session of yesterday is over
        assert "已催办 1 件" in office.post(reverse("tasks_batch"), post, follow=True).content.decode()


def test_what_was_urged_today_says_so_instead_of_offering_it(office, make):
    pk = make()
    assert f"/tasks/{pk}/urge/" in office.get(reverse("tasks")).content.decode()
    office.post(reverse("tasks_batch"), {"do": "urge", "task": [pk]})
    html = office.get(reverse("tasks")).content.decode()
    assert "今天已催" in html
    assert f"/tasks/{pk}/urge/" not in html
    page = office.get(reverse("task_act", args=[pk, "urge"])).content.decode()
    assert "今天已经催办过了" in page
    assert "<textarea" not in page


def test_what_lies_with_the_office_is_not_urged(office, make):
    unit, ours = make(state="unit_review"), make(state="office_review")
    html = office.get(reverse("tasks")).content.decode()
    assert f"/tasks/{unit}/urge/" in html
    assert f"/tasks/{ours}/urge/" not in html
    post = {"do": "urge", "task": [unit, ours]}
    html = office.post(reverse("tasks_batch"), post, follow=True).content.decode()
    assert "已催办 1 件" in html
    assert "当前状态为“办公室审核中”" in html


def test_urging_a_unit_without_a_liaison_officer_says_that_nobody_hears_it(office, make, cast):
    heard = make()
    end_appointment(appointment=cast.other.liaison, on=day(24), at=AT)
    alone = make(unit=cast.other.unit)
    post = {"do": "urge", "task": [heard, alone]}
    html = office.post(reverse("tasks_batch"), post, follow=True).content.decode()
    assert "已催办 2 件" in html
    assert f"{cast.other.unit}没有联络员，催办没有人收到" in html
    assert f"{cast.town.unit}没有联络员" not in html


@pytest.mark.parametrize(
    "post", [{}, {"do": "receive"}, {"do": "delete", "task": ["1"]}, {"do": "urge", "task": ["x"]}]
)
def test_a_batch_of_nothing_says_what_to_do(office, post):
    assert "请先勾选任务" in office.post(reverse("tasks_batch"), post, follow=True).content.decode()


def test_an_empty_list_says_so(office):
    assert "方案下达以后" in office.get(reverse("tasks")).content.decode()
    assert "没有符合条件的任务" in office.get(reverse("tasks"), {"light": "near"}).content.decode()


def test_an_empty_list_of_a_unit_says_what_comes(liaison):
    html = liaison.get(reverse("tasks")).content.decode()
    assert "先签收，再填报" in html
    assert "没有符合条件的任务" not in html


def test_it_names_in_whose_hands_a_task_is(office, make, cast):
    case = Minutes(make(), cast, AT)
    case.receive()
    case.hold()
    case.submit()
    make(unit=cast.twice.unit)
    hands = [line.row.hands for line in office.get(reverse("tasks")).context["lines"]]
    assert sorted(hands) == sorted(["何振邦", "苏珺"])


def test_what_waits_for_the_unit_can_be_asked_for(liaison, make):
    waiting = [make(state="issued", due=day(26)), make(state="returned", due=day(27))]
    make(state="unit_review", due=day(28))
    assert listed(liaison, state="todo") == waiting


def test_on_paper_it_says_what_it_was_narrowed_to(office, make, cast):
    make()
    query = {"unit": cast.town.unit.pk, "light": "ok", "since": "2026-06-01"}
    html = office.get(reverse("tasks"), query).content.decode()
    assert f"单位 {cast.town.unit}，状态 未办结，期限 ● 正常，截止自 2026-06-01" in html
