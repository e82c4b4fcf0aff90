"""The rows of a case's clocks are what the law says of its events, however they came to be recorded."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation.jobs.models import Job
from foundation.jobs.queue import run_due
from foundation.organization.calendar import WorkCalendar
from foundation.organization.refusals import Refused
from foundation.organization.services import save_days
from tests.workflows.cases.hall import PACK
from tests.workflows.cases.test_counting import at
from tests.workflows.cases.test_register import NOW, Told, about
from workflows.cases.clocks import Facts, Status, clocks
from workflows.cases.models import CaseClock, CaseEvent
from workflows.cases.register import change_case, open_case, standing, strike_event
from workflows.cases.standing import as_event
from workflows.cases.wall.keeping import keep_clocks, kept
from workflows.cases.wall.reckoning import reconcile

BOTH_TRACKS = (
    "03-01 09:00 filed", "03-02 09:00 team", "03-02 15:00 reported", "03-03 10:20 approved head", "03-04 09:00 handed_over",
    "03-04 10:00 received", "03-05 09:00 supplement_asked", "03-06 09:00 supplemented", "03-09 09:00 crime_not_filed",
    "03-11 09:00 refusal_notice", "03-12 09:00 reconsideration_asked", "03-16 09:00 informed", "03-18 09:00 heard",
    "03-20 09:00 decided", "03-23 09:00 served", "04-30 09:00 published",
)  # fmt: skip
WAITS = (Status.RUNNING, Status.OVERDUE, Status.SUSPENDED)


@pytest.fixture
def told(cast) -> Told:
    return Told(cast)


def rows(case: int) -> set[tuple]:
    return {
        (one.rule, one.name, one.starts, one.due) for one in CaseClock.objects.filter(case=case, live=True)
    }


def by_law(told: Told) -> set[tuple]:
    events = [as_event(row) for row in CaseEvent.objects.filter(case=told.pk, struck_at=None)]
    found = clocks(PACK.for_agency("other"), Facts(), events, NOW, WorkCalendar())
    return {(one.rule.rule, one.rule.name, one.starts, one.due) for one in found if one.status in WAITS}


def record_all(told: Told, lines: list[str]) -> None:
    """Again and again, as long as one more is allowed."""
    left = lines
    while left:
        again = []
        for line in left:
            try:
                told.happened(line)
            except Refused:
                again.append(line)
        if again == left:
            return
        left = again


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.sampled_from(BOTH_TRACKS)).flatmap(lambda some: st.permutations(sorted(some))), st.data())
def test_in_whatever_order_events_are_recorded_and_struck_the_rows_are_what_the_law_says(cast, lines, data):
    told = Told(cast)
    record_all(told, lines)
    assert rows(told.pk) == by_law(told)
    made = list(CaseEvent.objects.filter(case=told.pk).values_list("pk", flat=True))
    if made:
        strike_event(case=told.pk, event=data.draw(st.sampled_from(made)), why="记错", actor=told.by, at=NOW)
    assert rows(told.pk) == by_law(told)
    assert reconcile(NOW)["different"] == []


def test_a_clock_runs_from_the_day_a_case_is_opened(cast):
    limit = about(cast, violation_ended=dt.date(2026, 1, 5))
    case = open_case(about=limit, unit=cast.town.unit.pk, actor=Told(cast).by, at=NOW)
    assert [one.rule for one in CaseClock.objects.filter(case=case)] == ["P36"]


def test_an_act_that_ends_in_the_future_is_refused(told, cast):
    coming = about(cast, violation_ended=dt.date(2026, 6, 2))
    with pytest.raises(Refused, match="在将来"):
        open_case(about=coming, unit=cast.town.unit.pk, actor=told.by, at=NOW)
    with pytest.raises(Refused, match="在将来"):
        change_case(case=told.pk, about=coming, actor=told.by, at=NOW)


def test_where_nothing_changed_nothing_is_written(told, django_assert_num_queries):
    told.referred()
    stands = standing(told.row, NOW)
    assert stands.live
    with django_assert_num_queries(1):
        keep_clocks(stands)


def test_time_alone_changes_no_row(told):
    told.referred()
    before = {kept(row) for row in told.row.clocks.all()}
    keep_clocks(replace(standing(told.row, NOW), now=at("11-30 09:00")))
    assert {kept(row) for row in told.row.clocks.all()} == before


def test_a_case_that_is_over_has_none(told):
    told.happened("03-02 09:00 filed")
    told.happened("03-03 09:00 dropped")
    assert not told.row.clocks.exists()


def test_a_clock_that_stands_still_has_no_due_time_and_goes_on(told):
    told.happened("03-02 09:00 filed")
    told.happened("03-05 09:00 suspended")
    assert [one.due for one in told.row.clocks.all()] == [None]
    told.happened("03-10 09:00 resumed")
    assert [one.due for one in told.row.clocks.all()] == [at("06-05 23:59:59")]


def test_rows_that_differ_are_named_and_put_right_by_the_job(told):
    told.referred()
    CaseClock.objects.filter(rule="T2a").update(due=NOW)
    assert reconcile(NOW) == {"checked": 1, "different": [told.pk]}
    save_days({dt.date(2026, 3, 5): (False, "假日")}, at=NOW)
    run_due(NOW)
    assert Job.objects.get(name="cases.reckon").result == {"checked": 1, "mended": 1}
    assert reconcile(NOW)["different"] == []


def test_a_changed_calendar_moves_the_clocks_that_count_working_days(told):
    for line in BOTH_TRACKS[:1] + BOTH_TRACKS[11:14]:
        told.happened(line)
    assert CaseClock.objects.get(rule="P61").due == at("03-31 23:59:59")
    save_days({dt.date(2026, 3, 24): (False, "假日")}, at=NOW)
    run_due(NOW)
    assert CaseClock.objects.get(rule="P61").due == at("04-01 23:59:59")


def test_reconciling_asks_the_same_number_of_questions_of_ten_times_the_cases(
    cast, django_assert_max_num_queries
):
    for _ in range(20):
        Told(cast).referred()
    with django_assert_max_num_queries(9):
        assert reconcile(NOW) == {"checked": 20, "different": []}
