"""Rows to engine states and back. One read for the rows of a hundred approvals, few writes for theirs."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from foundation.journal.batches import Batch
from foundation.journal.prepared import (
    ACTOR,
    TODAY,
    Listed,
    Prepared,
    PreparedRows,
)
from foundation.organization.actors import Actor
from foundation.organization.models import Appointment
from foundation.organization.refusals import Refused

from .engine import route_json, terms
from .engine.records import made
from .engine.routes import Route
from .lookup import Organization
from .models import Approval, RouteVersion, Signer
from .subjects import SUBJECTS


def route_of(version: RouteVersion) -> Route:
    """The route of a version, parsed once for every text of it; `text` is what a prepared statement has read."""
    kept = version.__dict__
    if "parsed" not in kept:
        kept["parsed"] = _parsed(kept.get("text") or json.dumps(version.definition))
    return kept["parsed"]


@lru_cache(256)
def _parsed(text: str) -> Route:
    return route_json.read(json.loads(text))


# What is asked of a signer's appointment, of whoever decided, and of both as people: no password travels with every
# decision.
SEAT = ("person", "unit", "post", "start", "end", "revoked", "person__name", "person__is_active")
READ = (
    *(field.name for field in Signer._meta.concrete_fields),
    *(f"appointment__{name}" for name in SEAT),
    *("decided_by__person", "decided_by__person__name"),
)


def _signers() -> QuerySet[Signer]:
    rows = Signer.objects.filter(Listed("approval")).order_by("approval_id", "key")
    return rows.select_related("appointment__person", "decided_by__person").only(*READ)


SIGNERS = PreparedRows(_signers)


# What a decision asks of an approval, its initiator and its route. The rest stays in the database.
ASKED = (
    "subject", "subject_id", "unit", "authors", "digest", "facts", "corrections", "began", "step", "state",
    "version__route__code", "initiator__person",
)  # fmt: skip


def _locked() -> QuerySet[Approval]:
    rows = Approval.objects.filter(Listed("pk")).select_for_update(of=("self",))
    rows = rows.select_related("initiator", "version__route").only(*ASKED).order_by("pk")
    return rows.annotate(route=Cast("version__definition", TextField()))


LOCKED = PreparedRows(_locked)
# Only where the subject locks nothing of its own; who does is known once all apps are ready.
LOCKED_ALONE = PreparedRows(
    lambda: _locked().exclude(subject__in=[label for label, one in SUBJECTS.items() if one.lock])
)
# Every signer of these approvals that the actor's post may decide for: own places, predecessors', proxies'.
ACTS = Prepared(
    lambda: (
        Signer.objects.filter(Signer.acts_q(ACTOR, TODAY), Listed("approval")).order_by().values_list("pk")
    )
)
# What may change on a row, and what it is made of: the engine's fields, and who said what when.
CHANGING = (
    "state", "round", "appointment_id", "reason", "closed_by", "nudge", "urged", "digest", "opened_at", "due",
    "decided_by_id", "decided_at", "opinion", "signature_id", "claim",
)  # fmt: skip
FRESH = Batch(Signer, "approval_id", "key", "step", "note", "link", "anchor", "place", *CHANGING)
STATES = {word.value: word for word in terms.State}
LINKS = {word.value: word for word in terms.Link}
NUDGES = {word.value: word for word in terms.Nudge}
CLAIMS = {word.value: word for word in terms.Claim}


def locked(approvals: list[int], *, alone: bool = False) -> dict[int, Approval]:
    """Those approvals, locked; `alone`: only where the subject locks nothing of its own."""
    found = {row.pk: row for row in (LOCKED_ALONE if alone else LOCKED)(ids=approvals)}
    for row in found.values():
        row.version.__dict__["text"] = row.__dict__["route"]
    return found


def rows_of(approvals: Iterable[int]) -> dict[int, list[Signer]]:
    """All signers by approval, an empty list where there are none."""
    found = defaultdict[int, list[Signer]](list)
    for row in SIGNERS(ids=list(approvals)):
        found[row.approval_id].append(row)
    return found


def signers_of(
    approvals: Iterable[int], actor: Actor, day: dt.date, *, past: bool = False
) -> dict[int, list[Signer]]:
    """All signers by approval; `acts` says that the actor's post may act for this row: where `past` for any row,
    else surely for those that are open."""
    ids = list(approvals)
    found = rows_of(ids)
    if past or not all(_only_own(found[pk], actor, day) for pk in ids):
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
        row.acts = False
    for row in own:
        row.acts = True
    return 0 < len(own) == len(waiting)


def holders_of(seats: Iterable[int], at: dt.datetime) -> tuple[terms.Holder, ...]:
    """Those appointments as the engine takes people; raises Refused for one that is not in force."""
    wanted = list(seats)
    if not wanted:
        return ()
    found = Appointment.objects.in_force(timezone.localdate(at)).in_bulk(wanted)
    if missing := [pk for pk in wanted if pk not in found]:
        names = Appointment.objects.filter(pk__in=missing).values_list("person__name", flat=True)
        raise Refused(terms.Why.UNKNOWN_PERSON.says.format("、".join(names) or "所选人员"))
    return tuple(terms.Holder(found[pk].person_id, pk) for pk in wanted)


def initiator_of(approval: Approval) -> terms.Holder:
    return terms.Holder(approval.initiator.person_id, approval.initiator_id)


def state_of(
    approval: Approval, rows: Iterable[Signer], contents: Mapping[str, terms.Content] | None = None
) -> terms.ApprovalState:
    """`contents` is only needed where something is sent again."""
    asked, seen = approval.corrections or {}, contents or {}
    items = asked.get("items")
    return made(
        terms.ApprovalState,
        route=route_of(approval.version),
        initiator=initiator_of(approval),
        authors=frozenset(approval.authors),
        signers=tuple(_signer(row) for row in rows),
        result=terms.Result(approval.state),
        facts=approval.facts,
        digest=approval.digest,
        contents=seen,
        frozen=frozenset(seen.get(approval.digest, {})) - {*items} if items else None,
        jump=asked.get("only", False),
        began=approval.began,
    )


def contents_of(approval: Approval, rows: Iterable[Signer]) -> dict[str, terms.Content]:
    """Item by item what was signed so far, by the digests that stand beside the decisions."""
    items, digests = SUBJECTS[approval.subject].items, {approval.digest, *(row.digest for row in rows)}
    told = {digest: items(approval.subject_id, digest) for digest in digests if digest}
    return {digest: content for digest, content in told.items() if content is not None}


def organization_of(approval: Approval, day: dt.date) -> Organization:
    """Asked by the engine only where it needs to know; then it is one query."""
    return Organization(route_of(approval.version), approval.unit_id, day, approval.facts)


def _signer(row: Signer) -> terms.Signer:
    seat, by = row.appointment, row.decided_by
    return made(
        terms.Signer, key=row.key, step=row.step, person=seat.person_id if seat else None, seat=row.appointment_id,
        round=row.round, state=STATES[row.state], note=row.note, reason=row.reason, by=by.person_id if by else None,
        closed_by=row.closed_by, link=LINKS[row.link], anchor=row.anchor, place=row.place, digest=row.digest,
        opened=row.opened_at, due=row.due, nudge=NUDGES[row.nudge], urged=row.urged, claim=CLAIMS[row.claim],
    )  # fmt: skip


def fresh(approval: int, signer: terms.Signer, words: str = "") -> dict[str, Any]:
    """The row of a signer who was just added; `words` are those of whoever brought them in."""
    note = "：".join(filter(None, (signer.note, words)))[:200]
    told = {
        "approval_id": approval,
        "key": signer.key,
        "step": signer.step,
        "note": note,
        "link": signer.link,
    }
    told |= {"anchor": signer.anchor, "place": signer.place} | _changing(signer)
    return told | dict(zip(TOLD, UNTOLD, strict=True))


@dataclass(frozen=True)
class Said:
    """By which post, when, with which words and which signature a command was given."""

    post: int | None
    at: dt.datetime
    opinion: str
    signature: int | None = None


TOLD, UNTOLD = ("decided_by_id", "decided_at", "opinion", "signature_id"), (None, None, "", None)


def change(rows: Iterable[tuple[Signer, terms.Signer]], said: Said) -> None:
    """Write the rows as they are from now on: of all columns those that differ in one of them."""
    changes, differing = list[dict[str, Any]](), {"appointment_id"}  # a successor has it in memory already
    for row, signer in rows:
        now, before = _changed(row, signer, said), row.__dict__
        differing.update(name for name, value in now.items() if before[name] != value)
        changes.append(now | {"pk": row.pk})
    _batch_of(*(name for name in CHANGING if name in differing)).update(changes)


@cache
def _batch_of(*columns: str) -> Batch:
    return Batch(Signer, *columns)


def _changed(row: Signer, signer: terms.Signer, said: Said) -> dict[str, Any]:
    """What was decided is kept as it was, or gone where it was taken back."""
    now = _changing(signer)
    if signer.by is None:
        now |= zip(TOLD, UNTOLD, strict=True)
    elif row.decided_at is None:
        now |= zip(TOLD, (said.post, said.at, said.opinion, said.signature), strict=True)
    return now


def _changing(signer: terms.Signer) -> dict[str, Any]:
    return {
        "state": signer.state, "round": signer.round, "appointment_id": signer.seat, "reason": signer.reason,
        "closed_by": signer.closed_by, "nudge": signer.nudge, "urged": signer.urged, "digest": signer.digest,
        "opened_at": signer.opened, "due": signer.due, "claim": signer.claim,
    }  # fmt: skip


def heir_of(seat: Appointment, actor: Actor, day: dt.date) -> bool:
    """The appointment has ended, and the actor holds the same post now."""
    return not serves(seat, day) and (seat.unit_id, seat.post) == (actor.unit, actor.post_code)


def serves(seat: Appointment | None, day: dt.date) -> bool:
    """organization.models.in_force, of a row at hand."""
    return seat is not None and seat.start <= day <= seat.end and seat.person.is_active and not seat.revoked


def seat_of(pk: int) -> Appointment:
    return Appointment.objects.select_related("person", "unit").get(pk=pk)
