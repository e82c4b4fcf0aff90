"""The working calendar as a pure value: which days work, and counting on them.

A day the table does not hold falls back to Monday–Friday, and its year is named by `missing`, so that
pages can show a banner instead of stopping.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class WorkCalendar:
    """`days` maps a date to whether it works (调休 included)."""

    days: Mapping[dt.date, bool] = field(default_factory=dict)

    def works(self, day: dt.date) -> bool:
        return self.days.get(day, day.weekday() < 5)

    def missing(self, *years: int) -> list[int]:
        """The years of `years` for which no day is known."""
        known = {day.year for day in self.days}
        return [year for year in years if year not in known]

    def next_working(self, day: dt.date) -> dt.date:
        """`day` itself when it works, else the first working day after it."""
        while not self.works(day):
            day += DAY
        return day

    def previous_working(self, day: dt.date) -> dt.date:
        """`day` itself when it works, else the last working day before it."""
        while not self.works(day):
            day -= DAY
        return day

    def add(self, day: dt.date, count: int) -> dt.date:
        """The working day `count` working days after (before, when negative) `day`; `day` is not counted."""
        step = DAY if count >= 0 else -DAY
        for _ in range(abs(count)):
            day += step
            while not self.works(day):
                day += step
        return day

    def between(self, start: dt.date, end: dt.date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` lies before."""
        if end < start:
            return -self.between(end, start)
        return sum(self.works(start + DAY * n) for n in range(1, (end - start).days + 1))
