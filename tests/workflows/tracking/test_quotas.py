"""案例推荐指标 on the board: beside the task of the cases, unit by unit."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import actor, more_units
from tests.workflows.cases.recommending.minutes import BEGIN, Minutes
from tests.workflows.cases.recommending.minutes import campaign as campaign_of_cases
from tests.workflows.tasks.minutes import Minutes as TaskMinutes
from workflows.plans.models import Period, Plan
from workflows.tasks.models import Task
from workflows.tasks.quota.facts import quota_of

from .conftest import NOW, give

BOARD = "/board/?range=all"


@pytest.fixture
def case(cast) -> Minutes:
    return Minutes(cast, campaign_of_cases(cast))


def quotas(response) -> dict[str, str]:
    """What the column says, unit by unit."""
    return {row.name: row.cells[1].state for row in response.context["table"].rows}


def answers(cast) -> None:
    """甲镇 hands in why it has none."""
    told = TaskMinutes(Task.objects.get(unit=cast.town.unit).pk, cast, BEGIN)
    told.receive()
    told.write(cases_note="零报告：检查未发现符合条件的案件。")
    told.submit()


def test_each_unit_says_whether_it_is_met_and_leads_to_its_row(case, cast, sign_in):
    case.accepted()
    page = sign_in(cast.clerk).get(BOARD)
    found = quotas(page)
    assert (found["甲镇"], found["乙镇"]) == ("指标已达标", "指标未够数")
    assert (page.context["table"].heads[1].title, page.context["table"].foot[1].number) == ("案例推荐指标", 1)
    html = page.content.decode()
    assert f"/plans/{case.item.plan_id}/recommendations/?q=%E4%B9%99%E9%95%87" in html
    assert "× 1 项" in html


def test_the_board_says_what_the_page_of_the_quota_says(case, cast, sign_in):
    answers(cast)
    Task.objects.filter(unit=cast.department.unit).update(imported=True)
    page = quotas(sign_in(cast.clerk).get(BOARD))
    rows = quota_of(Plan.objects.get(), actor(cast.clerk), NOW.date())
    assert {name: words for name, words in page.items() if words} == {
        row.task.unit.short_name: f"指标{row.verdict.words}" for row in rows
    }
    assert (page["甲镇"], page["市丙局"]) == ("指标审核中", "")


def test_a_unit_sees_its_own(case, cast, sign_in):
    case.accepted()
    assert quotas(sign_in(cast.town.head).get(BOARD)) == {"甲镇": "指标已达标"}


def test_where_nobody_is_asked_for_cases_there_is_no_column(campaign, cast, sign_in):
    heads = sign_in(cast.clerk).get(BOARD).context["table"].heads
    assert "案例推荐指标" not in [head.title for head in heads]


def test_it_costs_the_same_with_ten_times_the_units(case, cast, sign_in):
    client, asked, period = sign_in(cast.clerk), [], Period.objects.get()
    client.get(BOARD)  # the first look of a sitting is written down
    for count in (1, 20):
        for unit in more_units(count):
            give(period, unit)
        with CaptureQueriesContext(connection) as queries:
            client.get(BOARD)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 15


def test_it_costs_two_questions_where_cases_are_asked_for(case, cast, sign_in):
    client, asked = sign_in(cast.clerk), []
    client.get(BOARD)  # the first look of a sitting is written down
    for kind in ("cases", "activity"):
        case.item.kind = kind
        case.item.save()
        with CaptureQueriesContext(connection) as queries:
            client.get(BOARD)
        asked.append(len(queries))
    assert asked[0] - asked[1] == 2
