"""Counting working days, against a model that walks day by day, with the 调休 of real years."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.organization.calendar import WorkCalendar
from foundation.organization.seed import seed_days

SEED = {date: works for year in (2023, 2024, 2025, 2026) for date, (works, _) in seed_days(year).items()}
CALENDAR = WorkCalendar(SEED)
SPRING, NATIONAL = dt.date(2026, 2, 17), dt.date(2026, 10, 1)
near_feasts = st.one_of(
    *(st.dates(feast - dt.timedelta(days=25), feast + dt.timedelta(days=25)) for feast in (SPRING, NATIONAL))
)
days = st.one_of(near_feasts, st.dates(dt.date(2023, 1, 15), dt.date(2026, 11, 30)))
odd_weeks = st.dictionaries(st.dates(dt.date(2026, 5, 1), dt.date(2026, 7, 31)), st.booleans())


def working(first: dt.date, last: dt.date) -> list[dt.date]:
    span = (first + dt.timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in span if SEED.get(day, day.weekday() < 5)]


@given(days, st.integers(1, 25))
def test_adding_finds_the_nth_working_day_after(day, count):
    assert (
        CALENDAR.add(day, count)
        == working(day + dt.timedelta(days=1), day + dt.timedelta(days=90))[count - 1]
    )


@given(days, st.integers(1, 25))
def test_taking_away_finds_the_nth_working_day_before(day, count):
    assert (
        CALENDAR.add(day, -count) == working(day - dt.timedelta(days=90), day - dt.timedelta(days=1))[-count]
    )


@given(days, days)
def test_between_counts_the_working_days_after_the_first_up_to_the_last(one, other):
    start, end = sorted((one, other))
    expected = len(working(start + dt.timedelta(days=1), end))
    assert (CALENDAR.between(start, end), CALENDAR.between(end, start)) == (expected, -expected)


@given(days)
def test_the_next_and_the_previous_working_day_enclose_only_free_ones(day):
    before, after = CALENDAR.previous_working(day), CALENDAR.next_working(day)
    assert working(before, after) == sorted({before, after})
    assert before <= day <= after


@given(odd_weeks, st.dates(dt.date(2026, 5, 1), dt.date(2026, 7, 31)), st.integers(0, 20))
def test_adding_and_counting_agree_whatever_the_table_says(table, day, count):
    calendar = WorkCalendar(table)
    assert calendar.between(day, calendar.add(day, count)) == count


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (dt.date(2026, 2, 14), True),  # a Saturday to work before the Spring Festival
        (dt.date(2026, 2, 16), False),  # a Monday that is free
        (dt.date(2026, 2, 28), True),
        (dt.date(2026, 9, 20), True),  # a Sunday to work before the National Day
        (dt.date(2026, 10, 7), False),
        (dt.date(2026, 10, 10), True),
    ],
)
def test_the_days_of_2026_that_differ_from_the_week(day, works):
    assert CALENDAR.works(day) is works


def test_a_year_that_nobody_loaded_is_named_and_goes_by_the_week():
    assert CALENDAR.missing(2026, 2027) == [2027]
    assert CALENDAR.add(dt.date(2026, 12, 31), 1) == dt.date(2027, 1, 1)


def test_the_package_has_no_2027_and_says_so_quietly():
    assert seed_days(2027) == {}
    assert len(seed_days(2024)) == 366
