"""The quota of a campaign: who owes, what counts, and what it costs to ask."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from foundation.journal.moves import create
from foundation.organization.actors import SYSTEM
from tests.cast import actor, identity, more_units
from tests.workflows.cases.recommending.minutes import BEGIN, DUE, Minutes, campaign
from tests.workflows.tasks.minutes import Minutes as TaskMinutes
from workflows.plans.models import Period, Plan
from workflows.tasks.models import Submission, Task
from workflows.tasks.quota.facts import quota_of

TODAY = dt.date(2026, 12, 1)


@pytest.fixture
def item(cast):
    return campaign(cast)


@pytest.fixture
def case(cast, item) -> Minutes:
    return Minutes(cast, item)


def stands(cast, who=None) -> dict[str, str]:
    rows = quota_of(Plan.objects.get(), actor(who or cast.clerk), TODAY)
    return {row.task.unit.code: str(row.verdict.stand) for row in rows}


def task(cast) -> TaskMinutes:
    pk = Task.objects.get(unit=cast.town.unit).pk
    return TaskMinutes(pk, cast, BEGIN)


def test_only_those_owe_it_who_were_asked(cast, item):
    assert stands(cast) == dict.fromkeys(("jia", "yi", "bing", "ding"), "missing")
    Task.objects.filter(unit=cast.other.unit).update(state="cancelled")
    Task.objects.filter(unit=cast.department.unit).update(imported=True)
    assert set(stands(cast)) == {"jia", "ding"}


def test_a_unit_sees_its_own(case, cast):
    case.accepted()
    assert stands(cast, cast.town.handler) == {"jia": "met"}
    assert stands(cast, cast.other.head) == {"yi": "missing"}
    assert stands(cast, cast.administrator) == {}


def test_recommended_cases_are_in_the_submission_without_being_typed(case, cast):
    case.recommend()
    told = task(cast)
    told.receive()
    told.submit()
    assert Submission.objects.get().content["cases"] == [
        {"recommendation": case.row.pk, "kind": "referral", "title": "关闭报警器案", "decided_on": ""}
    ]
    assert stands(cast)["jia"] == "review"


def test_a_case_is_not_counted_twice_when_the_task_is_accepted(case, cast):
    case.recommend(kind="double_penalty")
    told = task(cast)
    told.receive()
    told.write(cases=[{"kind": "double_penalty", "title": "他系统案"}])
    told.submit()
    told.unit_agrees()
    told.office_agrees()
    row = next(one for one in quota_of(Plan.objects.get(), actor(cast.town.head), TODAY))
    assert (row.verdict.recommended, row.verdict.taken) == ({"double_penalty": 2}, {"double_penalty": 1})


def test_a_typed_case_of_another_system_meets_it_with_the_task(case, cast):
    told = task(cast)
    told.receive()
    told.write(cases=[{"kind": "referral", "title": "他系统案"}])
    told.submit()
    assert stands(cast)["jia"] == "review"
    told.unit_agrees()
    told.office_agrees()
    assert stands(cast)["jia"] == "met"


def test_none_with_a_reason_is_an_answer(case, cast):
    told = task(cast)
    told.receive()
    told.write(cases_note="零报告：检查未发现符合条件的案件。")
    told.submit()
    assert stands(cast)["jia"] == "review"
    told.unit_agrees()
    told.office_agrees()
    assert stands(cast)["jia"] == "answered"


def test_a_partial_return_does_not_hold_what_has_a_review_of_its_own(case, cast):
    """The recommended case goes back to its unit meanwhile; the task may still be handed in without it."""
    case.recommend()
    told = task(cast)
    told.receive()
    told.write(cases=[{"kind": "referral", "title": "他系统案", "text": "写得太短"}])
    told.submit()
    told.unit_agrees()
    told.send_back(cast.clerk, "请补充。", ("case:1", "写得太短"))
    case.withdraw()
    told.write(cases=[{"kind": "referral", "title": "他系统案", "text": "写得够长了。"}])
    told.submit()
    assert len(Submission.objects.latest("version").content["cases"]) == 1


def test_the_form_lists_what_was_recommended(case, cast):
    case.recommend()
    told = task(cast)
    told.receive()
    page = identity(Client(), cast.town.liaison).get(f"/tasks/{told.pk}/").content.decode()
    assert "已推荐的案例 1" in page
    assert "自动列入" in page


# -- the page


def html(client: Client, query: str = "") -> str:
    answer = client.get(f"/plans/{Plan.objects.get().pk}/recommendations/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_office_narrows_it_and_follows_the_counts(case, cast):
    case.accepted()
    clerk = identity(Client(), cast.clerk)
    page = html(clerk)
    assert "已达标 1" in page
    assert "未够数 3" in page
    assert "甲镇" in html(clerk, "?only=met")
    assert "乙镇" not in html(clerk, "?only=met")
    assert "甲镇" not in html(clerk, "?only=missing")
    assert "没有符合条件的单位" in html(clerk, "?only=missing&q=甲")
    link = f"/recommendations/?plan={Plan.objects.get().pk}&amp;unit={cast.town.unit.pk}&amp;kind=referral&amp;only=taken"
    assert link in page
    assert "关闭报警器案" in clerk.get(link.replace("&amp;", "&")).content.decode()


def test_an_auditor_reads_the_numbers_and_is_led_to_no_case(case, cast):
    case.accepted()
    page = html(identity(Client(), cast.auditor))
    assert "已达标" in page
    assert "/recommendations/?" not in page


def test_the_campaign_page_tells_how_many_have_met_it(case, cast):
    case.accepted()
    plan = Plan.objects.get().pk
    assert "已达标 1" in identity(Client(), cast.clerk).get(f"/plans/{plan}/").content.decode()
    own = identity(Client(), cast.other.head).get(f"/plans/{plan}/").content.decode()
    assert "还差 2 个一案双罚，或 1 个行刑衔接" in own


def test_a_campaign_that_asks_nobody_says_so(cast):
    plan = campaign(cast).plan
    Task.objects.update(state="cancelled")
    assert "没有推荐案例的任务" in html(identity(Client(), cast.clerk))
    assert "案例推荐指标" not in identity(Client(), cast.clerk).get(f"/plans/{plan.pk}/").content.decode()


def test_it_costs_the_same_with_ten_times_the_units_and_cases(case, cast):
    clerk, plan = identity(Client(), cast.clerk), Plan.objects.get().pk

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert clerk.get(f"/plans/{plan}/recommendations/").status_code == 200
        return len(asked)

    case.accepted()
    few = queries()
    period = Period.objects.get()
    for unit in more_units(40):
        values = {
            "plan": plan,
            "item": case.item,
            "period": period,
            "unit": unit,
            "role": "lead",
            "due_on": DUE,
        }
        create(Task, values, actor=SYSTEM, at=BEGIN)
    for _ in range(9):
        Minutes(cast, case.item).accepted()
    assert queries() == few <= 11
