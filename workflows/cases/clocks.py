"""Which legal clocks run, and how they stand: a function of the pack, the case, dated events and now. Pure.

The order in which events were recorded changes nothing: only their effective times count.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from foundation.organization.calendar import WorkCalendar

from .counting import Limit, Pause, last_moment
from .events import Event, first_after
from .gates import effective
from .pack import Basis, Break, ClockRule, Pack, laws_of


class Status(StrEnum):
    RUNNING = "running"
    MET = "met"
    MET_LATE = "met_late"
    OVERDUE = "overdue"
    SUSPENDED = "suspended"
    VOID = "void"  # overtaken by another event, or by another basis that was chosen


@dataclass(frozen=True)
class Clock:
    """One duty from one event on. `due` is None while it is suspended."""

    rule: ClockRule
    cites: tuple[str, ...]
    starts: dt.datetime
    due: dt.datetime | None
    limit: Limit
    status: Status
    verified: bool
    ended: dt.datetime | None = None


@dataclass(frozen=True)
class Facts:
    """What of a case makes rules apply: {"harm", "complex", …}, and the choice among bases: {"T7": "54"}."""

    flags: frozenset[str] = frozenset()
    chosen: Mapping[str, str] | None = None


def clocks(
    pack: Pack, facts: Facts, events: Sequence[Event], now: dt.datetime, calendar: WorkCalendar
) -> list[Clock]:
    """Every clock that was ever started, by due time (suspended ones last), then by rule."""
    told = effective(pack, (one for one in events if one.at <= now))
    found = [
        clock
        for rule in pack.clocks
        if _applies(rule, facts, told)
        for start, end in _instances(rule, told)
        for clock in _of(rule, start, end, told, now, calendar, facts)
    ]
    return sorted(found, key=lambda one: (one.due is None, one.due or now, one.rule.rule, one.cites))


def _applies(rule: ClockRule, facts: Facts, told: Sequence[Event]) -> bool:
    happened = {one.step for one in told}
    wanted = set(rule.when) <= facts.flags and not set(rule.unless) & facts.flags
    return wanted and set(rule.only_after) <= happened


def _instances(rule: ClockRule, told: Sequence[Event]) -> Iterator[tuple[Event, dt.datetime]]:
    """Each start, with the moment up to which it can be ended: the next start."""
    starts = [one for one in told if one.step in rule.starts]
    far = dt.datetime.max.replace(tzinfo=dt.UTC)
    for n, start in enumerate(starts):
        yield start, starts[n + 1].at if n + 1 < len(starts) else far


def _of(
    rule: ClockRule, start: Event, until: dt.datetime, told: Sequence[Event], now: dt.datetime,
    calendar: WorkCalendar, facts: Facts,
) -> list[Clock]:  # fmt: skip
    """The clocks of all bases; those that come to the same are one."""
    ended = first_after(told, rule.ends, start.at, until)
    if rule.only_ended and ended is None:
        return []
    overtaken = first_after(told, rule.void, start.at, until)
    breaks = [(one, pause) for one in rule.pauses for pause in _pauses(one, start.at, told)]
    pauses, verified = [pause for _, pause in breaks], all(one.verified for one, _ in breaks)
    found: list[Clock] = []
    for basis in rule.bases:
        limit = _limit(basis, start.at, ended, told)
        due = last_moment(limit, start.at, calendar, pauses)
        status, known = _status(due, ended, overtaken, now), basis.verified and verified
        found.append(
            Clock(rule, basis.cites, start.at, due, limit, status, known, ended.at if ended else None)
        )
    return _chosen(rule, _merged(found), facts)


def _limit(basis: Basis, start: dt.datetime, ended: Event | None, told: Sequence[Event]) -> Limit:
    """The widest that an event before the end has opened."""
    limit, last = basis.limit, ended.at if ended else None
    for step, wider in basis.extended:
        if any(one.step == step and one.at >= start and (last is None or one.at <= last) for one in told):
            limit = wider
    return limit


def _pauses(rule: Break, start: dt.datetime, told: Sequence[Event]) -> Iterator[Pause]:
    for one in told:
        if one.step == rule.start and one.at >= start:
            end = first_after(told, rule.ends, one.at)
            yield Pause(one.at, end.at if end else None)


def _status(
    due: dt.datetime | None, ended: Event | None, overtaken: Event | None, now: dt.datetime
) -> Status:
    if overtaken and (ended is None or overtaken.at < ended.at):
        return Status.VOID
    if ended:
        return Status.MET if due is None or ended.at <= due else Status.MET_LATE
    if due is None:
        return Status.SUSPENDED
    return Status.RUNNING if now <= due else Status.OVERDUE


def _merged(found: Iterable[Clock]) -> list[Clock]:
    """Two articles with the same date don't disagree: one clock, verified if one of them is."""
    by_due: dict[tuple, Clock] = {}
    for one in found:
        key = (one.due, one.status)
        if same := by_due.get(key):
            one = replace(same, cites=(*same.cites, *one.cites), verified=same.verified or one.verified)
        by_due[key] = one
    return list(by_due.values())


def _chosen(rule: ClockRule, found: list[Clock], facts: Facts) -> list[Clock]:
    """Where the case says which law counts, the clock of the other one is void."""
    law = (facts.chosen or {}).get(rule.rule)
    if law is None or len(found) < 2 or not any(_of_law(one, law) for one in found):
        return found
    return [one if _of_law(one, law) else replace(one, status=Status.VOID) for one in found]


def _of_law(clock: Clock, law: str) -> bool:
    return law in laws_of(clock.cites)
