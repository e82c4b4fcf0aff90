"""The quota of a campaign, unit by unit: five queries, however many units and cases."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import F, QuerySet
from django.utils import timezone

from foundation.organization.actors import Actor
from foundation.organization.services import working_calendar
from workflows.cases.models import Recommendation
from workflows.plans.models import Item, Plan

from ..content import typed_cases
from ..models import Submission, Task
from ..requirement import requirement_of
from .verdict import Handed, Owed, Verdict, judge

Ways = tuple[tuple[str, int], ...]
Typed = dict[int, tuple[Counter[str], bool]]


class Told(Protocol):
    """Of a task what its quota is told from."""

    @property
    def state(self) -> str: ...
    @property
    def due_on(self) -> dt.date | None: ...
    @property
    def first_submitted_at(self) -> dt.datetime | None: ...


@dataclass(frozen=True)
class Row:
    task: Task
    verdict: Verdict


def quota_of(plan: Plan, actor: Actor, today: dt.date) -> list[Row]:
    """Everybody who owes cases, for the office and auditors; a unit sees its own row."""
    ways = _ways(plan)
    if not ways:
        return []
    tasks = list(_tasks(plan, actor))
    handed, typed = handed_of(plan.pk), typed_of(_tasks(plan, actor))
    calendar = working_calendar(today.year - 1, today.year + 1)
    owed = [owed_of(one.pk, one, handed.get((one.item_id, one.unit_id), ()), typed) for one in tasks]
    return [
        Row(task, judge(ways[task.item_id], one, today, calendar))
        for task, one in zip(tasks, owed, strict=True)
    ]


def _ways(plan: Plan) -> dict[int, Ways]:
    rows = Item.objects.filter(plan=plan, kind=Item.Kind.CASES).values_list("pk", "reading")
    return {pk: ways_of(reading) for pk, reading in rows}


def ways_of(reading: dict[str, Any]) -> Ways:
    """The alternatives of an item of cases."""
    return requirement_of((), reading).quota.alternatives


def _tasks(plan: Plan, actor: Actor) -> QuerySet[Task]:
    rows = Task.objects.filter(plan=plan, item__kind=Item.Kind.CASES, imported=False).visible_to(actor)
    return (
        rows.exclude(state=Task.State.CANCELLED).select_related("unit").order_by("unit__order", "unit", "pk")
    )


def handed_of(plan: int) -> dict[tuple[int, int], list[Handed]]:
    """By item and unit. One query."""
    found = defaultdict(list)
    rows = Recommendation.objects.filter(plan=plan)
    for item, unit, kind, state, on in rows.values_list("item", "unit", "kind", "state", "first_on"):
        found[item, unit].append(Handed(kind, state, on))
    return found


def typed_of(tasks: QuerySet[Task]) -> Typed:
    """By task: cases of other systems, and whether a reason is given, in its last submission. One query."""
    rows = Submission.objects.filter(task__in=tasks.order_by().values("pk"), version=F("task__version"))
    return {
        task: (Counter(one.get("kind", "") for one in typed_cases({"cases": cases or []})), bool(note))
        for task, cases, note in rows.values_list("task", "content__cases", "content__cases_note")
    }


def owed_of(pk: int, task: Told, handed: Iterable[Handed], typed: Typed) -> Owed:
    counts, reasoned = typed.get(pk, ({}, False))
    first = task.first_submitted_at
    on = timezone.localdate(first) if first else None
    return Owed(task.state, task.due_on, on, counts, reasoned, handed)
