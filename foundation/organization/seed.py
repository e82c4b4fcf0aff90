"""A year of the working calendar as the chinesecalendar package knows it (its data ends in 2026)."""

from __future__ import annotations

import datetime as dt

import chinese_calendar
from chinese_calendar import Holiday

NAMES = {
    Holiday.new_years_day.value: "元旦",
    Holiday.spring_festival.value: "春节",
    Holiday.tomb_sweeping_day.value: "清明节",
    Holiday.labour_day.value: "劳动节",
    Holiday.dragon_boat_festival.value: "端午节",
    Holiday.national_day.value: "国庆节",
    Holiday.mid_autumn_festival.value: "中秋节",
}


def seed_days(year: int) -> dict[dt.date, tuple[bool, str]]:
    """{date: (works, name)}; empty for a year the package does not hold."""
    first = dt.date(year, 1, 1)
    days = [first + dt.timedelta(days=n) for n in range((dt.date(year + 1, 1, 1) - first).days)]
    try:
        return {day: _known(day) for day in days}
    except NotImplementedError:
        return {}


def _known(day: dt.date) -> tuple[bool, str]:
    free, name = chinese_calendar.get_holiday_detail(day)
    known = NAMES.get(name, name or "")
    return not free, f"{known}调休" if known and not free else known
