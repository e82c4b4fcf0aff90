"""How the law counts time: a table of dated examples around 2026's holidays, and a naive day-by-day model."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.organization.calendar import DAY, WorkCalendar
from workflows.cases.counting import Limit, Pause, Roll, Unit, last_moment

ZONE = dt.timezone(dt.timedelta(hours=8))


def on(*days: int, month: int) -> list[dt.date]:
    return [dt.date(2026, month, day) for day in days]


OFF = [*on(16, 17, 18, 19, 20, 23, month=2), *on(1, 2, 5, 6, 7, month=10)]
ON = [*on(14, 28, month=2), *on(20, month=9), *on(10, month=10)]  # weekends that work (调休)
CALENDAR = WorkCalendar(dict.fromkeys(OFF, False) | dict.fromkeys(ON, True))
CRIMINAL = Limit(3, Unit.NATURAL_DAY, Roll.NEXT_WORKING_DAY)  # 刑诉法105
OWN = Limit(3, Unit.NATURAL_DAY)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"2026-{text}").replace(tzinfo=ZONE)


def working(count: int) -> Limit:
    return Limit(count, Unit.WORKING_DAY)


@pytest.mark.parametrize(
    ("limit", "start", "end"),
    [
        (
            Limit(24, Unit.HOUR, count_start=True),
            "02-13 10:20",
            "02-14 10:20",
        ),  # from the minute, holidays too
        (Limit(24, Unit.HOUR), "02-13 10:20", "02-14 11:00"),  # the hour of the start is not counted
        (Limit(24, Unit.HOUR), "02-13 10:00", "02-14 11:00"),
        (OWN, "02-12 15:00", "02-15 23:59:59"),  # first day not counted, a Sunday stays
        (CRIMINAL, "02-12 15:00", "02-24 23:59:59"),  # 15 is a Sunday, then Spring Festival up to the 23rd
        (CRIMINAL, "02-11 15:00", "02-14 23:59:59"),  # a Saturday that works
        (CRIMINAL, "09-29 09:00", "10-08 23:59:59"),  # National Day
        (working(3), "09-29 09:00", "10-09 23:59:59"),
        (working(7), "02-12 09:00", "02-28 23:59:59"),  # two Saturdays that work
        (working(5), "09-30 23:00", "10-13 23:59:59"),
        (Limit(90, Unit.NATURAL_DAY), "03-01 09:00", "05-30 23:59:59"),
        (Limit(24, Unit.MONTH), "02-28 09:00", None),
        (Limit(1, Unit.MONTH), "01-31 09:00", "02-28 23:59:59"),
        (Limit(7, Unit.NATURAL_DAY, count_start=True), "03-02 09:00", "03-08 23:59:59"),
    ],
)
def test_dates_around_the_holidays(limit, start, end):
    found = last_moment(limit, at(start), CALENDAR)
    assert found == (at(end) if end else dt.datetime(2028, 2, 28, 23, 59, 59, tzinfo=ZONE))


def test_what_is_left_at_a_pause_is_left_afterwards():
    pause = Pause(at("03-03 10:00"), at("03-10 09:00"))
    assert last_moment(OWN, at("03-02 09:00"), CALENDAR, [pause]) == at("03-12 23:59:59")
    assert last_moment(working(7), at("03-02 09:00"), CALENDAR, [pause]) == at("03-18 23:59:59")
    assert last_moment(Limit(24, Unit.HOUR, count_start=True), at("03-02 12:00"), CALENDAR, [pause]) == at(
        "03-10 11:00"
    )


def test_while_it_is_paused_nobody_knows_the_day():
    assert last_moment(OWN, at("03-02 09:00"), CALENDAR, [Pause(at("03-03 10:00"), None)]) is None


def test_a_pause_after_the_time_is_up_changes_nothing():
    late = Pause(at("03-06 10:00"), None)
    assert last_moment(OWN, at("03-02 09:00"), CALENDAR, [late]) == at("03-05 23:59:59")


# The naive model: day after day, a tick at each that counts.

DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2026, 11, 30))
MOMENTS = st.builds(
    lambda day, minute: dt.datetime.combine(day, dt.time(minute // 60, minute % 60), ZONE),
    DAYS,
    st.integers(0, 1439),
)
LIMITS = st.builds(
    Limit,
    st.integers(1, 40),
    st.sampled_from([Unit.NATURAL_DAY, Unit.WORKING_DAY]),
    st.sampled_from(Roll),
    st.booleans(),
)


def naive(limit: Limit, start: dt.datetime, pauses: list[Pause]) -> dt.date | None:
    """A day counts if it is of the right kind, not the first one (unless told so), and in no pause."""
    left, day, first = limit.count, start.date(), not limit.count_start
    while True:
        paused = [
            one for one in pauses if one.start.date() < day <= (one.end.date() if one.end else dt.date.max)
        ]
        if any(one.end is None for one in paused):
            return None
        if not first and not paused and (limit.unit is Unit.NATURAL_DAY or CALENDAR.works(day)):
            left -= 1
        if left == 0:
            break
        first = False
        day += DAY
    while limit.roll is Roll.NEXT_WORKING_DAY and not CALENDAR.works(day):
        day += DAY
    return day


@given(LIMITS, MOMENTS)
def test_it_counts_like_somebody_with_a_wall_calendar(limit, start):
    found = last_moment(limit, start, CALENDAR)
    assert found is not None
    assert found.date() == naive(limit, start, [])


@given(
    LIMITS.filter(lambda one: not one.count_start),
    MOMENTS,
    st.integers(0, 30),
    st.integers(0, 20) | st.none(),
)
def test_with_a_pause_too(limit, start, after, lasting):
    """The days after the one of the pause, up to the one on which it ends, don't count."""
    begun = start + DAY * after
    pause = Pause(begun, None if lasting is None else begun + DAY * lasting)
    if limit.unit is Unit.WORKING_DAY and _last_day(limit, start) == begun.date():
        return  # nothing is left to be counted
    found, wanted = last_moment(limit, start, CALENDAR, [pause]), naive(limit, start, [pause])
    if wanted is None and _last_day(limit, start) <= begun.date():
        wanted = naive(limit, start, [])
    assert (found.date() if found else None) == wanted or _last_day(limit, start) <= begun.date()


def _last_day(limit: Limit, start: dt.datetime) -> dt.date:
    unrolled = Limit(limit.count, limit.unit, Roll.NONE, limit.count_start)
    found = naive(unrolled, start, [])
    assert found
    return found


@given(st.integers(1, 72), MOMENTS)
def test_hours_are_hours_whatever_the_day(count, start):
    own = last_moment(Limit(count, Unit.HOUR, count_start=True), start, CALENDAR)
    police = last_moment(Limit(count, Unit.HOUR), start, CALENDAR)
    assert own == start + dt.timedelta(hours=count)
    assert own < police <= own + dt.timedelta(hours=1)
