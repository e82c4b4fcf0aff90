"""Working time between two moments, asked for many thousands of times. Pure."""

from __future__ import annotations

import datetime as dt

from approvals.engine.dwell import worked
from foundation.organization.calendar import DAY, WorkCalendar

NIGHT = dt.time(0)


class WorkTime:
    """As approvals/engine/dwell.worked counts it, with the sum of all days before a day kept: a stay of three months
    costs as much as one of an hour. Moments are in the office's own time zone."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self.calendar = calendar
        self.before: dict[dt.date, dt.timedelta] = {}
        self.reached: dict[dt.datetime, dt.timedelta] = {}

    def between(self, start: dt.datetime, end: dt.datetime) -> dt.timedelta:
        if end <= start:
            return dt.timedelta()
        if start.date() not in self.before:
            self._count_from(start.date())
        return self._until(end) - self._until(start)

    def _until(self, at: dt.datetime) -> dt.timedelta:
        """From the first day that is known up to `at`."""
        if at not in self.reached:
            self._count_to(at.date())
            night = dt.datetime.combine(at.date(), NIGHT, at.tzinfo)
            self.reached[at] = self.before[at.date()] + worked(night, at, self.calendar)
        return self.reached[at]

    def _count_from(self, day: dt.date) -> None:
        """Of a day before all that are known the counting begins anew."""
        if not self.before or day < min(self.before):
            self.before, self.reached = {day: dt.timedelta()}, {}

    def _count_to(self, day: dt.date) -> None:
        last = max(self.before)
        while last < day:
            night = dt.datetime.combine(last, NIGHT)
            self.before[last + DAY] = self.before[last] + worked(night, night + DAY, self.calendar)
            last += DAY
