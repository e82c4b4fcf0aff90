"""下达: the campaign runs from here; its tasks and task lists are made by a job (jobs.py), its 通知 gets its number."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from foundation.jobs import queue
from foundation.jobs.models import Job
from foundation.organization.actors import Actor
from foundation.organization.refusals import Refused
from workflows.plans.models import Item, Plan, office_works

from .models import Dispatch
from .papers import register_notice
from .services import JOB, open_dispatch, start_running


@transaction.atomic
def start_dispatch(*, plan: int, actor: Actor, at: dt.datetime) -> Job:
    """First time: the flow goes on, the 通知 gets its number. Again, while running (补发): only what is missing.

    Pressed twice, or while a dispatch is under way, it is that dispatch.
    """
    row = Plan.objects.select_related("organ").get(pk=plan)
    if not office_works(row, actor, timezone.localdate(at)):
        raise Refused(office_works.says)
    document = None
    if row.state == Plan.State.RUNNING:
        Plan.objects.select_for_update().get(pk=plan)  # two who press at once come one after the other
        if job := open_dispatch(plan):
            return job
    else:
        start_running(plan=plan, actor=actor, at=at)  # refuses whatever is not approved
        document = register_notice(plan=row, actor=actor, at=at)
    made = Dispatch.objects.create(plan=row, by_id=actor.post or 0, at=at, document_id=document)
    total = row.items.exclude(disposition=Item.Disposition.LEAVE_OUT).count()
    return queue.put(JOB, args={"plan": plan, "dispatch": made.pk}, owner=actor.post, at=at, total=total)
