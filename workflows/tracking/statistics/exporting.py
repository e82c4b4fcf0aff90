"""The consolidated figures as a workbook: asked for on the page, made in the background, for who asked."""

from __future__ import annotations

import datetime as dt

from django.db import transaction as tx
from django.utils import timezone

from foundation.files.models import Attachment
from foundation.jobs.models import Job
from foundation.jobs.queue import put
from foundation.organization.actors import Actor
from foundation.organization.refusals import Refused
from workflows.tasks.figures.kinds import Kind

from ..exporting import made_once
from ..models import FigureExport
from ..permissions import own_export
from .asked import Asked
from .report import as_workbook

JOB = "tracking.figures"


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
    """Of the figures as they are when it is made."""
    row = FigureExport.objects.select_related("by", "plan").get(pk=export)
    asked = Asked(row.plan, Kind(row.period), row.cutoff, row.range, row.only)

    def write(actor: Actor) -> bytes:
        return as_workbook(asked.figures(actor, timezone.localdate(at)), asked.whole(actor))

    return made_once(row, "figures", write, at)
