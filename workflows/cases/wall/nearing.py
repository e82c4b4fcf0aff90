"""Which step before its end a running clock has come to. Pure: the steps, the clock's days and a calendar go in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from foundation.organization.calendar import WorkCalendar

from ..counting import Unit


@dataclass(frozen=True)
class Steps:
    """For clocks that end from `effective_from` on: how long before, by the unit that the law counts in."""

    effective_from: dt.date
    basis: str
    verified: bool
    steps: Mapping[str, Sequence[int]]


def step_of(
    steps: Sequence[int],
    unit: str,
    starts: dt.datetime,
    due: dt.datetime,
    now: dt.datetime,
    calendar: WorkCalendar,
) -> int | None:
    """The smallest step reached; none before the first. One that the limit was never longer than is not owed: of three
    days one is told on the last but one, not at the beginning."""
    whole, left = _left(unit, starts, due, calendar), _left(unit, now, due, calendar)
    return min((one for one in steps if left <= one < whole), default=None)


def _left(unit: str, since: dt.datetime, due: dt.datetime, calendar: WorkCalendar) -> float:
    if unit == Unit.HOUR:
        return (due - since) / dt.timedelta(hours=1)
    if unit == Unit.WORKING_DAY:
        return calendar.between(since.date(), due.date())
    return (due.date() - since.date()).days
