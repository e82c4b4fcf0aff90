"""Rows to engine states and back. One read for the rows of a hundred approvals, few writes for theirs."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db.models import CharField, DateTimeField, F, OuterRef, Subquery, TextField

from foundation.journal.prepared import (
    ACTOR,
    AT,
    TODAY,
    Listed,
    Param,
    Prepared,
    PreparedRows,
    PreparedUpdate,
)
from foundation.organization.actors import Actor
from foundation.organization.models import Appointment

from . import route_json, terms
from .lookup import Organization
from .models import Approval, RouteVersion, Signer
from .routes import Route

KEPT = ("key", "step", "round", "state", "note", "reason", "closed_by")


def route_of(version: RouteVersion) -> Route:
    """The route of a version, parsed once for every text of it."""
    return _parsed(json.dumps(version.definition))


@lru_cache(256)
def _parsed(text: str) -> Route:
    return route_json.read(json.loads(text))


SIGNERS = PreparedRows(
    lambda: (
        Signer.objects.filter(Listed(F("approval"), Param("ids")))
        .select_related("appointment__person", "decided_by__person")
        .order_by("approval_id", "key")
    )
)
LOCKED = PreparedRows(
    lambda: (
        Approval.objects.filter(Listed(F("pk"), Param("ids")))
        .select_for_update(of=("self",))
        .select_related("initiator__person", "version__route")
        .order_by("pk")
    )
)
# Every signer of these approvals that the actor's post may decide for: own places, predecessors', proxies'.
ACTS = Prepared(
    lambda: (
        Signer.objects.filter(Signer.acts_q(ACTOR, TODAY), Listed(F("approval"), Param("ids")))
        .order_by()
        .values_list("pk")
    )
)
OPENED = PreparedUpdate(
    lambda: Signer.objects.filter(Listed(F("pk"), Param("ids"))),
    state=Param("state", CharField), round=Param("turn"), reason=Param("reason", CharField),
    closed_by=Param("closed_by"), opened_at=Param("opened", DateTimeField),
)  # fmt: skip
# With the digest of what they saw.
DECIDED = PreparedUpdate(
    lambda: Signer.objects.filter(Listed(F("pk"), Param("ids"))),
    state=Param("state", CharField), round=Param("turn"), appointment=Param("seat"),
    opinion=Param("opinion", TextField), decided_at=AT, decided_by=ACTOR,
    digest=Subquery(Approval.objects.filter(pk=OuterRef("approval")).order_by().values("digest")),
)  # fmt: skip


def signers_of(approvals: Iterable[int], actor: Actor, day: dt.date) -> dict[int, list[Signer]]:
    """All signers by approval; `acts` says that the actor's post may decide for this row."""
    ids, found = list(approvals), defaultdict[int, list[Signer]](list)
    for row in SIGNERS(ids=ids):
        found[row.approval_id].append(row)
    if not all(_only_own(found[pk], actor, day) for pk in ids):
        may = {pk for (pk,) in ACTS(ids=ids, actor=actor.post, today=day)}
        for rows in found.values():
            for row in rows:
                row.acts = row.pk in may
    return found


def _only_own(rows: list[Signer], actor: Actor, day: dt.date) -> bool:
    """What waits is the actor's own place and nobody else's, as it is nearly always: then asking the database
    who stands for whom would tell nothing new. Marks those rows."""
    waiting = [row for row in rows if row.state == terms.State.OPEN]
    own = [row for row in waiting if row.appointment_id == actor.post and serves(row.appointment, day)]
    for row in rows:
        row.acts = row in own
    return bool(own) and own == waiting


def initiator_of(approval: Approval) -> terms.Holder:
    return terms.Holder(approval.initiator.person_id, approval.initiator_id)


def state_of(approval: Approval, rows: Iterable[Signer]) -> terms.ApprovalState:
    return terms.ApprovalState(
        route_of(approval.version),
        initiator_of(approval),
        frozenset(approval.authors),
        tuple(_signer(row) for row in rows),
        terms.Result(approval.state),
    )


def organization_of(approval: Approval, day: dt.date) -> Organization:
    """Asked by the engine only where it needs to know; then it is one query."""
    return Organization(route_of(approval.version), approval.unit_id, day)


def _signer(row: Signer) -> terms.Signer:
    person = row.appointment.person_id if row.appointment else None
    by = row.decided_by.person_id if row.decided_by else None
    return terms.Signer(
        row.key, row.step, person, row.appointment_id, row.round, terms.State(row.state),
        row.note, row.reason, by, row.closed_by,
    )  # fmt: skip


def fresh(approval: int, signer: terms.Signer, at: dt.datetime) -> Signer:
    """The row of a signer who was just added."""
    kept = {name: getattr(signer, name) for name in KEPT}
    opened = at if signer.state is terms.State.OPEN else None
    seat: Any = signer.seat
    return Signer(approval_id=approval, appointment_id=seat, opened_at=opened, **kept)


def save_changes(changes: Iterable[tuple[Signer, terms.Signer]], at: dt.datetime) -> None:
    """Rows that changed, alike ones together: opening or skipping a hundred is one statement."""
    alike: dict[tuple, list[int]] = defaultdict(list)
    for row, signer in changes:
        opened = at if signer.state is terms.State.OPEN else row.opened_at
        alike[(signer.state, signer.round, signer.reason, signer.closed_by, opened)].append(row.pk)
    for (state, turn, reason, closed_by, opened), pks in alike.items():
        OPENED(ids=pks, state=str(state), turn=turn, reason=reason, closed_by=closed_by, opened=opened)


def heir_of(seat: Appointment, actor: Actor, day: dt.date) -> bool:
    """The appointment has ended, and the actor holds the same post now."""
    return not serves(seat, day) and (seat.unit_id, seat.post) == (actor.unit, actor.post_code)


def serves(seat: Appointment | None, day: dt.date) -> bool:
    """organization.models.in_force, of a row at hand."""
    return seat is not None and seat.start <= day <= seat.end and seat.person.is_active and not seat.revoked


def seat_of(pk: int) -> Appointment:
    return Appointment.objects.select_related("person", "unit").get(pk=pk)
