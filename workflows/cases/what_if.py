"""推算: from one step at one moment all the dates that follow, if every duty is done at the last moment. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from foundation.organization.calendar import WorkCalendar

from .counting import last_moment
from .pack import Basis, ClockRule, Pack, counted

DEEP = 8  # steps that are followed


@dataclass(frozen=True)
class Following:
    """One date that follows; `after` is the step it is counted from, `depth` how many came before."""

    depth: int
    after: str
    rule: ClockRule
    basis: Basis
    starts: dt.datetime
    due: dt.datetime


def starters(pack: Pack) -> list[str]:
    """Steps from which a clock runs, in the order of the pack."""
    begins = {step for rule in pack.clocks if not rule.only_ended for step in rule.starts}
    return [step for step in pack.steps if step in begins]


def what_if(
    pack: Pack, step: str, at: dt.datetime, calendar: WorkCalendar, chosen: Mapping[str, str] | None = None
) -> list[Following]:
    """In the order in which they would come due, each rule once. `chosen`: which law counts, by rule."""
    pack = replace(pack, clocks=tuple(_counted(rule, chosen or {}) for rule in pack.clocks))
    return sorted(
        _follow(pack, step, at, calendar, 0, set()), key=lambda one: (one.due, one.depth, one.rule.rule)
    )


def _counted(rule: ClockRule, chosen: Mapping[str, str]) -> ClockRule:
    return replace(rule, bases=counted(rule, chosen.get(rule.rule)))


def _follow(
    pack: Pack, step: str, at: dt.datetime, calendar: WorkCalendar, depth: int, seen: set[str]
) -> Iterator[Following]:
    for rule in pack.clocks:
        if step not in rule.starts or rule.only_ended or rule.name in seen or depth > DEEP:
            continue
        seen.add(rule.name)
        found = [Following(depth, step, rule, basis, at, due) for basis, due in _dates(rule, at, calendar)]
        yield from found
        last = max((one.due for one in found), default=at)
        for end in rule.ends:
            for one in filter(None, (end, pack.steps[end].then)):
                yield from _follow(pack, one, last, calendar, depth + 1, seen)


def _dates(rule: ClockRule, at: dt.datetime, calendar: WorkCalendar) -> Iterator[tuple[Basis, dt.datetime]]:
    """One a date: of several articles that say the same the first."""
    told = set()
    for basis in rule.bases:
        due = last_moment(basis.limit, at, calendar)
        if due and due not in told:
            told.add(due)
            yield basis, due
