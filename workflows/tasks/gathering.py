"""What a task asks for and what is there for it now, read once: for submitting, and for the page that shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from foundation.files.models import Attachment
from foundation.journal.models import Entry
from workflows.cases.models import Recommendation
from workflows.cases.models.recommendations import STANDING
from workflows.plans.deliverables import Deliverable
from workflows.plans.versions import asked_at

from .annexes import schedule_on, statistics_on
from .content import Content, Forms, Given, compose
from .figures.known import held_of
from .models import ActivityRecord, Draft, Task
from .problems import Problem
from .requirement import SCAN, Requirement, requirement_of, with_scan

LABEL = "tasks.task"
WRITING = tuple(f"{LABEL}.{verb}" for verb in ("add_record", "change_record", "attach"))


@dataclass(frozen=True)
class Gathered:
    """Everything of one task that a submission is made of."""

    asked: Requirement
    forms: Forms
    draft: Draft | None
    records: list[ActivityRecord]
    attachments: list[Attachment]
    recommended: list[Recommendation]

    def compose(self) -> tuple[Content, list[Problem]]:
        given = Given(
            self.draft.content if self.draft else {},
            [as_record(one) for one in self.records],
            [as_file(one) for one in self.attachments],
            [as_case(one) for one in self.recommended],
        )
        return compose(self.asked, self.forms, given)


def asked_of(task: Task) -> Requirement:
    asked = asked_at(task.item, task.item_version)
    needed = requirement_of(asked.deliverables, asked.reading)
    return with_scan(needed, least=1) if task.entry else needed


def form_day(task: Task) -> dt.date:
    """The day whose forms count: a form that comes into force later doesn't change this task."""
    return task.due_on or timezone.localdate(task.created)


def forms_of(task: Task, draft: Draft | None, today: dt.date) -> Forms:
    day = form_day(task)
    form, typed = statistics_on(day), (draft.content if draft else {}).get("statistics") or {}
    window = (task.plan.starts_on, task.plan.ends_on)
    return Forms(form, schedule_on(day), held_of(task, form, day, typed), window, max(day, today))


def gather(task: Task, today: dt.date) -> Gathered:
    """Four queries, four more for a statistics form and one for cases that are asked for; `task` brings its item,
    plan and period."""
    draft = Draft.objects.select_related("saved_by__person").filter(task=task).first()
    records = list(ActivityRecord.objects.filter(task=task, removed_at=None))
    files, asked = files_of(task), asked_of(task)
    if not task.entry and any(one.slot == SCAN.code for one in files):
        asked = with_scan(asked, least=0)  # of an entry that the unit objected to
    return Gathered(asked, forms_of(task, draft, today), draft, records, files, _recommended(task))


def files_of(task: Task) -> list[Attachment]:
    rows = Attachment.objects.filter(subject=LABEL, subject_id=task.pk, removed_at=None)
    return list(rows.select_related("file").order_by("slot", "pk"))


def authors_of(task: Task, draft: Draft | None) -> set[int]:
    """Whoever wrote a part of it: they may not approve it."""
    wrote = Entry.objects.filter(target=LABEL, target_id=task.pk, verb__in=WRITING)
    people: Iterable[int | None] = wrote.values_list("actor", flat=True).distinct()
    return {one for one in people if one} | set(draft.authors if draft else [])


def as_record(row: ActivityRecord) -> dict[str, Any]:
    return {
        "id": row.pk, "held_on": row.held_on.isoformat(), "form": row.form, "place": row.place,
        "sessions": row.sessions, "people": row.people, "text": row.text,
    }  # fmt: skip


def as_case(row: Recommendation) -> dict[str, Any]:
    """Only what it is called: who may read a task need not see the case."""
    day = row.decided_on.isoformat() if row.decided_on else ""
    return {"recommendation": row.pk, "kind": row.kind, "title": row.case.title, "decided_on": day}


def as_file(row: Attachment) -> dict[str, Any]:
    return {
        "id": row.pk, "name": row.name, "sha256": row.file.sha256, "size": row.file.size, "slot": row.slot
    }  # fmt: skip


def _recommended(task: Task) -> list[Recommendation]:
    if Deliverable.CASES not in task.item.deliverables:
        return []
    rows = Recommendation.objects.filter(item=task.item_id, unit=task.unit_id, state__in=STANDING)
    return list(rows.select_related("case").order_by("pk"))
