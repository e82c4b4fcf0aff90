"""What people do with a draft. Each takes its process one step on; the flow's nodes move the draft."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction as tx
from django.db.models import Q
from django.utils import timezone
from viewflow.workflow.status import PROCESS

from approvals import services as approvals
from approvals.acting import acting
from approvals.waiting import leave, pending_of
from foundation.journal.moves import transition
from foundation.organization.actors import Actor
from foundation.organization.refusals import Refused

from ..models import Document, Draft, DraftProcess
from ..models.draft import OPEN
from ..services import LABEL as DOCUMENT
from ..services import void_document
from .flows import IssuingFlow
from .making import UNMADE, Standing, refuse_unmakable, standing_of, with_making
from .opening import refuse_unfit
from .permissions import asked_to_seal, handles_draft, writes_draft
from .places import settle
from .registering import Finding, Found
from .services import save_draft


@tx.atomic
def send(*, draft: int, actor: Actor, at: dt.datetime, **who: Any) -> None:
    """For approval; what can't be set, and what nobody could sign, is refused before anybody is asked. `who`: the
    cosigners, and whether the main head signs, where that is chosen now."""
    _may(writes_draft, _row(draft), actor, at)
    with IssuingFlow.instance.lock(DraftProcess.objects.get(draft=draft).pk):  # the process before the draft
        row = _row(draft)
        if who and row.state in OPEN:
            save_draft(draft=draft, revision=row.revision, actor=actor, at=at, **who)
            row = _row(draft)
        refuse_unfit(row, actor.person, timezone.localdate(at))
        _go_on(IssuingFlow.compose, draft, actor, at)


def withdraw(*, draft: int, actor: Actor, at: dt.datetime) -> None:
    """Whoever sent it takes it back while nobody has decided."""
    found = pending_of(DraftProcess.objects.filter(draft=draft))
    if found is None:
        raise Refused("这份文稿不在签批中，没有可以撤回的，请刷新后查看。")
    approvals.withdraw(approval_id=found.pk, actor=actor, at=at)


@tx.atomic
def check(
    *, draft: int, revision: int, found: str, actor: Actor, at: dt.datetime, text: str = "", reason: str = ""
) -> None:  # fmt: skip
    """复核 of what was read: right as it is, changed in words only, changed in substance, or sent back."""
    _handle(IssuingFlow.check, draft, actor, at, finding=Finding(Found(found), revision, text, reason))


@tx.atomic
def register(*, draft: int, actor: Actor, at: dt.datetime) -> None:
    _handle(IssuingFlow.register, draft, actor, at)


@tx.atomic
def seal(
    *, draft: int, actor: Actor, at: dt.datetime, seals: Sequence[int] = (), free: Collection[str] = ()
) -> None:  # fmt: skip
    """Without a seal the place for one of rubber stays free. A joint paper goes on when each of its organs has put its
    seal, or left its place free (places.py); `free`: organs for which that is said now."""
    _may(asked_to_seal, _row(draft), actor, at)
    with IssuingFlow.instance.lock(DraftProcess.objects.get(draft=draft).pk):  # the process before the draft
        row = _row(draft)
        if row.joint and row.state == Draft.State.REGISTERED:
            refuse_unmakable(row, at)
            if not settle(row, seals, free, actor, at):
                return
        _go_on(IssuingFlow.seal, draft, actor, at, seals=() if row.joint else seals)


@tx.atomic
def issue(*, draft: int, actor: Actor, at: dt.datetime) -> None:
    """The paper is made in the background, and is final."""
    _handle(IssuingFlow.issue, draft, actor, at)


@tx.atomic
def archive(
    *, draft: int, actor: Actor, at: dt.datetime, retention: str | None = None, reason: str = ""
) -> None:  # fmt: skip
    """With the 保管期限 of the table, or another for a reason."""
    _may(handles_draft, _row(draft), actor, at)
    _archive(draft, actor, at, retention=retention, reason=reason)


@tx.atomic
def archive_by_flow(*, document: int, actor: Actor, at: dt.datetime, **how: Any) -> bool:
    """A document that is arranged among others takes its draft along, whoever of the office arranges."""
    draft = Draft.objects.filter(document=document, state=Draft.State.ISSUED).first()
    if draft is None:
        return False
    _archive(draft.pk, actor, at, **how)
    return True


def _archive(draft: int, actor: Actor, at: dt.datetime, **how: Any) -> None:
    document = _row(draft).document_id
    papers = Q(pk=document) | Q(subject=DOCUMENT, subject_id=document)
    waiting = Document.objects.filter(papers, state=Document.State.REGISTERED)
    standings = {standing_of(one) for one in with_making(waiting)}
    if Standing.FAILED in standings:
        raise Refused(UNMADE)
    if standings:
        raise Refused("公文的 PDF 还在生成，请稍后再归档。")
    _go_on(IssuingFlow.archive, draft, actor, at, **how)


@tx.atomic
def void(*, draft: int, actor: Actor, at: dt.datetime, reason: str) -> None:
    """Given up before it was issued. Its process ends; a number it had stays taken."""
    if not reason.strip():
        raise Refused("作废要写明理由。")
    process = DraftProcess.objects.get(draft=draft)
    with IssuingFlow.instance.lock(process.pk), acting(actor, at, reason.strip()):
        process.refresh_from_db()
        if process.status == PROCESS.NEW:
            IssuingFlow.instance.cancel(process)  # and its approval, before the draft
        words = {"reason": reason.strip()}
        transition(Draft.void, draft, actor=actor, at=at, words=words).all_or_refuse()
        if document := _row(draft).document_id:
            void_document(document=document, actor=actor, at=at, reason=reason)


def _handle(node: Any, draft: int, actor: Actor, at: dt.datetime, **data: Any) -> None:
    _may(handles_draft, _row(draft), actor, at)
    _go_on(node, draft, actor, at, **data)


def _may(rule: Any, row: Draft, actor: Actor, at: dt.datetime) -> None:
    if not rule(row, actor, timezone.localdate(at)):
        raise Refused(rule.says)


def _go_on(node: Any, draft: int, actor: Actor, at: dt.datetime, **data: Any) -> None:
    """The second of two who press at once is told where it stands."""
    if not leave(node, DraftProcess.objects.filter(draft=draft), actor, at, **data):
        raise Refused(f"这份文稿当前“{_row(draft).get_state_display()}”，不能这样办理，请刷新后查看。")


def _row(draft: int) -> Draft:
    row = (
        Draft.objects.select_related("organ", "head", "drafted_by", "document", "signer__person")
        .filter(pk=draft)
        .first()
    )
    if row is None:
        raise Refused("这份文稿已不存在。")
    return row
