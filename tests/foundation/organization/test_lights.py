"""Lights around the due days of the plan of 2023."""

import datetime as dt

import pytest

from foundation.organization.calendar import WorkCalendar
from foundation.organization.lights import Light, light_of
from foundation.organization.seed import seed_days

CALENDAR = WorkCalendar({date: works for date, (works, _) in seed_days(2023).items()})
DUE = dt.date(2023, 7, 1)  # a Saturday


@pytest.mark.parametrize(
    ("today", "light"),
    [
        (dt.date(2023, 6, 26), Light("ok", 4)),
        (dt.date(2023, 6, 27), Light("near", 3)),
        (dt.date(2023, 6, 30), Light("near", 0)),  # the last working day; the due day itself is free
        (dt.date(2023, 7, 1), Light("near", 0)),
        (dt.date(2023, 7, 2), Light("overdue", 1)),  # late at once, though nobody works
        (dt.date(2023, 7, 3), Light("overdue", 1)),  # T+0
        (dt.date(2023, 7, 4), Light("overdue", 2)),
    ],
)
def test_a_saturday_is_not_rolled_over(today, light):
    assert light_of(DUE, today, CALENDAR) == light


def test_what_is_done_is_not_late():
    assert light_of(DUE, dt.date(2023, 8, 1), CALENDAR, done=True) == Light("done")


def test_without_a_due_day_nothing_is_near():
    assert light_of(None, DUE, CALENDAR) == Light("ok")
    assert light_of(None, DUE, CALENDAR, idle=True) == Light("idle")


def test_what_nobody_began_is_idle_until_it_is_near():
    assert light_of(DUE, dt.date(2023, 6, 1), CALENDAR, idle=True).kind == "idle"
    assert light_of(DUE, dt.date(2023, 6, 28), CALENDAR, idle=True).kind == "near"
