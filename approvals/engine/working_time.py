"""Working days and working hours on the clock: when something asked now is due. Pure."""

from __future__ import annotations

import datetime as dt

from foundation.organization.calendar import DAY, WorkCalendar

from .dwell import HOURS
from .routes import Unit

LAST = dt.time(23, 59, 59)


def shift(at: dt.datetime, count: int, unit: Unit, calendar: WorkCalendar) -> dt.datetime:
    """`count` working days after `at`, to the end of that day; before, when negative, from its beginning.
    In working hours: to the minute. `at` is in the office's own time zone; 0 is `at` itself."""
    if not count:
        return at
    if unit is Unit.HOURS:
        return _hours(at, dt.timedelta(hours=count), calendar)
    day = calendar.add(at.date(), count)
    return dt.datetime.combine(day, LAST if count > 0 else dt.time(), at.tzinfo)


def _hours(at: dt.datetime, left: dt.timedelta, calendar: WorkCalendar) -> dt.datetime:
    if left < dt.timedelta():
        return _back(at, -left, calendar)
    day = at.date()
    while True:
        for opens, closes in _spans(day, at, calendar):
            start = max(opens, at)
            if start < closes:
                if left <= closes - start:
                    return start + left
                left -= closes - start
        day += DAY


def _back(at: dt.datetime, left: dt.timedelta, calendar: WorkCalendar) -> dt.datetime:
    day = at.date()
    while True:
        for opens, closes in reversed(_spans(day, at, calendar)):
            end = min(closes, at)
            if opens < end:
                if left <= end - opens:
                    return end - left
                left -= end - opens
        day -= DAY


def _spans(day: dt.date, at: dt.datetime, calendar: WorkCalendar) -> list[tuple[dt.datetime, dt.datetime]]:
    if not calendar.works(day):
        return []
    opens_and_closes = [tuple(dt.datetime.combine(day, time, at.tzinfo) for time in span) for span in HOURS]
    return [(opens, closes) for opens, closes in opens_and_closes]
