import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from approvals.engine.dwell import A_DAY, dwell, worked
from foundation.organization.calendar import WorkCalendar

ZONE = dt.timezone(dt.timedelta(hours=8))
CALENDAR = WorkCalendar()  # Monday to Friday
MOMENTS = st.datetimes(dt.datetime(2026, 6, 1), dt.datetime(2026, 6, 30), timezones=st.just(ZONE))


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 6, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("start", "end", "says"),
    [
        (at(8, 9), at(8, 9, 10), "不到 1 工时"),
        (at(8, 10, 6), at(8, 15, 20), "3 工时"),  # the pause at noon does not count
        (at(8, 17), at(9, 9), "1 工时"),
        (at(5, 8, 30), at(8, 8, 30), "6 工时"),  # Friday to Monday is one day
        (at(1, 8, 30), at(5, 8, 30), "4 个工作日"),
        (at(6, 9), at(7, 20), "不到 1 工时"),  # a weekend
    ],
)
def test_it_counts_the_hours_the_office_works(start, end, says):
    assert dwell(start, end, CALENDAR) == says


@given(MOMENTS, MOMENTS, MOMENTS)
def test_two_spans_are_as_long_as_the_whole(one, two, three):
    first, middle, last = sorted((one, two, three))
    assert worked(first, middle, CALENDAR) + worked(middle, last, CALENDAR) == worked(first, last, CALENDAR)


@given(MOMENTS)
def test_a_week_is_five_days(start):
    assert worked(start, start + dt.timedelta(days=7), CALENDAR) == 5 * A_DAY
