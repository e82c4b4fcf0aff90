"""The consolidated figures as a workbook: asked for on the page, made in the background, for who asked."""

from __future__ import annotations

import datetime as dt

from django.db import transaction as tx
from django.utils import timezone

from foundation.files.models import Attachment
from foundation.files.services import attach, attachments_of, store
from foundation.jobs.models import Job
from foundation.jobs.queue import put
from foundation.organization.actors import Actor
from foundation.organization.refusals import Refused
from workflows.tasks.figures.kinds import Kind

from ..models import FigureExport
from ..permissions import own_export
from .asked import Asked
from .report import as_workbook

JOB = "tracking.figures"
LABEL = "tracking.figureexport"


@tx.atomic
def start_export(*, asked: Asked, actor: Actor, at: dt.datetime) -> Job:
    """Of exactly what the page shows."""
    if actor.post is None:
        raise Refused(own_export.says)
    made = FigureExport.objects.create(
        by_id=actor.post, plan=asked.plan, period=asked.period, cutoff=asked.cutoff, range=asked.range,
        only=asked.only, at=at,
    )  # fmt: skip
    return put(JOB, args={"export": made.pk}, owner=actor.post, at=at)


def make_export(export: int, at: dt.datetime) -> Attachment:
    """Once, however often its job runs."""
    row = FigureExport.objects.select_related("by", "plan").get(pk=export)
    if made := attachments_of(LABEL, [export]):
        return made[export][0]
    asked = Asked(row.plan, Kind(row.period), row.cutoff, row.range, row.only)
    actor = Actor.of(row.by)
    figures = asked.figures(actor, timezone.localdate(at))
    file = store(as_workbook(figures, asked.whole(actor)), str(row), at=at)
    with tx.atomic():
        FigureExport.objects.select_for_update().get(pk=export)
        if not attachments_of(LABEL, [export]):
            attach(file, subject=LABEL, subject_id=export, slot="figures", name=str(row), actor=actor, at=at)
    return attachments_of(LABEL, [export])[export][0]
