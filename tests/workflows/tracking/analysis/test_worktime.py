"""Working time between many moments is what the approvals count between two."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from approvals.engine.dwell import worked
from foundation.organization.calendar import WorkCalendar
from workflows.tracking.analysis.worktime import WorkTime

CHINA = dt.timezone(dt.timedelta(hours=8))
BEGIN = dt.datetime(2026, 9, 25, tzinfo=CHINA)
HOLIDAYS = {dt.date(2026, 10, day): False for day in range(1, 8)} | {dt.date(2026, 10, 10): True}
MOMENTS = st.integers(0, 30 * 24 * 60).map(lambda minutes: BEGIN + dt.timedelta(minutes=minutes))


@given(st.lists(st.tuples(MOMENTS, MOMENTS), min_size=1, max_size=8))
def test_it_counts_as_one_stay_is_counted_in_whatever_order_it_is_asked(pairs):
    calendar = WorkCalendar(HOLIDAYS)
    time = WorkTime(calendar)
    for start, end in pairs:
        assert time.between(start, end) == worked(start, end, calendar)
