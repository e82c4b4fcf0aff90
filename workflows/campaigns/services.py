"""What people do with a campaign. Each takes the process one step on; the flow's nodes move the plan."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from approvals.acting import acting
from approvals.services import withdraw
from approvals.waiting import leave, pending_of
from foundation.jobs.housekeeping import sign
from foundation.jobs.models import Job
from foundation.organization.actors import Actor
from foundation.organization.refusals import Refused
from workflows.plans.models import Plan

from .flows import CampaignFlow
from .models import CampaignProcess

JOB = "campaigns.dispatch"


@transaction.atomic
def open_campaign(*, plan: int, actor: Actor, at: dt.datetime) -> None:
    """Start the process of a plan that was just read; it waits for the office to edit the draft."""
    with acting(actor, at):
        CampaignFlow.start.run(plan=plan)


def send_for_approval(*, plan: int, actor: Actor, at: dt.datetime) -> None:
    """Send the draft on its route; from here nobody changes it. Refused while something stands in the way."""
    _go_on(CampaignFlow.edit, plan, actor, at)


def take_back(*, plan: int, actor: Actor, at: dt.datetime) -> None:
    """Withdraw the plan from its approval while nobody has decided."""
    found = pending_of(CampaignProcess.objects.filter(plan=plan))
    if found is None:
        raise Refused("方案不在审批中，无需撤回。")
    withdraw(approval_id=found.pk, actor=actor, at=at)


def open_dispatch(plan: int) -> Job | None:
    """The dispatch of this plan that waits for a worker or runs (starting.py, jobs.py)."""
    return Job.objects.filter(name=JOB, args__plan=plan, ended=None).first()


def start_running(*, plan: int, actor: Actor, at: dt.datetime) -> None:
    """The plan is in force; its tasks are made by a dispatch (starting.py)."""
    _go_on(CampaignFlow.dispatch, plan, actor, at)


def begin_closing(*, plan: int, actor: Actor, at: dt.datetime) -> None:
    """No new tasks from here on; a dispatch under way is waited for."""
    if open_dispatch(plan):
        raise Refused("任务还在下达中，请等下达完成后再开始收尾。")
    _go_on(CampaignFlow.running, plan, actor, at)


def resume(*, plan: int, actor: Actor, at: dt.datetime) -> None:
    """Out of closing, back to running."""
    _go_on(CampaignFlow.closing, plan, actor, at, archive=False)


@transaction.atomic
def archive(*, plan: int, actor: Actor, at: dt.datetime) -> None:
    """The campaign ends. Somebody's act, never a join over tasks; what is open stands in the way."""
    _go_on(CampaignFlow.closing, plan, actor, at, archive=True)
    sign(at)


@transaction.atomic
def _go_on(node: Any, plan: int, actor: Actor, at: dt.datetime, **arguments: Any) -> None:
    """Leave `node` if the process waits there; the second of two who press at once is told where it stands."""
    if not leave(node, CampaignProcess.objects.filter(plan=plan), actor, at, **arguments):
        state = Plan.objects.get(pk=plan).get_state_display()
        raise Refused(f"方案当前为“{state}”，不能这样办理，请刷新后查看。")
