"""Days of one year in another: pure."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from foundation.organization.calendar import WorkCalendar
from workflows.plans.shifting import retitled, same_date, shifted

HOLIDAY = WorkCalendar({dt.date(2027, 6, 30): False, dt.date(2027, 6, 29): False})


def test_a_working_day_that_is_free_next_year_is_moved_before_it_and_says_so():
    moved = shifted(dt.date(2026, 6, 30), 1, HOLIDAY)
    assert moved.day == dt.date(2027, 6, 28)
    assert moved.note == "6月30日不上班，提前到前一个工作日"


def test_a_saturday_was_meant_as_it_stands():
    assert shifted(dt.date(2023, 7, 1), 4, HOLIDAY).day == dt.date(2027, 7, 1)


def test_a_day_that_is_not_in_every_year():
    assert same_date(dt.date(2028, 2, 29), 2029) == dt.date(2029, 2, 28)


def test_the_year_of_a_title_is_the_new_one():
    assert retitled("2026年某市活动方案", 2026, 2027) == "2027年某市活动方案"


DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))
CALENDARS = st.dictionaries(DAYS, st.booleans(), max_size=30).map(WorkCalendar)


@given(day=DAYS, years=st.integers(1, 3), calendar=CALENDARS)
def test_it_is_never_later_and_works_where_it_worked(day, years, calendar):
    moved = shifted(day, years, calendar).day
    same = same_date(day, day.year + years)
    assert moved <= same
    assert calendar.works(moved) or not calendar.works(day)
    assert moved == same or not calendar.works(same)
