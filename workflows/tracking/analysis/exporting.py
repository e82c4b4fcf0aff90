"""The tables of an analysis as a workbook: asked for on the page, made in the background, for who asked."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction as tx
from django.utils import timezone

from foundation.files.models import Attachment
from foundation.jobs.models import Job
from foundation.jobs.queue import put
from foundation.organization.actors import Actor
from foundation.organization.refusals import Refused
from foundation.organization.services import working_calendar

from ..exporting import made_once
from ..models import AnalysisExport
from ..permissions import own_analysis
from .asked import Asked
from .facts import followed
from .report import as_workbook
from .years import Pair, compare
from .years_table import as_workbook as as_years_workbook

JOB = "tracking.analysis"


def start_export(*, asked: Asked, actor: Actor, at: dt.datetime) -> Job:
    """Of the campaign and the units that the page shows: all its tables, whichever is open."""
    return _start(actor, at, plan=asked.plan, range=asked.range)


def start_years_export(*, pair: Pair, actor: Actor, at: dt.datetime) -> Job:
    """Of the two campaigns: units and items by every measure."""
    return _start(actor, at, plan=pair.new, other=pair.old, span=pair.span)


@tx.atomic
def _start(actor: Actor, at: dt.datetime, **what: Any) -> Job:
    if actor.post is None:
        raise Refused(own_analysis.says)
    made = AnalysisExport.objects.create(by_id=actor.post, at=at, **what)
    return put(JOB, args={"export": made.pk}, owner=actor.post, at=at)


def make_export(export: int, at: dt.datetime) -> Attachment:
    """Of the moment at which it was asked for."""
    row = AnalysisExport.objects.select_related("by", "plan", "other").get(pk=export)
    return made_once(row, "analysis", lambda actor: _workbook(row, actor), at)


def _workbook(row: AnalysisExport, actor: Actor) -> bytes:
    if row.other:
        pair = Pair(row.plan, row.other, row.span)
        return as_years_workbook(pair, compare(pair, row.at))
    units = Asked(row.plan, row.range).units(actor, timezone.localdate(row.at))
    calendar = working_calendar()
    return as_workbook(row.plan, units, followed(row.plan.pk, units, calendar, row.at, past=True))
