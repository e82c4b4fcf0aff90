"""What the board is drawn from: every task of a campaign, as it is now or as the journal says it was."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When

from foundation.journal.models import Entry
from foundation.organization.models import Unit
from foundation.organization.posts import OFFICE_POSTS, OVERSEERS, UNIT_POSTS
from foundation.organization.rules import Rule, holds
from workflows.tasks.models import Task

HANDED_IN = ("tasks.task.submit", "tasks.task.enter")
MOVES = ("tasks.task.extend", "tasks.task.supplement")  # of the due day
SUCCEEDS = ("tasks.task.succeed",)


def _sees(actor: Any, day: Any) -> Any:
    return holds(*OFFICE_POSTS, *OVERSEERS)(actor, day) | holds(*UNIT_POSTS, unit="pk")(actor, day)


#: Whose row somebody sees: a unit its own, with totals of that row alone; office and auditors all of them.
sees_unit = Rule("看板上只能看本单位的一行；安委办、领导和审计员能看全部。", _sees)


@dataclass(frozen=True)
class Fact:
    """One task; what its light is worked out from is named as on Task."""

    task: int
    unit: int
    item: int
    state: str
    due_on: dt.date | None
    first_submitted_at: dt.datetime | None
    imported: bool = False  # done before the plan was issued
    changed: dt.datetime | None = None  # when it last moved, where that was asked for
    handler_id: int | None = None  # of now alone: whom it was given to

    @property
    def pk(self) -> int:
        """Named as on Task, for tasks/hands.py."""
        return self.task

    @property
    def unit_id(self) -> int:
        return self.unit


def tasks_of(plan: int, units: Collection[int] | QuerySet[Unit]) -> QuerySet[Task]:
    return Task.objects.filter(plan=plan, unit__in=units)


def facts_now(plan: int, units: QuerySet[Unit]) -> list[Fact]:
    """One query. What was cancelled is on no board."""
    return _facts(plan, units, F("state"), F("first_submitted_at"), "changed", "handler_id")


def facts_at(plan: int, at: dt.datetime, *, moved: bool = False) -> list[Fact]:
    """The same of all units from the journal: the last state entered, when it was first handed in, whose it was and
    when it was due, up to `at`; with `moved` when it had entered that state.

    Three queries, one more each where a due day was moved and where a unit left its tasks to another.
    """
    chain = Entry.objects.filter(target=Task._meta.label_lower, target_id=OuterRef("pk"), at__lte=at)
    then = chain.exclude(to="").order_by("-seq").values("to")[:1]
    # From then on its first time stands on the task, fixed: that of a 代录 is the day of the paper.
    handed_in = Exists(chain.filter(verb__in=HANDED_IN))
    first = Case(When(handed_in, then=F("first_submitted_at")))
    entered = chain.exclude(to="").order_by("-seq").values("at")[:1]
    more = [Subquery(entered)] if moved else []
    found = _facts(plan, Unit.objects.all(), Subquery(then), first, *more)
    changes: dict[int, dict[str, Any]] = defaultdict(dict)
    for pk, day in _due_then(plan, at).items():
        changes[pk]["due_on"] = day
    for pk, unit in _unit_then(plan, at).items():
        changes[pk]["unit"] = unit
    return [replace(one, **changes[one.task]) if one.task in changes else one for one in found]


def _due_then(plan: int, at: dt.datetime) -> dict[int, dt.date | None]:
    """Of the tasks whose due day was moved, by an extension or a 补充通知: each move tells [old, new] in the journal."""
    may = Q(extensions__state="agreed") | Q(item_version__gt=1)
    moved = Task.objects.filter(may, plan=plan).distinct()
    told = _told_then(moved.values_list("pk", flat=True), MOVES, "due_on", at)
    return {pk: dt.date.fromisoformat(day) if day else None for pk, day in told.items()}


def _unit_then(plan: int, at: dt.datetime) -> dict[int, int]:
    """Of the tasks that a unit left to its successor when it ended."""
    heirs = Unit.objects.exclude(successor=None).values("successor")
    left = Task.objects.filter(plan=plan, unit__in=heirs)
    return _told_then(left.values_list("pk", flat=True), SUCCEEDS, "unit", at)


def _told_then(tasks: Iterable[int], verbs: Collection[str], name: str, at: dt.datetime) -> dict[int, Any]:
    """What a column of these tasks was then, as far as one of `verbs` tells its [old, new] in the journal."""
    moved = list(tasks)
    if not moved:
        return {}
    entries = Entry.objects.filter(target=Task._meta.label_lower, target_id__in=moved, verb__in=verbs)
    found: dict[int, Any] = {}
    for entry in entries.order_by("-seq"):  # the latest first: what was moved after `at` is undone
        if name in entry.data:
            old, new = entry.data[name]
            found[entry.target_id] = old if entry.at > at else found.get(entry.target_id, new)
    return found


def _facts(plan: int, units: QuerySet[Unit], then: Any, first: Any, *more: Any) -> list[Fact]:
    """A task without a state was not there yet."""
    rows = tasks_of(plan, units).annotate(then=then, first=first)
    there = rows.filter(then__isnull=False).exclude(then=Task.State.CANCELLED).order_by("pk")
    values = ("pk", "unit_id", "item_id", "then", "due_on", "first", "imported", *more)
    return [Fact(*row) for row in there.values_list(*values)]
