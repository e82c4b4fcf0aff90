"""What people do with a campaign. Each takes the process one step on; the flow's nodes move the plan."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from viewflow.fsm import TransitionNotAllowed
from viewflow.workflow import STATUS
from viewflow.workflow.models import Task as FlowTask

from approvals.models import Approval
from approvals.nodes import LABEL, acting
from approvals.services import withdraw
from foundation.organization.actors import Actor
from foundation.organization.refusals import Refused
from workflows.plans.models import Plan

from .flows import CampaignFlow


@transaction.atomic
def open_campaign(*, plan: int, actor: Actor, at: dt.datetime) -> None:
    """Start the process of a plan that was just read; it waits for the office to edit the draft."""
    with acting(actor, at):
        CampaignFlow.start.run(plan=plan)


def send_for_approval(*, plan: int, actor: Actor, at: dt.datetime) -> None:
    """Send the draft on its route; from here nobody changes it. Refused while something stands in the way."""
    from workflows.plans.services import problems_before_approval

    for sentence in problems_before_approval(plan):
        raise Refused(sentence)
    _go_on(CampaignFlow.edit, plan, actor, at)


def take_back(*, plan: int, actor: Actor, at: dt.datetime) -> None:
    """Withdraw the plan from its approval while nobody has decided."""
    waiting = FlowTask.objects.filter(flow_task=CampaignFlow.review, process__campaignprocess__plan=plan)
    found = Approval.objects.filter(
        subject=LABEL, subject_id__in=waiting.values("pk"), state="pending"
    ).first()
    if found is None:
        raise Refused("方案不在审批中，无需撤回。")
    withdraw(approval_id=found.pk, actor=actor, at=at)


def start_running(*, plan: int, actor: Actor, at: dt.datetime) -> None:
    """The plan is in force; dispatch (dispatch.py) creates its tasks."""
    _go_on(CampaignFlow.dispatch, plan, actor, at)


def begin_closing(*, plan: int, actor: Actor, at: dt.datetime) -> None:
    _go_on(CampaignFlow.running, plan, actor, at)


def resume(*, plan: int, actor: Actor, at: dt.datetime) -> None:
    """Out of closing, back to running."""
    _go_on(CampaignFlow.closing, plan, actor, at, archive=False)


def archive(*, plan: int, actor: Actor, at: dt.datetime) -> None:
    """The campaign ends. Somebody's act, never a join over tasks; what is open stands in the way."""
    if still_open := Plan.objects.get(pk=plan).tasks.exclude(state__in=CLOSED).count():
        raise Refused(f"还有 {still_open} 件任务没有办结，请先办结、免除或撤销。")
    _go_on(CampaignFlow.closing, plan, actor, at, archive=True)


CLOSED = ("archived", "waived", "rejected", "cancelled")


@transaction.atomic
def _go_on(node: Any, plan: int, actor: Actor, at: dt.datetime, **arguments: Any) -> None:
    """Leave `node` if the process waits there; the second of two who press at once is told where it stands."""
    waiting = FlowTask.objects.filter(
        flow_task=node, process__campaignprocess__plan=plan, status=STATUS.NEW
    ).first()
    try:
        if waiting is None:
            raise TransitionNotAllowed
        with acting(actor, at):
            node.run(waiting, **arguments)
    except TransitionNotAllowed:
        state = Plan.objects.get(pk=plan).get_state_display()
        raise Refused(f"方案当前为“{state}”，不能这样办理，请刷新后查看。") from None
