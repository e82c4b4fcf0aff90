"""The ladder of supervision: which of its rungs a task has come to. Pure: rules, days and a calendar go in.

T is counted on working days around the due instant, 24:00 of the due day: T+0 is the first working day after it, T-1
the last working day before it (the due day itself where that works), so T-1 and T+0 follow each other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from foundation.organization.calendar import DAY, WorkCalendar

REMIND, SLIP = "remind", "slip"
Span = tuple[dt.date, dt.date]  # first and last day


@dataclass(frozen=True)
class Rung:
    """`to`: posts of the unit. Of a slip: its colour, working days to answer in, what it asks for, whether the task
    goes on the 通报 list."""

    offset: int
    kind: str
    to: tuple[str, ...]
    colour: str = ""
    reply: int = 0
    asks: str = ""
    listed: bool = False

    @property
    def code(self) -> str:
        return f"T{self.offset:+d}"


@dataclass(frozen=True)
class Ladder:
    """As it stands for tasks due from `effective_from` on; `hour` and `minute` of the daily sweep."""

    effective_from: dt.date
    verified: bool
    basis: str
    sweep_at: dt.time
    rungs: tuple[Rung, ...]

    @property
    def last(self) -> Rung:
        return self.rungs[-1]


@dataclass(frozen=True)
class Come:
    """`take`: what goes out today, in its order. `passed`: reminders that were overtaken and never go out."""

    take: tuple[Rung, ...] = ()
    passed: tuple[Rung, ...] = ()


def position(due_on: dt.date, day: dt.date, calendar: WorkCalendar, still: Sequence[Span] = ()) -> int:
    """n of T+n on that day; on a free day that of the working day before. On the days of `still` an extension was
    being decided: after the due day they are not counted."""
    if elapsed := _counted(due_on, day, calendar, still):
        return elapsed - 1
    return -max(1, calendar.between(day, calendar.next_working(due_on + DAY)))


def come(
    ladder: Ladder, due_on: dt.date, *, since: dt.date, today: dt.date, calendar: WorkCalendar,
    done: Collection[str] = (), still: Sequence[Span] = (),
) -> Come:  # fmt: skip
    """What a task comes to today that nobody has submitted yet.

    `since`: the day it was issued; rungs before it are not owed. `done`: codes of the rungs taken or passed before.
    A sweep that was not run catches up: every slip goes out, for each is an act of its own that the next one builds
    on, but of the reminders only the last, and none once the task is late. On the days of `still` nothing goes out.
    """
    if any(first <= today <= last for first, last in still):
        return Come()
    least, now = position(due_on, since, calendar), position(due_on, today, calendar, still)
    came = [rung for rung in ladder.rungs if least <= rung.offset <= now and rung.code not in done]
    reminders = [rung for rung in came if rung.kind == REMIND]
    send = reminders[-1:] if today <= due_on else []
    slips = [rung for rung in came if rung.kind == SLIP]
    return Come((*send, *slips), tuple(rung for rung in reminders if rung not in send))


def last_due_day(ladder: Ladder, today: dt.date, calendar: WorkCalendar) -> dt.date:
    """Tasks that are due later have come to no rung yet."""
    return calendar.add(today, max(0, -ladder.rungs[0].offset)) - DAY


def _counted(due_on: dt.date, day: dt.date, calendar: WorkCalendar, still: Sequence[Span]) -> int:
    """Working days after `due_on` up to `day` on which the ladder did not stand still."""
    if not still:
        return max(0, calendar.between(due_on, day))
    days = (due_on + DAY * n for n in range(1, (day - due_on).days + 1))
    return sum(calendar.works(one) and not any(a <= one <= b for a, b in still) for one in days)
