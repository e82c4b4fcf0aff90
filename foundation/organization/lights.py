"""The light of something due: shape and word before colour, worked out when it is read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from .calendar import WorkCalendar

NEAR = 3  # working days; a thing due within them is 临期


@dataclass(frozen=True)
class Light:
    """`kind`: overdue, near, ok, idle or done. `days`: working days left or late (0 = today)."""

    kind: str
    days: int = 0


def light_of(
    due: dt.date | None,
    today: dt.date,
    calendar: WorkCalendar,
    *,
    done: bool = False,
    idle: bool = False,
    near: int = NEAR,
) -> Light:
    """Late from the day after `due`. T+0 is the first working day after it, so 超期 counts from 1 then on;
    on the free days between, it is already late by 1."""
    if done:
        return Light("done")
    if due is None:
        return Light("idle" if idle else "ok")
    if today > due:
        return Light("overdue", max(1, calendar.between(due, today)))
    left = calendar.between(today, due)
    if left <= near:
        return Light("near", left)
    return Light("idle" if idle else "ok", left)
