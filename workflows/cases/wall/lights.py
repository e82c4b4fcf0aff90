"""How long a clock still has, in the unit in which the law counts it. Pure."""

from __future__ import annotations

import datetime as dt

from foundation.organization.calendar import WorkCalendar

from ..counting import Unit

NEAR = dt.timedelta(hours=24)  # ▲
STANDS_STILL = "中止，期限不计"


def light_of(due: dt.datetime | None, unit: str, now: dt.datetime, calendar: WorkCalendar) -> tuple[str, str]:
    """(kind of light, words); `due` and `now` in the office's time."""
    if due is None:
        return "idle", STANDS_STILL
    if now > due:
        return "overdue", f"逾期 {_late(due, unit, now, calendar)}"
    return ("near" if due - now <= NEAR else "ok"), _left(due, unit, now, calendar)


def _left(due: dt.datetime, unit: str, now: dt.datetime, calendar: WorkCalendar) -> str:
    if unit == Unit.HOUR:
        return f"剩 {_hours(due - now)}"
    if due.date() == now.date():
        return "今天 24:00 到期"
    if unit == Unit.WORKING_DAY:
        return f"剩 {calendar.between(now.date(), due.date())} 个工作日"
    return f"剩 {(due.date() - now.date()).days} 天"


def _late(due: dt.datetime, unit: str, now: dt.datetime, calendar: WorkCalendar) -> str:
    """On the free days after a working day's limit it is already late by one."""
    if unit == Unit.HOUR:
        return _hours(now - due)
    if unit == Unit.WORKING_DAY:
        return f"{max(1, calendar.between(due.date(), now.date()))} 个工作日"
    return f"{(now.date() - due.date()).days} 天"


def _hours(time: dt.timedelta) -> str:
    hours, minutes = divmod(int(time.total_seconds()) // 60, 60)
    return f"{hours} 小时 {minutes} 分" if hours else f"{minutes} 分"
