"""What a course and its measures are: pure, in the words of the manual."""

import datetime as dt

import pytest

from foundation.organization.calendar import WorkCalendar
from workflows.tracking.analysis.measures import Clock, Followed, measure, measure_by
from workflows.tracking.analysis.steps import Move, course_of
from workflows.tracking.analysis.worktime import WorkTime

CHINA = dt.timezone(dt.timedelta(hours=8))
MONDAY = dt.datetime(2026, 6, 1, 8, 30, tzinfo=CHINA)
CLOCK = Clock(MONDAY + dt.timedelta(days=14), WorkTime(WorkCalendar()))


def at(day: int, hour: float = 8.5) -> dt.datetime:
    return MONDAY.replace(hour=0, minute=0) + dt.timedelta(days=day, hours=hour)


def moves(*told: tuple[str, str, dt.datetime]) -> list[Move]:
    return [Move("create", "issued", at(0)), *(Move(*one) for one in told)]


RECEIVED = ("receive", "received", at(1))
SUBMITTED = ("submit", "unit_review", at(3))
REACHED = ("reach_office", "office_review", at(4))
ACCEPTED = ("accept", "accepted", at(5))
RETURNED = ("office_return", "returned", at(5))
AGAIN = (
    ("submit", "unit_review", at(7)),
    ("reach_office", "office_review", at(7)),
    ("accept", "accepted", at(8)),
)


def task(*told, state="accepted", due=5, came=3, unit=1) -> Followed:
    day = MONDAY.date()
    came_on = day + dt.timedelta(days=came) if came is not None else None
    return Followed(1, unit, 1, state, day + dt.timedelta(days=due), came_on, course_of(moves(*told)))


THROUGH = task(RECEIVED, SUBMITTED, REACHED, ACCEPTED)


def test_every_step_has_the_working_days_it_took():
    steps = measure([THROUGH], CLOCK).steps
    assert {step: times.mean for step, times in steps.items() if times.count} == {
        "issued": 1, "received": 2, "unit_review": 1, "office_review": 1,
    }  # fmt: skip


def test_the_whole_way_is_from_dispatch_to_the_first_yes():
    assert measure([THROUGH], CLOCK).whole.mean == 5  # Monday to Friday


def test_mean_and_median_are_told_apart():
    slow = task(RECEIVED, ("submit", "unit_review", at(11)))
    times = measure([THROUGH, THROUGH, slow], CLOCK).steps["received"]
    assert (times.count, times.mean, times.median, times.longest) == (3, 4, 2, 8)


def test_what_still_stands_in_a_step_is_told_apart_and_is_in_no_mean():
    times = measure([THROUGH, task(RECEIVED, state="received", came=None)], CLOCK).steps["received"]
    assert (times.count, times.mean, times.open, times.open_mean) == (1, 2, 1, 9)


def test_a_move_that_leads_where_it_stands_ends_no_stay():
    entered = task(RECEIVED, ("begin_entry", "received", at(2)), SUBMITTED)
    times = measure([entered], CLOCK).steps["received"]
    assert (times.count, times.mean) == (1, 2)


@pytest.mark.parametrize(
    ("told", "first", "returns"),
    [
        ((RECEIVED, SUBMITTED, REACHED), None, 0),
        ((RECEIVED, SUBMITTED, REACHED, ACCEPTED), True, 0),
        ((RECEIVED, SUBMITTED, REACHED, RETURNED), False, 1),
        ((RECEIVED, SUBMITTED, REACHED, RETURNED, *AGAIN), False, 1),
        ((RECEIVED, SUBMITTED, REACHED, ("reject", "rejected", at(5))), False, 0),
        ((RECEIVED, SUBMITTED, ("unit_return", "received", at(4)), *AGAIN), True, 0),
        ((RECEIVED, SUBMITTED, REACHED, ACCEPTED, ("reopen", "returned", at(6))), False, 0),
        ((RECEIVED, ("ask_waiver", "waiver_review", at(2)), ("waive", "waived", at(3))), None, 0),
    ],
)
def test_the_first_word_of_the_office_decides_unless_it_was_taken_back(told, first, returns):
    course = course_of(moves(*told))
    assert (course.first, course.returns) == (first, returns)


@pytest.mark.parametrize(
    ("one", "share"),
    [
        (task(came=5), (1, 1)),  # on its last day
        (task(came=6), (0, 1)),
        (task(came=None, state="received"), (0, 1)),  # past its due day, nothing came
        (task(came=None, state="received", due=14), (0, 0)),  # today is its last day
        (task(came=1, due=30), (1, 1)),
        (task(came=None, state="waived"), (0, 0)),
    ],
)
def test_in_time_is_the_first_that_came_of_what_is_due_or_came(one, share):
    assert measure([one], CLOCK).in_time == share


def test_nothing_has_no_share_and_no_time():
    found = measure([], CLOCK)
    assert (found.first.value, found.whole.mean, found.whole.median, found.whole.longest) == (None,) * 4


def test_a_task_counts_under_each_of_its_keys():
    found = measure_by([THROUGH, task(unit=2)], lambda one: ["all", one.unit], CLOCK)
    assert {key: measures.tasks for key, measures in found.items()} == {"all": 2, 1: 1, 2: 1}
