"""What takes its time with tasks: the 审批单 of those that were archived, the ledger as a file."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef
from django.utils import timezone

from documents.models import Document
from foundation.jobs.progress import Progress
from foundation.jobs.registry import Result, register
from foundation.organization.actors import SYSTEM

from . import texts
from .ledger.exporting import JOB, make_export
from .models import Task
from .papers import LABEL, register_approval_form
from .services.office import PAPERS


@register(PAPERS, says="生成审批单")
def papers(progress: Progress, *, tasks: list[int]) -> Result:
    """One for each that has none since it was archived, of that day however late this runs; a second run makes nothing
    twice."""
    made = Document.objects.filter(
        kind=Document.Kind.APPROVAL_FORM,
        subject=LABEL,
        subject_id=OuterRef("pk"),
        created__gte=OuterRef("changed"),
    )
    rows = Task.objects.filter(~Exists(made), pk__in=tasks, state="archived", version__gt=0)
    missing = list(rows.select_related("item", "unit", "plan__organ"))
    for done, task in enumerate(missing):
        progress.step(done, len(missing), str(task))
        day = timezone.localdate(task.changed)
        register_approval_form(task=task, actor=SYSTEM, at=progress.at, issued_on=day)
    return None


@register("tasks.texts", says="为报送内容编索引", every=dt.timedelta(minutes=1))
def index_texts(progress: Progress) -> Result:
    """So that the search box finds what was handed in a minute ago."""
    done = 0
    while some := list(texts.unindexed()[: texts.CHUNK]):
        done += texts.index(some)
        progress.step(done)
    return {"indexed": done}


@register(JOB, says="导出任务台账")
def export_ledger(progress: Progress, *, export: int) -> Result:
    return {"url": make_export(export, progress).url, "text": "下载任务台账"}
