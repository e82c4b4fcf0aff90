"""How the law counts time: hours, days, working days and months from an event to the last moment. Pure.

民法典, 刑事诉讼法 and 行政处罚法 count differently: which of them counts for a rule is the rule's own data.
Instants are in the office's time zone.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from foundation.organization.calendar import DAY, WorkCalendar

HOUR = dt.timedelta(hours=1)
LAST = dt.time(23, 59, 59)  # 24:00 of a day, as an instant of that day


class Unit(StrEnum):
    HOUR = "hour"  # holidays included
    NATURAL_DAY = "natural_day"
    WORKING_DAY = "working_day"  # of 行政处罚法: “二日”“三日”“五日”“七日”
    MONTH = "month"  # to the same number of the month, or its last day


class Roll(StrEnum):
    NONE = "none"
    NEXT_WORKING_DAY = "next_working_day"  # the last day is a holiday: the first day after it


@dataclass(frozen=True)
class Limit:
    """So many units. `count_start`: the hour or day of the event is the first one, else the next."""

    count: int
    unit: Unit
    roll: Roll = Roll.NONE
    count_start: bool = False


@dataclass(frozen=True)
class Pause:
    """The time between the two moments is not counted; `end` is None while it lasts."""

    start: dt.datetime
    end: dt.datetime | None


def last_moment(
    limit: Limit, start: dt.datetime, calendar: WorkCalendar, pauses: Iterable[Pause] = ()
) -> dt.datetime | None:
    """The instant up to which the duty is done in time; None while a pause lasts.

    A pause that begins after the time is up changes nothing.
    """
    end = _end(limit, start, calendar)
    for pause in sorted(pauses, key=lambda one: one.start):
        if not start <= pause.start <= _closed(limit, end):
            continue
        if pause.end is None:
            return None
        end = _later(limit, end, pause.start, pause.end, calendar)
    if limit.unit is Unit.HOUR:
        return end
    return _closed(limit, _rolled(limit, end, calendar))


def _end(limit: Limit, start: dt.datetime, calendar: WorkCalendar) -> dt.datetime:
    """Without pauses and without rolling; of days, any moment of the last one."""
    if limit.unit is Unit.HOUR:
        first = start if limit.count_start else _whole_hour(start) + HOUR
        return first + limit.count * HOUR
    if limit.unit is Unit.MONTH:
        return _months(start, limit.count)
    day = start - DAY if limit.count_start else start
    if limit.unit is Unit.NATURAL_DAY:
        return day + limit.count * DAY
    return _on(calendar.add(day.date(), limit.count), start)


def _later(
    limit: Limit, end: dt.datetime, paused: dt.datetime, resumed: dt.datetime, calendar: WorkCalendar
) -> dt.datetime:
    """What was left at the pause is left when it ends."""
    if limit.unit is Unit.HOUR:
        return end + (resumed - paused)
    if limit.unit is Unit.WORKING_DAY:
        left = calendar.between(paused.date(), end.date())
        return _on(calendar.add(resumed.date(), left), end) if left else resumed
    return end + DAY * (resumed.date() - paused.date()).days


def _rolled(limit: Limit, end: dt.datetime, calendar: WorkCalendar) -> dt.datetime:
    if limit.roll is Roll.NONE:
        return end
    return _on(calendar.next_working(end.date()), end)


def _closed(limit: Limit, end: dt.datetime) -> dt.datetime:
    return end if limit.unit is Unit.HOUR else dt.datetime.combine(end.date(), LAST, end.tzinfo)


def _on(day: dt.date, at: dt.datetime) -> dt.datetime:
    return dt.datetime.combine(day, at.timetz())


def _whole_hour(at: dt.datetime) -> dt.datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def _months(start: dt.datetime, count: int) -> dt.datetime:
    """As 民法典 has it: the corresponding day; where there is none, the last day of the month."""
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    day = min(start.day, monthrange(year, month + 1)[1])
    return start.replace(year=year, month=month + 1, day=day)
