"""试走: who would be asked for a matter, in which order and by when, if everybody agreed; or why it could not start."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils import timezone

from foundation.organization.models import Appointment, Unit

from .. import engine
from ..engine.routes import Dedupe, Fact, Route
from ..engine.terms import Holder, Link, Refusal, Signer, State
from ..lookup import Organization


@dataclass(frozen=True)
class Asked:
    """One line: the name (none where a post is empty), what is to be said of it, when it is due."""

    name: str
    note: str = ""
    due: dt.datetime | None = None


@dataclass(frozen=True)
class DryRun:
    unit: Unit
    initiator: Appointment | None
    steps: list[tuple[str, list[Asked]]] = field(default_factory=list)
    refusal: str = ""


def dry_run(
    route: Route, *, unit: Unit, initiator: Appointment | None, facts: Mapping[str, Fact], at: dt.datetime
) -> DryRun:
    """Without an initiator: of somebody who signs nowhere and has no superior."""
    lookup = Organization(route, unit.pk, timezone.localdate(at), facts)
    holder = Holder(initiator.person_id, initiator.pk) if initiator else Holder(0, 0)
    opened = engine.open_route(route, holder, lookup, facts=facts, at=at)
    if isinstance(opened, Refusal):
        return DryRun(unit, initiator, refusal=opened.says)
    asked = engine.predict(opened.state, lookup)
    others = [row for row in opened.state.signers if row.key not in {one.key for one in asked}]
    rows = [*asked, *others]
    seats = Appointment.objects.select_related("person").in_bulk([int(row.seat) for row in rows if row.seat])
    steps = [
        (step.name, [_line(row, route, seats) for row in rows if row.step == number])
        for number, step in enumerate(route.steps, 1)
    ]
    return DryRun(unit, initiator, steps)


def _line(row: Signer, route: Route, seats: Mapping[int, Appointment]) -> Asked:
    name = seats[int(row.seat)].person.name if row.seat else ""
    if row.state is State.WAITING and row.link is not Link.COPY:  # never asked
        settled = "此前已同意的，自动同意" if route.dedupe is not Dedupe.NONE else "前面已有结果，不用办理"
        return Asked(name, settled if row.link is not Link.LATE else row.note)
    return Asked(name, "，".join(filter(None, (row.note, row.reason))), row.due)
