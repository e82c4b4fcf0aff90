"""Starting and deciding approvals: lock, check, change, journal, and tell the subject, in one transaction.

The engine decides (approvals/engine.py). Everything here works on one approval or on a hundred alike; the
single decision is the case of one. Lock order: process (Subject.lock), approvals by id, subject, signers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from contextlib import ExitStack

from django.db import transaction
from django.db.models import F, QuerySet, SlugField
from django.utils import timezone

from foundation.journal.moves import create
from foundation.journal.prepared import Listed, Param, PreparedRows
from foundation.organization.actors import Actor
from foundation.organization.refusals import Refused

from . import deciding, engine, store
from .lookup import Organization, asks_own_unit
from .models import Approval, RouteVersion, Signer
from .routes import Route
from .terms import Command, Do, Holder, Outcome, Refusal, Result, To

NEWEST = PreparedRows(
    lambda: RouteVersion.objects.filter(route__code=Param("route", SlugField), route__retired=False).order_by(
        "-number"
    )[:1]
)


def version_for(route: str) -> RouteVersion:
    """The newest version of the route of that code, which a new approval takes."""
    for found in NEWEST(route=route):
        return found
    raise Refused("还没有可用的审批路线，请管理员先设置审批路线。")


def start(
    *, route: str, subject: str, subject_id: int, title: str, brief: str, unit: int, digest: str, actor: Actor,
    at: dt.datetime, due_on: dt.date | None = None, authors: Iterable[int] = (),
) -> int:  # fmt: skip
    """Open an approval; raises Refused where a needed post is empty. The initiator never signs."""
    version = version_for(route)
    route_now = store.route_of(version)
    where = Organization(route_now, unit, timezone.localdate(at))
    opened = _open(route_now, where, Holder(actor.person or 0, actor.post or 0), authors, at)
    values = {
        "subject": subject, "subject_id": subject_id, "version": version, "title": title[:200],
        "brief": brief[:300], "unit": unit, "initiator": actor.post, "digest": digest,
        "authors": sorted(opened.state.authors, key=int), "step": opened.state.step, "due_on": due_on,
        "moved_at": at,
    }  # fmt: skip
    with transaction.atomic(savepoint=False):
        (approval,) = create(Approval, values, actor=actor, at=at)
        Signer.objects.bulk_create(store.fresh(approval, row, at) for row in opened.added)
    return approval


def _open(
    route: Route, where: Organization, initiator: Holder, authors: Iterable[int], at: dt.datetime
) -> Outcome:
    opened = engine.open_route(route, initiator, where, authors, at=at)
    if isinstance(opened, Refusal):
        raise Refused(opened.says)
    return opened


def follow(
    *, approvals: Iterable[int], route: str, actor: Actor, at: dt.datetime, due_on: dt.date | None = None
) -> list[int]:
    """The next route on subjects whose approval has just ended: same matter, initiator and content.

    The unit's yes is followed by the office's; a hundred of them are a constant number of statements.
    """
    version, pks = version_for(route), sorted(set(approvals))
    kept = ("subject", "subject_id", "title", "brief", "unit", "initiator", "digest", "authors")
    values = {name: F(name) for name in kept} | {"version": version, "due_on": due_on, "moved_at": at}
    with transaction.atomic(savepoint=False):
        made = create(Approval, values, source=_listed, ids=pks, actor=actor, at=at)
        _seat(made, version, at)
    return made


def _listed() -> QuerySet:
    return Approval.objects.filter(Listed(F("pk"), Param("ids")))


def _seat(approvals: list[int], version: RouteVersion, at: dt.datetime) -> None:
    """Signers of approvals that were made together."""
    day, route = timezone.localdate(at), store.route_of(version)
    known: dict[int | None, Organization] = {}
    rows: list[Signer] = []
    for approval in Approval.objects.filter(pk__in=approvals).select_related("initiator"):
        where = approval.unit_id if asks_own_unit(route) else None
        known.setdefault(where, Organization(route, approval.unit_id, day))
        opened = _open(route, known[where], store.initiator_of(approval), approval.authors, at)
        rows += [store.fresh(approval.pk, row, at) for row in opened.added]
        if opened.state.step != approval.step:  # the first steps are skipped
            Approval.objects.filter(pk=approval.pk).update(step=opened.state.step)
    Signer.objects.bulk_create(rows)


def decide(
    *, approval_id: int, actor: Actor, at: dt.datetime, do: str, opinion: str = "", to: str = "initiator",
    signer: int | None = None, remarks: Iterable[dict[str, str]] = (),
) -> Outcome:  # fmt: skip
    """One decision of one person; raises Refused with the sentence that says why not.

    `do`: agree, return, disagree. `signer` is the key of the row the page showed.
    """
    command = Command(Do(do), actor.person or 0, None, signer, opinion, To(to))
    done = decide_many(approvals=[approval_id], actor=actor, at=at, command=command, remarks=list(remarks))
    for sentence in done.refused.values():
        raise Refused(sentence)
    return done.outcomes[approval_id]


def withdraw(*, approval_id: int, actor: Actor, at: dt.datetime, reason: str = "") -> Outcome:
    """The initiator, or a successor in the same post, takes it back while nobody has decided."""
    command = Command(Do.WITHDRAW, actor.person or 0, opinion=reason)
    done = decide_many(approvals=[approval_id], actor=actor, at=at, command=command)
    for sentence in done.refused.values():
        raise Refused(sentence)
    return done.outcomes[approval_id]


def void(*, subject: str, subject_id: int, actor: Actor, at: dt.datetime, reason: str = "") -> None:
    """The subject is cancelled: what is pending on it ends without a decision, and without `settle`.

    Called before the subject itself is locked or moved (the lock order at the top).
    """
    pending = Approval.objects.filter(subject=subject, subject_id=subject_id, state=Result.PENDING)
    command = Command(Do.VOID, actor.person or 0, opinion=reason)
    decide_many(approvals=list(pending.values_list("pk", flat=True)), actor=actor, at=at, command=command)


@transaction.atomic
def decide_many(
    *, approvals: Iterable[int], actor: Actor, at: dt.datetime, command: Command,
    remarks: list[dict[str, str]] | None = None,
) -> deciding.Done:  # fmt: skip
    """The same command on every one of `approvals`; a refused one never undoes another."""
    pks, day, done = sorted(set(approvals)), timezone.localdate(at), deciding.Done()
    with ExitStack() as locks:
        deciding.lock_subjects(pks, locks)
        found = {row.pk: row for row in store.LOCKED(ids=pks)}
        signers = store.signers_of(found, actor, day)
        for pk in pks:
            deciding.judge(found.get(pk), signers[pk], actor, command, at, done, pk)
        deciding.write(found, signers, done, actor, at, command)
        deciding.settle(found, done, actor, at, command, remarks or [])
    return done
