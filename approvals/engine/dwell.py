"""How long somebody had a matter, in the hours the office works. Pure."""

from __future__ import annotations

import datetime as dt

from foundation.organization.calendar import WorkCalendar

HOURS = ((dt.time(8, 30), dt.time(12)), (dt.time(14, 30), dt.time(17, 30)))  # of a working day
A_DAY = dt.timedelta(hours=6.5)


def worked(start: dt.datetime, end: dt.datetime, calendar: WorkCalendar) -> dt.timedelta:
    """Working time between two moments given in the office's own time zone."""
    total, day = dt.timedelta(), start.date()
    while day <= end.date():
        if calendar.works(day):
            total += sum((_within(day, hours, start, end) for hours in HOURS), dt.timedelta())
        day += dt.timedelta(days=1)
    return total


def _within(
    day: dt.date, hours: tuple[dt.time, dt.time], start: dt.datetime, end: dt.datetime
) -> dt.timedelta:
    opens, closes = (dt.datetime.combine(day, time, start.tzinfo) for time in hours)
    return max(dt.timedelta(), min(end, closes) - max(start, opens))


def dwell(start: dt.datetime, end: dt.datetime, calendar: WorkCalendar) -> str:
    """2 工时; from two working days on in days; 不到 1 工时 below half an hour."""
    time = worked(start, end, calendar)
    if time >= 2 * A_DAY:
        return f"{round(time / A_DAY)} 个工作日"
    return f"{hours} 工时" if (hours := round(time / dt.timedelta(hours=1))) else "不到 1 工时"
