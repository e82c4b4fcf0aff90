"""A referral as the agency makes it, top to bottom: suspicion, team, report, decision of the head, hand-over, copy."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from viewflow import this
from viewflow.workflow import flow, lock

from approvals.acting import current_act
from approvals.nodes import ApprovalNode, Opening
from approvals.subjects import Matter
from foundation.organization.actors import Actor

from ..events import Event
from ..models import Case, ReferralProcess
from ..register import enter, look_at
from .deciding import post_of, refuse_unfit
from .showing import brief_of, digest_of, matter_of, referral_of

ROUTE = "referral"  # approvals.Route.code


@dataclass(frozen=True)
class Told:
    """What is said of a step: when it took effect, its paper, its number, the words."""

    at: dt.datetime
    document: str = ""
    number: str = ""
    reason: str = ""


class ReferralFlow(flow.Flow):
    """A node that bears the name of a step of the pack records that step, and the law says whether it may be."""

    process_class = ReferralProcess
    process_title = "移送"
    lock_impl = lock.SelectForUpdateLock(nowait=False)

    suspected = flow.StartHandle(this.begin).Annotation(title="发现涉嫌犯罪").Next(this.team)
    team = flow.Handle(this.record).Annotation(title="成立专案组").Next(this.reported)
    reported = flow.Handle(this.record).Annotation(title="提出移送书面报告").Next(this.decision)
    decision = (
        ApprovalNode(opening=this.opening, matter=this.matter, looked=this.looked)
        .Annotation(title="正职负责人决定")
        .Approved(this.approved)
        .Rejected(this.refused)
        .Returned(this.amend)
    )
    amend = flow.Handle(this.add).Annotation(title="补充说明，重新送审").Next(this.decision)
    refused = flow.Function(this.decide).Annotation(title="不批准移送").Next(this.end)
    approved = flow.Function(this.decide).Annotation(title="批准移送").Next(this.send)
    send = flow.Split().Next(this.handed_over).Next(this.copied, case=this.has_to_copy)
    handed_over = flow.Handle(this.record).Annotation(title="向公安机关移送").Next(this.sent)
    copied = flow.Handle(this.record).Annotation(title="移送书抄送检察院").Next(this.sent)
    sent = flow.Join().Next(this.end)
    end = flow.End()

    def begin(self, activation: Any, case: int, told: Told | None) -> ReferralProcess:
        """Nothing is told where the suspicion was recorded before."""
        activation.process.case_id = case
        activation.process.save()
        if told:
            self.record(activation, told)
        return activation.process

    def record(self, activation: Any, told: Told) -> None:
        step = activation.flow_task.name
        _enter(activation, Event(step, told.at, told.document, told.number, reason=told.reason))

    def decide(self, activation: Any) -> None:
        """By the post of whoever pressed: a deputy, also as a proxy, is refused by the pack, whatever the route says."""
        act = current_act()
        at = act.at.replace(second=0, microsecond=0)  # as the other steps are told
        _enter(
            activation,
            Event(activation.flow_task.name, at, post=post_of(act.actor), reason=act.opinion[:500]),
        )

    def add(self, activation: Any, told: Told) -> None:
        activation.process.more = told.reason
        activation.process.save()

    def opening(self, activation: Any) -> Opening:
        refuse_unfit(ROUTE)
        seen = referral_of(activation.process)
        clock = seen.waiting("approved")
        due = clock.due.date() if clock and clock.due else None
        title = f"移送：{seen.case.title}"
        return Opening(ROUTE, title, brief_of(seen), seen.case.unit_id, digest_of(seen), due)

    def matter(self, activation: Any) -> Matter:
        return matter_of(referral_of(activation.process))

    def looked(self, activation: Any, actor: Actor, at: dt.datetime) -> None:
        """Who sees the case in its approval has looked at it."""
        look_at(activation.process.case, actor, at)

    def has_to_copy(self, activation: Any) -> bool:
        """Not every kind of agency is bound to."""
        return referral_of(activation.process).counts("copied")


def _enter(activation: Any, event: Event) -> None:
    act, case = current_act(), activation.process.case_id
    enter(Case.objects.select_for_update().get(pk=case), event, actor=act.actor, at=act.at)
