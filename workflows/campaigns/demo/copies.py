"""The notice of the campaign goes to three towns once more, each with what is due next: a batch to look at."""

from __future__ import annotations

import datetime as dt
from typing import Any

from documents.batches.services import begin_batch, prepare_batch
from documents.batches.table import UnitTable
from documents.models import Document
from foundation.jobs import queue
from foundation.organization.actors import Actor
from foundation.organization.models import Unit

COLUMNS = ("序号", "事项", "完成时限")
DUE = (
    ("明确联络员1名，报市安委办", "收到本通知后5个工作日内"),
    ("张贴活动海报，开展集中宣讲1场", "本月25日前"),
)
SHOWN = 3


def play_copies(plan: int, clerk: Actor, at: dt.datetime, *, but: list[str]) -> None:
    """`but`: jobs that are left to the worker."""
    notices = Document.objects.filter(subject="plans.plan", subject_id=plan, kind=Document.Kind.NOTICE)
    source = notices.get(state=Document.State.ISSUED)
    towns = Unit.objects.filter(kind=Unit.Kind.TOWN, ended_on=None).values_list("pk", "short_name")[:SHOWN]
    rows = {
        pk: [[str(n), f"{name}{what}", due] for n, (what, due) in enumerate(DUE, 1)] for pk, name in towns
    }
    act: dict[str, Any] = {"actor": clerk, "at": at}
    table = UnitTable(COLUMNS, rows)
    pk = prepare_batch(source=source.pk, units=list(rows), table=table, annex="{简称}近期事项", **act)
    begin_batch(batch=pk, **act)
    queue.run_due(at, but=but)
