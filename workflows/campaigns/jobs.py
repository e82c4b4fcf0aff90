"""Dispatch runs in the background, item by item, so that the page can tell how far it is."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from foundation.jobs.progress import Progress
from foundation.jobs.registry import Result, register
from foundation.journal.models import Entry
from foundation.journal.moves import record
from foundation.organization.actors import Actor
from workflows.plans.models import Item, Plan

from .committees.services import dissolve_due
from .dispatch import dispatch_tasks
from .models import Dispatch
from .papers import register_task_lists
from .services import JOB


@register(JOB, says="下达任务")
def dispatch(progress: Progress, *, plan: int, dispatch: int) -> Result:
    """One transaction an item. Run again after a crash it creates what is missing and nothing twice."""
    row = Dispatch.objects.select_related("by", "plan__organ").get(pk=dispatch)
    actor = Actor.of(row.by)
    items = Item.objects.filter(plan=plan).exclude(disposition=Item.Disposition.LEAVE_OUT).order_by("order")
    for done, item in enumerate(items):
        progress.step(done, len(items), str(item))
        with transaction.atomic():
            created = dispatch_tasks(plan=plan, actor=actor, at=progress.at, orders=(item.order, item.order))
            Dispatch.objects.filter(pk=dispatch).update(created=F("created") + created)
    progress.step(len(items), len(items), "任务清单")
    register_task_lists(plan=row.plan, actor=actor, at=progress.at)
    _finish(plan, dispatch, actor, progress.at)
    return {"url": reverse("plan", args=[plan]), "text": "查看活动"}


@transaction.atomic
def _finish(plan: int, dispatch: int, actor: Actor, at: dt.datetime) -> None:
    """Told once in the journal, with the number of tasks."""
    Plan.objects.select_for_update().get(pk=plan)
    told = Entry.objects.filter(target="plans.plan", target_id=plan, data__dispatch=dispatch)
    if not told.exists():
        created = Dispatch.objects.get(pk=dispatch).created
        data = {"dispatch": dispatch, "created": created}
        record(Plan, plan, "dispatch", actor=actor, at=at, data=data).all_or_refuse()


@register("campaigns.dissolve", says="撤销到期的指导委员会", every=dt.timedelta(hours=1), quiet=True)
def dissolve(progress: Progress) -> Result:
    return {"dissolved": dissolve_due(progress.at)}
