"""A small procedure with all that the product's own flow does not use: three ways out, a timer, undo.

A flow lives in an installed app; this one is lent to approvals, where viewflow looks for it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from viewflow import this
from viewflow.workflow import flow, lock
from viewflow.workflow.models import Process, Task

from approvals import nodes
from approvals.acting import acting
from approvals.models import Approval
from approvals.nodes import ApprovalNode, Opening
from approvals.subjects import Matter
from foundation.organization.actors import Actor
from foundation.organization.refusals import Refused

LIMIT = dt.timedelta(days=3)


class TimedFlow(flow.Flow):
    """Process.data: "unit", "amount" for the route, and "broken" to have the path of the timer refuse."""

    __module__ = "approvals.nodes"
    process_class = Process
    lock_impl = lock.SelectForUpdateLock(nowait=False)

    start = flow.StartHandle(this.open).Next(this.review)
    review = (
        ApprovalNode(opening=this.opening, matter=this.matter)
        .Annotation(title="审批")
        .OnTimeout(LIMIT, this.late)
        .Approved(this.granted)
        .Returned(this.amend)
        .Rejected(this.refused)
    )
    granted = flow.Function(this.note).Next(this.end)
    amend = flow.Handle(this.note).Next(this.review)
    refused = flow.Function(this.note).Next(this.end)
    late = flow.Function(this.note).Next(this.end)
    end = flow.End()

    def open(self, activation: Any, unit: int, **more: Any) -> Process:
        activation.process.data = {"unit": unit, **more}
        activation.process.save()
        return activation.process

    def opening(self, activation: Any) -> Opening:
        told = activation.process.data
        return Opening("test", "请示", "", told["unit"], "d", facts={"amount": told.get("amount", 0)})

    def matter(self, activation: Any) -> Matter:
        return Matter("", {}, "")

    def note(self, activation: Any) -> None:
        if activation.process.data.get("broken"):
            secret = "赖安宁的电话"
            raise Refused(f"{secret}不对。")


nodes.TimedFlow = TimedFlow  # type: ignore[attr-defined]


def begin(unit: int, actor: Actor, at: dt.datetime, **more: Any) -> Process:
    with acting(actor, at):
        return TimedFlow.start.run(unit=unit, **more)


def tasks(node: Any) -> list[Task]:
    return list(Task.objects.filter(flow_task=node).order_by("pk"))


def statuses(node: Any) -> list[str]:
    return [task.status for task in tasks(node)]


def last(node: Any) -> Any:
    """The activation of a node's last task."""
    return node.activation_class(tasks(node)[-1])


def approvals() -> list[str]:
    return list(Approval.objects.order_by("pk").values_list("state", flat=True))
