"""The quota of a campaign, unit by unit: five queries, however many units and cases."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

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
    handed, typed = _handed(plan), _typed(_tasks(plan, actor))
    calendar = working_calendar(today.year - 1, today.year + 1)
    return [Row(one, judge(ways[one.item_id], _owed(one, handed, typed), today, calendar)) for one in tasks]


def _ways(plan: Plan) -> dict[int, Ways]:
    rows = Item.objects.filter(plan=plan, kind=Item.Kind.CASES).values_list("pk", "reading")
    return {pk: requirement_of((), reading).quota.alternatives for pk, reading in rows}


def _tasks(plan: Plan, actor: Actor) -> QuerySet[Task]:
    rows = Task.objects.filter(plan=plan, item__kind=Item.Kind.CASES, imported=False).visible_to(actor)
    return (
        rows.exclude(state=Task.State.CANCELLED).select_related("unit").order_by("unit__order", "unit", "pk")
    )


def _handed(plan: Plan) -> dict[tuple[int, int], list[Handed]]:
    found = defaultdict(list)
    rows = Recommendation.objects.filter(plan=plan)
    for item, unit, kind, state, on in rows.values_list("item", "unit", "kind", "state", "first_on"):
        found[item, unit].append(Handed(kind, state, on))
    return found


def _typed(tasks: QuerySet[Task]) -> dict[int, tuple[Counter[str], bool]]:
    """By task: cases of other systems, and whether a reason is given, in its last submission."""
    rows = Submission.objects.filter(task__in=tasks.order_by().values("pk"), version=F("task__version"))
    return {
        task: (Counter(one.get("kind", "") for one in typed_cases({"cases": cases or []})), bool(note))
        for task, cases, note in rows.values_list("task", "content__cases", "content__cases_note")
    }


def _owed(task: Task, handed: dict[tuple[int, int], list[Handed]], typed: dict[int, Any]) -> Owed:
    counts, reasoned = typed.get(task.pk, ({}, False))
    first = task.first_submitted_at
    on = timezone.localdate(first) if first else None
    return Owed(task.state, task.due_on, on, counts, reasoned, handed.get((task.item_id, task.unit_id), ()))
