"""How a document is made, top to bottom: drafted, signed, checked, numbered, sealed, issued, archived."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from viewflow import this
from viewflow.workflow import flow, lock

from approvals.acting import current_act
from approvals.nodes import ApprovalNode, Opening
from approvals.subjects import Matter
from foundation.journal.moves import transition

from ..models import Draft, DraftProcess
from . import registering
from .content import digest_of
from .making import refuse_unmakable
from .opening import matter_of, opening_of
from .places import open_places, sealed_with

State = Draft.State


class IssuingFlow(flow.Flow):
    process_class = DraftProcess
    process_title = "发文办理"
    lock_impl = lock.SelectForUpdateLock(nowait=False)

    start = flow.StartHandle(this.open).Annotation(title="起草").Next(this.compose)
    compose = flow.Handle(this.sent).Annotation(title="送签").Next(this.approval)
    approval = (
        ApprovalNode(opening=this.opening, matter=this.matter)
        .Annotation(title="核稿、会签、签发")
        .Approved(this.sign)
        .Returned(this.send_back)
        .Withdrawn(this.take_back)
        .Rejected(this.send_back)
    )
    send_back = flow.Function(this.returned).Annotation(title="退回修改").Next(this.compose)
    take_back = flow.Function(this.withdrawn).Annotation(title="撤回").Next(this.compose)
    sign = flow.Function(this.signed).Annotation(title="签发").Next(this.check)
    check = flow.Handle(this.checked).Annotation(title="复核").Next(this.found)
    found = (
        flow.Switch()
        .Annotation(title="复核结果")
        .Case(this.second_approval, this.changed_in_substance)
        .Case(this.compose, this.sent_back)
        .Default(this.register)
    )
    second_approval = (
        ApprovalNode(opening=this.opening_again, matter=this.matter)
        .Annotation(title="原签批人复审")
        .Approved(this.sign_again)
        .Returned(this.send_back)
        .Withdrawn(this.take_back)
        .Rejected(this.send_back)
    )
    sign_again = flow.Function(this.signed_again).Annotation(title="复审同意").Next(this.register)
    register = flow.Handle(this.registered).Annotation(title="登记编号").Next(this.seal)
    seal = flow.Handle(this.sealed).Annotation(title="用印").Next(this.issue)
    issue = flow.Handle(this.issued).Annotation(title="印发").Next(this.archive)
    archive = flow.Handle(this.archived).Annotation(title="归档").Next(this.end)
    end = flow.End()

    def open(self, activation: Any, draft: int) -> DraftProcess:
        activation.process.draft_id = draft
        activation.process.save()
        return activation.process

    def opening(self, activation: Any) -> Opening:
        return opening_of(_row(activation), "document", _day())

    def opening_again(self, activation: Any) -> Opening:
        return opening_of(_row(activation), "document_again", _day())

    def matter(self, activation: Any) -> Matter:
        return matter_of(_row(activation))

    def sent(self, activation: Any) -> None:
        _move(activation, Draft.send, note={"digest": digest_of(_row(activation))})

    def returned(self, activation: Any) -> None:
        _move(activation, Draft.send_back)

    def withdrawn(self, activation: Any) -> None:
        _move(activation, Draft.take_back)

    def signed(self, activation: Any) -> None:
        _move(activation, Draft.sign, **_signature())

    def checked(self, activation: Any, finding: registering.Finding) -> None:
        act = current_act()
        registering.write_finding(_row(activation), finding, act.actor, act.at)

    def changed_in_substance(self, activation: Any) -> bool:
        return _row(activation).state == State.SIGNING_AGAIN

    def sent_back(self, activation: Any) -> bool:
        return _row(activation).state == State.RETURNED

    def signed_again(self, activation: Any) -> None:
        _move(activation, Draft.sign_again, **_signature())

    def registered(self, activation: Any) -> None:
        """The number is given here, in the transaction that moves the draft."""
        act = current_act()
        document = registering.numbered(_row(activation), act.actor, act.at)
        _move(activation, Draft.register, document=document)
        open_places(_row(activation))

    def sealed(self, activation: Any, seals: Sequence[int]) -> None:
        act = current_act()
        row = _row(activation)
        refuse_unmakable(row, act.at)
        if not row.joint:  # its organs have used theirs by now
            registering.sealed(row, seals, act.actor, act.at)
        _move(activation, Draft.seal, note={"seals": list(seals) or sealed_with(row)})

    def issued(self, activation: Any) -> None:
        act = current_act()
        refuse_unmakable(_row(activation), act.at)
        _move(activation, Draft.issue)
        registering.printed(_row(activation), act.actor, act.at)

    def archived(self, activation: Any, retention: str | None = None, reason: str = "") -> None:
        act = current_act()
        _move(activation, Draft.archive)
        registering.shelved(_row(activation), act.actor, act.at, retention, reason)


def _row(activation: Any) -> Draft:
    rows = Draft.objects.select_related("organ", "head", "signer__person", "drafted_by", "document")
    return rows.get(pk=activation.process.draft_id)


def _move(activation: Any, move: Any, *, note: dict[str, Any] | None = None, **data: Any) -> None:
    act = current_act()
    words = {"opinion": act.opinion}
    pk = activation.process.draft_id
    transition(move, pk, actor=act.actor, at=act.at, data=data, note=note, words=words).all_or_refuse()


def _signature() -> dict[str, Any]:
    """Who said the last yes, and the day, which is the 成文日期."""
    act = current_act()
    return {"signer": act.actor.post, "signed_on": timezone.localdate(act.at).isoformat()}


def _day() -> dt.date:
    """Of the act; who only looks at what is asked looks today."""
    try:
        return timezone.localdate(current_act().at)
    except LookupError:
        return timezone.localdate()
