"""A 补充通知 as the office makes it, top to bottom: draft, approval, issue."""

from __future__ import annotations

from typing import Any

from viewflow import this
from viewflow.workflow import flow, lock

from approvals.acting import current_act
from approvals.nodes import ApprovalNode, Opening
from approvals.subjects import Matter
from foundation.journal.moves import transition

from ..flows import ROUTE
from ..models import Supplement, SupplementProcess
from .content import digest_of, proposed
from .force import come_into_force
from .reach import reach_of


class SupplementFlow(flow.Flow):
    process_class = SupplementProcess
    process_title = "补充通知"
    lock_impl = lock.SelectForUpdateLock(nowait=False)

    start = flow.StartHandle(this.open).Annotation(title="起草").Next(this.edit)
    edit = flow.Handle(this.sent).Annotation(title="送审").Next(this.review)
    review = (
        ApprovalNode(opening=this.opening, matter=this.matter)
        .Annotation(title="审批")
        .Approved(this.approve)
        .Returned(this.send_back)
    )
    send_back = flow.Function(this.returned).Annotation(title="退回修改").Next(this.edit)
    approve = flow.Function(this.approved).Annotation(title="获批").Next(this.issue)
    issue = flow.Handle(this.issued).Annotation(title="印发").Next(this.end)
    end = flow.End()

    def open(self, activation: Any, supplement: int) -> SupplementProcess:
        activation.process.supplement_id = supplement
        activation.process.save()
        return activation.process

    def sent(self, activation: Any) -> None:
        _move(activation, Supplement.send)

    def opening(self, activation: Any) -> Opening:
        """Decided by whoever decides on the plan: it is a part of it."""
        row = _row(activation)
        reach = reach_of(row)
        brief = f"{len(reach.items)} 项；{reach.moving} 件任务接续，{reach.keeping} 件已办结不变"
        drafted = (row.drafted_by.person_id,) if row.drafted_by else ()
        return Opening(ROUTE, str(row)[:200], brief, row.plan.organ_id, digest_of(row), authors=drafted)

    def matter(self, activation: Any) -> Matter:
        row = _row(activation)
        context = {"row": row, "changes": proposed(row), "reach": reach_of(row)}
        return Matter("campaigns/_supplement.html", context, f"/supplements/{row.pk}/")

    def returned(self, activation: Any) -> None:
        _move(activation, Supplement.send_back)

    def approved(self, activation: Any) -> None:
        _move(activation, Supplement.approve)

    def issued(self, activation: Any) -> None:
        act = current_act()
        _move(activation, Supplement.issue, **come_into_force(_row(activation), act.actor, act.at))


def _row(activation: Any) -> Supplement:
    rows = Supplement.objects.select_related("plan__organ", "drafted_by")
    return rows.get(pk=activation.process.supplement_id)


def _move(activation: Any, move: Any, **data: int) -> None:
    act, pk = current_act(), activation.process.supplement_id
    words = {"opinion": act.opinion}
    transition(move, pk, actor=act.actor, at=act.at, data=data, words=words).all_or_refuse()
