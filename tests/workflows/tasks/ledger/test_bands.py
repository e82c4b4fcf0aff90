"""停留: bands of working days, counted forwards for one task and turned into days for a condition."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from foundation.organization.calendar import DAY, WorkCalendar
from workflows.tasks.ledger.bands import BANDS, LABELS, band_of, span_of, stood

FRIDAY = dt.date(2026, 6, 12)
PLAIN = WorkCalendar()
calendars = st.dictionaries(st.dates(dt.date(2026, 5, 1), dt.date(2026, 6, 30)), st.booleans()).map(
    WorkCalendar
)


def test_what_moved_today_or_on_the_free_days_since_has_not_stood():
    assert stood(FRIDAY, FRIDAY, PLAIN) == stood(FRIDAY, FRIDAY + 2 * DAY, PLAIN) == 0
    assert stood(FRIDAY, FRIDAY + 3 * DAY, PLAIN) == 1


def test_a_clock_that_went_back_makes_nothing_negative():
    assert stood(FRIDAY, FRIDAY - DAY, PLAIN) == 0


def test_seven_days_are_in_the_third_band_and_eight_in_the_last():
    assert [band_of(days) for days in (0, 1, 2, 3, 4, 7, 8, 300)] == ["0-1"] * 2 + ["2-3"] * 2 + [
        "4-7"
    ] * 2 + ["8-"] * 2
    assert set(BANDS) == set(LABELS)


@given(st.dates(dt.date(2026, 6, 1), dt.date(2026, 6, 20)), st.integers(0, 30), calendars)
def test_the_days_of_a_band_are_those_that_have_stood_as_long(today, ago, calendar):
    since = today - ago * DAY
    lies = [
        band
        for band in BANDS
        for first, last in [span_of(band, today, calendar)]
        if (first is None or since >= first) and (last is None or since <= last)
    ]
    assert lies == [band_of(stood(since, today, calendar))]
