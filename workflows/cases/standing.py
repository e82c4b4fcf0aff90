"""Where a case stands in law: its clocks, what may come next and what stands in the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.utils import timezone

from foundation.organization.calendar import WorkCalendar

from .clocks import Clock, Facts, Status, clocks
from .events import Event
from .gates import Matter, Officer, Verdict, effective, judge, missing_papers, pending
from .models import Case, CaseEvent
from .pack import Pack, Paper
from .scenario import violation

DUE = (Status.RUNNING, Status.OVERDUE)
LIVE = (*DUE, Status.SUSPENDED)


@dataclass(frozen=True)
class Standing:
    case: Case
    pack: Pack  # as it binds the case's agency
    matter: Matter
    events: Sequence[Event]  # those that were not struck out
    now: dt.datetime
    calendar: WorkCalendar
    chosen: Mapping[str, str] = field(default_factory=dict)  # which law counts, by rule

    @cached_property
    def clocks(self) -> list[Clock]:
        told = [*violation(self.case.violation_ended), *self.events]
        facts = Facts(self.matter.flags, self.chosen)
        return clocks(self.pack, facts, told, self.now, self.calendar)

    @cached_property
    def told(self) -> list[Event]:
        """The events that count, in order of time."""
        return effective(self.pack, self.events)

    @cached_property
    def live(self) -> list[Clock]:
        """Those that wait for somebody, the nearest first; none once the case is over."""
        return [] if self.over() else [one for one in self.clocks if one.status in LIVE]

    @property
    def next(self) -> Clock | None:
        return next((one for one in self.live if one.status in DUE), None)

    def verdict(self, event: Event) -> Verdict:
        return judge(self.pack, self.matter, self.told, event, self.calendar)

    @property
    def missing(self) -> list[str]:
        """Papers of the referral that are neither there nor excused, as long as a referral is under way and not sent."""
        done = {one.step for one in self.events}
        if ("suspected" not in done and "reported" not in done) or "handed_over" in done:
            return []
        return [one.name for one in missing_papers(self.pack, self.matter, done)]

    @property
    def papers(self) -> list[tuple[Paper, bool | str]]:
        """Every paper that a referral of this case needs, with true, or why it is not there, or nothing."""
        done = {one.step for one in self.events}
        needed = (one for one in self.pack.file if not one.after or one.after in done)
        return [(one, self.case.file.get(one.code, "")) for one in needed]

    def over(self) -> bool:
        """Something ended the administrative track, and no referral waits for its result, even one begun later."""
        waits = any(pending(gate, self.told) for gate in self.pack.gates if gate.kind == "pending")
        return not waits and any(self.pack.steps[one.step].ends == "admin" for one in self.told)


def pack_of(case: Case, packs: Iterable[Pack]) -> Pack:
    """The one it was opened under, as it binds its agency."""
    pack = next(one for one in packs if (one.code, one.version) == (case.pack, case.pack_version))
    return pack.for_agency(case.agency)


def standing_of(
    case: Case, rows: Iterable[CaseEvent], packs: Iterable[Pack], now: dt.datetime, calendar: WorkCalendar,
    chosen: Mapping[str, str],
) -> Standing:  # fmt: skip
    """`rows` are all of the case's events, `team` is prefetched or asked for."""
    told = [as_event(row) for row in rows if row.struck_at is None]
    pack, matter = pack_of(case, packs), matter_of(case)
    return Standing(case, pack, matter, told, timezone.localtime(now), calendar, chosen)


def matter_of(case: Case) -> Matter:
    officers = tuple(Officer(seat.person.name, seat.pk in case.qualified) for seat in case.team.all())
    return Matter(frozenset(case.flags), officers, case.reviewer, case.file)


def as_event(row: CaseEvent) -> Event:
    return Event(row.step, timezone.localtime(row.at), row.document, row.number, row.post, row.reason)
