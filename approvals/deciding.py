"""The inside of a decision: ask the engine about each approval, write what changed, tell the subjects."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from foundation.files.models import Attachment
from foundation.journal.moves import record, transition
from foundation.journal.prepared import Listed, Prepared
from foundation.organization.actors import Actor
from foundation.organization.templatetags.components import clock

from . import enclosures, engine, store
from .engine.records import made, replace
from .engine.terms import (
    Claim,
    Command,
    Content,
    Do,
    Link,
    Outcome,
    Refusal,
    Result,
    State,
    Why,
    claimed_sentence,
    decided_sentence,
    own_sentence,
)  # fmt: skip
from .engine.terms import Signer as Row
from .models import Approval, Signature, Signer
from .subjects import SUBJECTS, Settled

MOVES = {
    Result.PENDING: Approval.sign,
    Result.APPROVED: Approval.approve,
    Result.REJECTED: Approval.reject,
    Result.RETURNED: Approval.send_back,
    Result.WITHDRAWN: Approval.withdraw,
    Result.VOID: Approval.void,
}
SUBJECTS_OF = Prepared(
    lambda: (
        Approval.objects.filter(Listed("pk"))
        .order_by("subject", "subject_id")
        .values_list("subject", "subject_id")
    )
)
BRINGS = (Do.TRANSFER, Do.DELEGATE, Do.ADD_BEFORE, Do.ADD_AFTER, Do.WITHDRAW)  # somebody in, with these words
TELLS = (Do.READ, Do.URGE, Do.CLAIM, Do.RELEASE)  # the approval stays where it is
OF_INITIATOR = (Do.WITHDRAW, Do.URGE)
WITHOUT_ROW = (Do.VOID, Do.TICK, Do.RESUBMIT)  # nobody's own place


@dataclass
class Done:
    """What became of a decision on several approvals: `refused` names a reason for each that stayed."""

    outcomes: dict[int, Outcome] = field(default_factory=dict)
    refused: dict[int, str] = field(default_factory=dict)


def locked(pks: list[int], locks: ExitStack) -> dict[int, Approval]:
    """The approvals, locked until the transaction ends; `locks` holds what is locked beside them.

    A process is locked before its approval, everywhere: the other order deadlocks against its cancel. A single
    approval of a subject that locks nothing needs no look first; of several, some might.
    """
    if len(pks) == 1 and (alone := store.locked(pks, alone=True)):
        return alone
    _lock_subjects(pks, locks)
    return store.locked(pks)


def _lock_subjects(pks: list[int], locks: ExitStack) -> None:
    about: dict[str, list[int]] = defaultdict(list)
    for label, pk in SUBJECTS_OF(ids=pks):
        about[label].append(pk)
    for label, subjects in about.items():
        if label in SUBJECTS and (lock := SUBJECTS[label].lock):
            locks.enter_context(lock(subjects))


@dataclass(frozen=True)
class Shown:
    """What a page showed of an approval: whose row, and the digest of the content."""

    signer: int
    digest: str


def as_shown(
    approval: Approval | None, shown: Shown, command: Command, done: Done, pk: int
) -> Command | None:
    """The command on the row that was shown; None, and the reason in `done`, where it can't be in a batch."""
    if approval and not store.route_of(approval.version).batch:
        done.refused[pk] = "这条审批路线不能批量同意，请单独打开办理。"
    elif approval and approval.digest != shown.digest:
        done.refused[pk] = "内容有变化，请单独打开办理。"
    else:
        return replace(command, signer=shown.signer)
    return None


def judge(
    approval: Approval | None,
    rows: list[Signer],
    actor: Actor,
    command: Command,
    at: dt.datetime,
    done: Done,
    pk: int,
    contents: Mapping[str, Content] | None = None,
) -> None:
    """Ask the engine about one approval, as the person or as proxy for the row the actor may decide; `contents` as
    store.state_of takes them, `at`, also the command's, in the office's own time zone."""
    if approval is None:
        done.refused[pk] = "此件已不存在。"
        return
    if command.do is not Do.RESUBMIT and command.digest not in ("", approval.digest):
        done.refused[pk] = "内容有变化，请看过以后再办理。"
        return
    where = store.organization_of(approval, at.date())
    told = _told(approval, rows, actor, command, at.date())
    verdict = engine.decide(store.state_of(approval, rows, contents), told, where)
    if isinstance(verdict, Refusal):
        done.refused[pk] = _sentence(verdict, rows, actor, at)
    else:
        done.outcomes[pk] = verdict


def chosen(rows: list[Signer], actor: Actor, key: int | None = None, do: Do = Do.AGREE) -> Signer | None:
    """The row the actor's command is about: of those they may act for the most fitting first, their own before
    another's."""
    mine = [row for row in rows if row.acts and row.appointment_id and key in (None, row.key)]
    fitting = [row for row in mine if (row.link == Link.COPY) == (do is Do.READ)]
    return min(
        fitting,
        key=lambda row: (_unfit(row, do), row.appointment_id != actor.post, -row.round, -row.step, -row.key),
        default=None,
    )


def _unfit(row: Signer, do: Do) -> bool:
    """What was done is taken back, what is open is decided: by the step before a consent to withdraw."""
    if do is Do.TAKE_BACK:
        return row.decided_by_id is None
    return row.state != State.OPEN or row.link == Link.CONSENT


def _told(approval: Approval, rows: list[Signer], actor: Actor, command: Command, day: dt.date) -> Command:
    """The command with the row and, for a proxy, the person it is for. A successor takes the row over."""
    if command.do in WITHOUT_ROW:
        return command
    if command.do in OF_INITIATOR:
        first = approval.initiator_id
        mine = first == actor.post or store.heir_of(store.seat_of(first), actor, day)
        return replace(command, by=approval.initiator.person_id if mine else 0)
    row = chosen(rows, actor, command.signer, command.do)
    seat = row.appointment if row else None
    if row is None or seat is None:
        # Signing under another of one's posts is no signing: only an author keeps their name, to be told why.
        return command if actor.person in approval.authors else replace(command, by=0)
    if row.state == State.OPEN and seat.pk != actor.post and store.heir_of(seat, actor, day):
        row.appointment = seat = store.seat_of(actor.post or 0)
    behalf = None if seat.person_id == actor.person else seat.person_id
    return replace(command, behalf=behalf, signer=command.signer or row.key)


def _sentence(refusal: Refusal, rows: list[Signer], actor: Actor, at: dt.datetime) -> str:
    """Who was first, and when; a form sent twice is told so, not a name."""
    first = next((row for row in rows if row.key == refusal.signer), None)
    if refusal.code is Why.CLAIMED and first and first.appointment:
        return claimed_sentence(first.appointment.person.name)
    by, when = (first.decided_by, first.decided_at) if first else (None, None)
    if refusal.code is not Why.ALREADY_DECIDED or by is None or when is None:
        return refusal.says
    words = clock(when, at)
    return f"{own_sentence(words) if by.person_id == actor.person else decided_sentence(by.person.name, words)}。"


def write(
    found: dict[int, Approval], signers: dict[int, list[Signer]], done: Done, actor: Actor, at: dt.datetime,
    command: Command, sent: Mapping[str, Any] | None = None, signature: Signature | None = None,
    files: Collection[int] = (),
) -> None:  # fmt: skip
    """Signers' rows, then the approvals: those that go the same way in one move.

    `sent` are the columns that a resubmission changes, `files` those that go with the one decision.
    """
    alike: dict[tuple, list[int]] = defaultdict(list)
    said = store.Said(actor.post, at, command.opinion, signature.pk if signature else None)
    changes: list[tuple[Signer, Row]] = []
    added: list[dict[str, Any]] = []
    for pk, outcome in done.outcomes.items():
        if not outcome.changed and not outcome.added:
            continue
        rows = {row.key: row for row in signers[pk]}
        changes += [(rows[one.key], one) for one in outcome.changed]
        words = command.opinion if command.do in BRINGS else ""
        added += [store.fresh(pk, one, words) for one in outcome.added]
        step = outcome.state.step or found[pk].step
        alike[(outcome.state.result, step, _behalf(outcome, rows, actor))].append(pk)
    store.change(changes, said)
    store.FRESH.insert(added)
    enclosed = _enclosed(signers, done, files, actor, at, command)
    for (result, step, behalf), pks in alike.items():
        if sent is not None:
            _go_on(pks, done, {"step": step} | dict(sent), actor, at)
        else:
            _journal(result, step, pks, actor.for_(behalf) if behalf else actor, at, command, enclosed)


def _go_on(pks: list[int], done: Done, values: dict[str, Any], actor: Actor, at: dt.datetime) -> None:
    """What was returned is pending again, in the round that begins now."""
    for pk in pks:
        data = values | {"began": done.outcomes[pk].state.began}
        transition(Approval.resubmit, pk, actor=actor, at=at, data=data).all_or_refuse()


def _enclosed(
    signers: dict[int, list[Signer]], done: Done, files: Collection[int], actor: Actor, at: dt.datetime, command: Command
) -> list[Attachment]:  # fmt: skip
    """What is enclosed belongs to the row that is decided; with a decision that is undone it is taken off."""
    given: list[Attachment] = []
    for pk, outcome in done.outcomes.items() if files or command.do is Do.TAKE_BACK else ():
        rows = {row.key: row for row in signers[pk]}
        if command.do is Do.TAKE_BACK:
            undone = [rows[one.key] for one in outcome.changed if one.by is None]
            enclosures.take_back([row.pk for row in undone if row.decided_at], actor=actor, at=at)
        elif row := _decided(outcome, rows):
            given += enclosures.give(files, signer=rows[row.key].pk, actor=actor)
    return given


def _journal(
    result: Result, step: int, pks: list[int], actor: Actor, at: dt.datetime, command: Command,
    enclosed: Sequence[Attachment] = (),
) -> None:  # fmt: skip
    """What was done to the approvals; what leaves them where they are is only written down."""
    words: dict[str, Any] = {"opinion": command.opinion, "files": [one.name for one in enclosed]}
    if command.do in TELLS:
        record(Approval, pks, command.do.value, actor=actor, at=at, words=words)
        return
    data: dict[str, Any] = {"step": step} if result is Result.PENDING else {}
    if result is Result.RETURNED and command.items:
        data["corrections"] = {"items": list(command.items), "only": command.only}
    note: dict[str, Any] = {"do": command.do.value}
    if command.do is Do.RETURN:
        note["to"] = str(command.to)
    if command.people:
        note["people"] = [one.seat for one in command.people]
    if enclosed:
        note["files"] = [
            {"attachment": one.pk, "sha256": one.file.sha256, "size": one.size} for one in enclosed
        ]
    transition(MOVES[result], pks, actor=actor, at=at, data=data, note=note, words=words).all_or_refuse()


def _decided(outcome: Outcome, rows: dict[int, Signer]) -> Row | None:
    return next((s for s in outcome.changed if s.by is not None and rows[s.key].decided_at is None), None)


def _behalf(outcome: Outcome, rows: dict[int, Signer], actor: Actor) -> int | None:
    """The appointment decided or claimed for, where it is somebody else's (代理)."""
    row = _decided(outcome, rows)
    by = row.by if row else actor.person
    row = row or next((s for s in outcome.changed if Claim.HELD in (s.claim, rows[s.key].claim)), None)
    return row.seat if row and by and by != row.person and isinstance(row.seat, int) else None


def settle(
    found: dict[int, Approval], done: Done, actor: Actor, at: dt.datetime, command: Command, remarks: list
) -> None:
    """Tell the subjects whose approval has ended, those that ended alike together."""
    ended: dict[tuple, list[Settled]] = defaultdict(list)
    for pk, outcome in done.outcomes.items():
        result, row = outcome.state.result, found[pk]
        if result in (Result.PENDING, Result.VOID):
            continue
        route = row.version.route.code
        settled = made(
            Settled, approval=pk, subject_id=row.subject_id, route=route, result=result.value, actor=actor, at=at,
            opinion=command.opinion, remarks=remarks,
        )  # fmt: skip
        ended[(row.subject, route, result)].append(settled)
    for (subject, _, _), together in ended.items():
        SUBJECTS[subject].settle(together)
