"""Days of one year in another: the same date, on a working day where it was on one. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from foundation.organization.calendar import WorkCalendar


@dataclass(frozen=True)
class Shifted:
    """`note` says why it is not simply the same date."""

    day: dt.date
    note: str = ""


def shifted(day: dt.date, years: int, calendar: WorkCalendar) -> Shifted:
    """A day that worked and would not is moved to the last working day before: a deadline is never made later, and
    a day that did not work (7月1日, a Saturday) was meant as it stands."""
    same = same_date(day, day.year + years)
    if not calendar.works(day) or calendar.works(same):
        return Shifted(same, "" if same.day == day.day else "当年没有 2 月 29 日")
    before = calendar.previous_working(same)
    return Shifted(before, f"{same.month}月{same.day}日不上班，提前到前一个工作日")


def same_date(day: dt.date, year: int) -> dt.date:
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def retitled(title: str, old: int, new: int) -> str:
    """2025年某市“安全生产月”活动方案 → 2026年…"""
    return title.replace(str(old), str(new))
