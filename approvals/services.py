"""Starting and deciding approvals: lock, check, change, journal, and tell the subject, in one transaction.

The engine decides (approvals/engine). Everything here works on one approval or on a hundred alike; the
single decision is the case of one. Lock order: process (Subject.lock), approvals by id, subject, signers.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from contextlib import ExitStack
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet, SlugField, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from foundation.journal.moves import create, record
from foundation.journal.prepared import AT, Listed, Param, PreparedRows
from foundation.organization.actors import SYSTEM, Actor
from foundation.organization.refusals import Refused

from . import deciding, engine, resuming, store
from .engine.records import replace
from .engine.routes import Fact, Resubmit, Route
from .engine.terms import Command, Do, Holder, Outcome, Refusal, Result, To
from .lookup import Organization, asks_own_unit
from .models import Approval, RouteVersion, Signature, Signer
from .models import Route as RouteRow

CHUNK = 100  # approvals in one transaction
PAST = (Do.READ, Do.TAKE_BACK, Do.REMOVE, Do.ADD_AFTER)  # may be about rows that are not open
Facts = Mapping[str, Fact]
NEWEST = PreparedRows(
    lambda: (
        RouteVersion.objects.filter(route__code=Param("route", SlugField), route__retired=False)
        .order_by("-number")
        .defer("definition")
        .annotate(text=Cast("definition", TextField()))[:1]
    )
)


def version_for(route: str) -> RouteVersion:
    """The newest version of the route of that code, which a new approval takes."""
    for found in NEWEST(route=route):
        return found
    if name := RouteRow.objects.filter(code=route, retired=True).values_list("name", flat=True).first():
        raise Refused(f"审批路线“{name}”已停用，暂时不能提交。请联系系统管理员或安办主任恢复。")
    raise Refused("还没有可用的审批路线，请管理员先设置审批路线。")


def start(
    *, route: str, subject: str, subject_id: int, title: str, brief: str, unit: int, digest: str, actor: Actor,
    at: dt.datetime, due_on: dt.date | None = None, authors: Iterable[int] = (), facts: Facts | None = None,
) -> int:  # fmt: skip
    """Open an approval, or go on with the one that was returned where its route says so (resuming.py); its id.

    Raises Refused where a needed post is empty. The initiator never signs. `facts` are what the subject declares
    about itself, for the conditions of the route's steps.
    """
    version = version_for(route)
    sent = resuming.Sent(title, brief, digest, dict(facts or {}), tuple(authors), due_on)
    for old in resuming.returned(version, subject, [subject_id]).values():
        if resuming.resume(old, sent, initiator=actor.post, actor=actor, at=at):
            return old.pk
    return _start(version, sent, {"subject": subject, "subject_id": subject_id, "unit": unit}, actor, at)


def _start(
    version: RouteVersion, sent: resuming.Sent, about: dict[str, Any], actor: Actor, at: dt.datetime
) -> int:
    route = store.route_of(version)
    where = Organization(route, about["unit"], timezone.localdate(at), sent.facts)
    initiator = Holder(actor.person or 0, actor.post or 0)
    opened = _open(route, where, initiator, sent, at)
    authors = sorted(opened.state.authors, key=int)
    values = sent.values(authors) | about | {
        "version": version, "initiator": actor.post, "step": opened.state.step, "moved_at": AT,
    }  # fmt: skip
    with transaction.atomic(savepoint=False):
        (approval,) = create(Approval, values, actor=actor, at=at)
        store.FRESH.insert(store.fresh(approval, row) for row in opened.added)
    return approval


def _open(
    route: Route, where: Organization, initiator: Holder, sent: resuming.Sent, at: dt.datetime
) -> Outcome:
    opened = engine.open_route(
        route, initiator, where, sent.authors, facts=sent.facts, digest=sent.digest, at=at
    )
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
    kept = ("subject", "subject_id", "title", "brief", "unit", "initiator", "digest", "authors", "facts")
    values = {name: F(name) for name in kept} | {"version": version, "due_on": due_on, "moved_at": AT}
    with transaction.atomic(savepoint=False):
        resumed = _resumed(version, pks, due_on, actor, at)
        fresh = [pk for pk in pks if pk not in resumed]
        made = create(Approval, values, source=_listed, ids=fresh, actor=actor, at=at) if fresh else []
        _seat(made, version, at)
    return [*resumed.values(), *made]


def move_due(
    *,
    subject: str,
    subject_ids: Iterable[int],
    routes: Collection[str],
    due_on: dt.date | None,
    actor: Actor,
    at: dt.datetime,
) -> int:
    """What these are about is due on another day: so is what waits on one of `routes`. How many approvals that were."""
    waiting = Approval.objects.filter(subject=subject, subject_id__in=list(subject_ids), state="pending")
    ids = list(
        waiting.filter(version__route__code__in=routes).exclude(due_on=due_on).values_list("pk", flat=True)
    )
    told = {"due_on": due_on.isoformat() if due_on else None}
    return len(
        record(Approval, ids, "move_due", actor=actor, at=at, changes={"due_on": due_on}, data=told).ids
    )


def _resumed(
    version: RouteVersion, pks: list[int], due_on: dt.date | None, actor: Actor, at: dt.datetime
) -> dict[int, int]:
    """Of the approvals that have ended those whose matter goes on in one that was returned: {ended: going on}."""
    if store.route_of(version).resubmit is Resubmit.RERUN:
        return {}
    found: dict[int, int] = {}
    about: dict[str, dict[int, Approval]] = defaultdict(dict)
    for row in Approval.objects.filter(pk__in=pks):
        about[row.subject][row.subject_id] = row
    for subject, rows in about.items():
        for subject_id, old in resuming.returned(version, subject, rows).items():
            row = rows[subject_id]
            sent = resuming.Sent.again(row, due_on)
            if resuming.resume(old, sent, initiator=row.initiator_id, actor=actor, at=at):
                found[row.pk] = old.pk
    return found


def _listed() -> QuerySet:
    return Approval.objects.filter(Listed("pk"))


def _seat(approvals: list[int], version: RouteVersion, at: dt.datetime) -> None:
    """Signers of approvals that were made together."""
    day, route = timezone.localdate(at), store.route_of(version)
    known: dict[int | None, Organization] = {}
    rows: list[dict[str, Any]] = []
    for approval in Approval.objects.filter(pk__in=approvals).select_related("initiator"):
        where = approval.unit_id if asks_own_unit(route) else None
        known.setdefault(where, Organization(route, approval.unit_id, day, approval.facts))
        initiator, sent = store.initiator_of(approval), resuming.Sent.again(approval, approval.due_on)
        opened = _open(route, known[where], initiator, sent, at)
        rows += [store.fresh(approval.pk, row) for row in opened.added]
        if opened.state.step != approval.step:  # the first steps are skipped
            Approval.objects.filter(pk=approval.pk).update(step=opened.state.step)
    store.FRESH.insert(rows)


def decide(
    *, approval_id: int, actor: Actor, at: dt.datetime, do: str, opinion: str = "", to: str | int = "initiator",
    signer: int | None = None, people: Iterable[int] = (), remarks: Iterable[dict[str, str]] = (),
    only: bool = False, signature: Signature | None = None, files: Collection[int] = (), digest: str = "",
) -> Outcome:  # fmt: skip
    """One act of one person; raises Refused with the sentence that says why not.

    `do`: a word of terms.Do; `signer` is the key of the row the page showed; `people` are appointments, of those
    who are brought in or taken out; `to`, `remarks` (the parts that have to be put right) and `only` (仅补正) are
    of a return; without a `signature` one signs by name; `files` are of those gathered beside the opinion; `digest`
    is of the content that was read, where that is known.
    """
    said = list(remarks)
    target = to if isinstance(to, int) else To(to)
    seats = store.holders_of(people, at)
    items = tuple(one["part"] for one in said)
    command = Command(Do(do), actor.person or 0, None, signer, opinion, target, seats, items, only, digest)
    done = decide_many(
        approvals=[approval_id], actor=actor, at=at, command=command, remarks=said, signature=signature, files=files
    )  # fmt: skip
    for sentence in done.refused.values():
        raise Refused(sentence)
    return done.outcomes[approval_id]


def tick(*, at: dt.datetime) -> int:
    """Time has passed: remind, urge, escalate, decide where the route says so. How many approvals were touched.

    Safe to repeat: everything is done once.
    """
    waiting = Signer.objects.filter(state="open", due__isnull=False, approval__state="pending")
    pks = sorted(set(waiting.order_by().values_list("approval", flat=True)))
    touched = 0
    for first in range(0, len(pks), CHUNK):
        done = decide_many(
            approvals=pks[first : first + CHUNK], actor=SYSTEM, at=at, command=Command(Do.TICK, 0)
        )
        touched += sum(bool(outcome.changed or outcome.added) for outcome in done.outcomes.values())
    return touched


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
    void_all(subject=subject, subject_ids=[subject_id], actor=actor, at=at, reason=reason)


def void_all(
    *, subject: str, subject_ids: Iterable[int], actor: Actor, at: dt.datetime, reason: str = ""
) -> None:
    """The same for many at once."""
    pending = Approval.objects.filter(subject=subject, subject_id__in=subject_ids, state=Result.PENDING)
    command = Command(Do.VOID, actor.person or 0, opinion=reason)
    decide_many(approvals=list(pending.values_list("pk", flat=True)), actor=actor, at=at, command=command)


def agree_to(
    *, shown: Mapping[int, deciding.Shown], actor: Actor, at: dt.datetime, opinion: str = "",
    signature: Signature | None = None,
) -> dict[int, str]:  # fmt: skip
    """批量同意: agree to each as it was `shown`. The sentences of those that were refused, by id.

    A chunk of 100 is one transaction; a refused one never undoes another.
    """
    pks, refused = sorted(shown), dict[int, str]()
    command = Command(Do.AGREE, actor.person or 0, opinion=opinion)
    for first in range(0, len(pks), CHUNK):
        done = decide_many(
            approvals=pks[first : first + CHUNK], actor=actor, at=at, command=command, shown=shown, signature=signature
        )  # fmt: skip
        refused |= done.refused
    return refused


@transaction.atomic
def decide_many(
    *, approvals: Iterable[int], actor: Actor, at: dt.datetime, command: Command,
    remarks: list[dict[str, str]] | None = None, shown: Mapping[int, deciding.Shown] | None = None,
    signature: Signature | None = None, files: Collection[int] = (),
) -> deciding.Done:  # fmt: skip
    """The same command on every one of `approvals`; a refused one never undoes another.

    `shown`: as they were on the page; what has changed since, or may not be decided in a batch, is refused.
    """
    if signature and signature.person_id != actor.person:
        raise Refused("只能用本人的签名。")
    pks, at, done = sorted(set(approvals)), timezone.localtime(at), deciding.Done()
    command = replace(command, at=at)
    with ExitStack() as locks:
        found = deciding.locked(pks, locks)
        signers = store.signers_of(found, actor, at.date(), past=command.do in PAST)
        for pk in pks:
            told = deciding.as_shown(found.get(pk), shown[pk], command, done, pk) if shown else command
            if told:
                deciding.judge(found.get(pk), signers[pk], actor, told, at, done, pk)
        deciding.write(found, signers, done, actor, at, command, signature=signature, files=files)
        deciding.settle(found, done, actor, at, command, remarks or [])
    return done
