"""下达: the campaign runs from here; its tasks, 通知 and task lists are made by a job."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from foundation.jobs import queue
from foundation.jobs.models import Job
from foundation.organization.actors import Actor
from foundation.organization.refusals import Refused
from workflows.plans.models import Plan

from .models import Dispatch
from .papers import register_notice
from .services import start_running

JOB = "campaigns.dispatch"


@transaction.atomic
def start_dispatch(*, plan: int, actor: Actor, at: dt.datetime) -> Job:
    """First time: the flow goes on, the 通知 gets its number. Again, while running (补发): only what is missing."""
    state = Plan.objects.select_for_update().get(pk=plan).state
    document = None
    if state == Plan.State.APPROVED:
        start_running(plan=plan, actor=actor, at=at)
        document = register_notice(plan=Plan.objects.get(pk=plan), actor=actor, at=at)
    elif state != Plan.State.RUNNING:
        raise Refused(f"活动当前为“{Plan.State(state).label}”，不能下达任务。")
    row = Dispatch.objects.create(plan_id=plan, by_id=actor.post or 0, at=at, document_id=document)
    return queue.put(JOB, args={"dispatch": row.pk}, owner=actor.post, at=at)
