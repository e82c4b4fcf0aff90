"""The ledger as a file: asked for here, written in the background, row after row as the filter finds them."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction as tx
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from approvals.saved_filters import LONG
from foundation.files.models import Attachment
from foundation.files.services import attach, files_of, store
from foundation.jobs.models import Job
from foundation.jobs.progress import Progress
from foundation.jobs.queue import put
from foundation.organization.actors import Actor
from foundation.organization.refusals import Refused
from foundation.organization.services import working_calendar
from foundation.organization.tables import stream_table

from ..models import Task, TaskExport
from ..permissions import SEERS, sees_task
from .columns import cells, heads, shown
from .filters import TaskFilter, canonical
from .rows import SORTS, rows_of, sort_of, told

JOB = "tasks.export"
LABEL = "tasks.taskexport"
CHUNK = 500
MOST = 1_000_000  # rows that a worksheet takes


@tx.atomic
def start_export(*, query: str, columns: Iterable[str], actor: Actor, at: dt.datetime) -> Job:
    """Of exactly the rows that the ledger finds for this address, in its order."""
    if actor.post is None or actor.post_code not in SEERS:
        raise Refused(sees_task.says)
    kept, chosen = canonical(QueryDict(query)), shown(list(columns), actor)
    if len(kept) > LONG:
        raise Refused("筛选条件太长，请缩短搜索的词再导出。")
    made = TaskExport.objects.create(by_id=actor.post, query=kept, columns=chosen, at=at)
    return put(JOB, args={"export": made.pk}, owner=actor.post, at=at)


def make_export(export: int, progress: Progress) -> Attachment:
    """Once, however often its job runs."""
    asked = TaskExport.objects.select_related("by").get(pk=export)
    if made := files_of(LABEL, export):
        return made[0]
    actor = Actor.of(asked.by)
    tasks = found(QueryDict(asked.query), actor, asked.at)
    with tempfile.TemporaryFile() as file:
        stream_table(heads(asked.columns), _lines(tasks, asked, progress), file)
        file.seek(0)
        stored = store(file, str(asked), at=progress.at)
    return attach(
        stored, subject=LABEL, subject_id=export, slot="ledger", name=str(asked), actor=actor, at=progress.at
    )


def found(query: QueryDict, actor: Actor, at: dt.datetime) -> QuerySet[Task]:
    """In the order that the address asks for."""
    today = timezone.localdate(at)
    calendar = working_calendar(today.year - 1, today.year + 1)
    rows = TaskFilter(query, Task.objects.visible_to(actor), today=today, calendar=calendar).qs
    keys = SORTS[sort_of(query)]
    return rows.order_by(*(key.ordering for key in keys))


def _lines(tasks: QuerySet[Task], asked: TaskExport, progress: Progress) -> Iterator[list[Any]]:
    """The ids are read at once: what moves meanwhile is neither twice in the file nor missing."""
    ids = list(tasks.values_list("pk", flat=True)[:MOST])
    day = timezone.localdate(asked.at)
    calendar = working_calendar(day.year - 1, day.year + 1)
    for start in range(0, len(ids), CHUNK):
        progress.step(start, len(ids))
        some = told(Task.objects.all()).in_bulk(ids[start : start + CHUNK])
        rows = rows_of([some[pk] for pk in ids[start : start + CHUNK]], asked.at, calendar)
        yield from (cells(row, asked.columns) for row in rows)
