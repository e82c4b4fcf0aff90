"""The light of a task: timeliness is fixed by the first submission."""

import datetime as dt

import pytest

from foundation.organization.calendar import WorkCalendar
from workflows.tasks.deadlines import last_near_day, light_for
from workflows.tasks.models import Task

CALENDAR = WorkCalendar()
DUE = dt.date(2023, 7, 1)  # a Saturday


def task(state="received", submitted=None, due=DUE):
    tz = dt.timezone(dt.timedelta(hours=8))
    at = submitted and dt.datetime(*submitted, tzinfo=tz)
    return Task(state=state, due_on=due, first_submitted_at=at)


def light(one, today):
    found = light_for(one, today, CALENDAR)
    return found.kind, found.days


@pytest.mark.parametrize(
    ("today", "shown"),
    [
        (dt.date(2023, 6, 20), ("ok", 8)), (dt.date(2023, 6, 28), ("near", 2)), (DUE, ("near", 0)),
        (dt.date(2023, 7, 2), ("overdue", 1)), (dt.date(2023, 7, 3), ("overdue", 1)), (dt.date(2023, 7, 4), ("overdue", 2)),
    ],
)  # fmt: skip
def test_before_the_first_submission_the_clock_runs(today, shown):
    assert light(task(), today) == shown


def test_not_yet_received_it_is_idle_until_it_is_near():
    assert light(task("issued"), dt.date(2023, 6, 1)) == ("idle", 21)
    assert light(task("issued"), dt.date(2023, 6, 30))[0] == "near"


def test_handed_in_at_the_last_minute_it_is_never_late_again():
    one = task("returned", (2023, 7, 1, 23, 59))
    assert light(one, dt.date(2023, 9, 1)) == ("ok", 0)


def test_handed_in_late_it_stays_as_late_as_it_was():
    one = task("office_review", (2023, 7, 5, 0, 0))
    assert light(one, dt.date(2023, 9, 1)) == ("overdue", 3)


def test_done_is_done():
    assert light(task("waived"), dt.date(2024, 1, 1)) == ("done", 0)


def test_without_a_day_it_is_never_late():
    assert light(task(due=None), dt.date(2024, 1, 1)) == ("ok", 0)


def test_the_last_near_day_is_the_last_that_shines_amber():
    for today in (dt.date(2023, 6, 26) + dt.timedelta(days=n) for n in range(10)):
        last = last_near_day(today, CALENDAR)
        assert light(task(due=last), today)[0] == "near"
        assert light(task(due=last + dt.timedelta(days=1)), today)[0] == "ok"
