"""What the board is drawn from: every task of a campaign, as it is now or as the journal says it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When

from foundation.journal.models import Entry
from foundation.organization.models import Unit
from foundation.organization.posts import OFFICE_POSTS, UNIT_POSTS, Post
from foundation.organization.rules import Rule, holds
from workflows.tasks.models import Task

HANDED_IN = ("tasks.task.submit", "tasks.task.enter")
MOVES = ("tasks.task.extend", "tasks.task.supplement")  # of the due day


def _sees(actor: Any, day: Any) -> Any:
    return holds(*OFFICE_POSTS, Post.AUDITOR)(actor, day) | holds(*UNIT_POSTS, unit="pk")(actor, day)


#: Whose row somebody sees: a unit its own, with totals of that row alone; office and auditors all of them.
sees_unit = Rule("看板上只能看本单位的一行；安委办和审计员能看全部。", _sees)


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
    changed: dt.datetime | None = None  # of now alone: when it last moved, whom it was given to
    handler_id: int | None = None

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


def facts_at(plan: int, units: QuerySet[Unit], at: dt.datetime) -> list[Fact]:
    """The same from the journal: the last state entered, when it was first handed in, the due day, up to `at`.

    Two queries, and three where a due day was moved.
    """
    chain = Entry.objects.filter(target=Task._meta.label_lower, target_id=OuterRef("pk"), at__lte=at)
    then = chain.exclude(to="").order_by("-seq").values("to")[:1]
    # From then on its first time stands on the task, fixed: that of a 代录 is the day of the paper.
    handed_in = Exists(chain.filter(verb__in=HANDED_IN))
    first = Case(When(handed_in, then=F("first_submitted_at")))
    found = _facts(plan, units, Subquery(then), first)
    due = _due_then(plan, at)
    return [replace(one, due_on=due[one.task]) if one.task in due else one for one in found]


def _due_then(plan: int, at: dt.datetime) -> dict[int, dt.date | None]:
    """Of the tasks whose due day was moved, by an extension or a 补充通知: each move tells [old, new] in the journal."""
    may = Q(extensions__state="agreed") | Q(item_version__gt=1)
    moved = list(Task.objects.filter(may, plan=plan).distinct().values_list("pk", flat=True))
    if not moved:
        return {}
    entries = Entry.objects.filter(target=Task._meta.label_lower, target_id__in=moved, verb__in=MOVES)
    found: dict[int, dt.date | None] = {}
    for entry in entries.order_by("-seq"):  # the latest first: what was moved after `at` is undone
        if "due_on" in entry.data:
            old, new = (dt.date.fromisoformat(one) if one else None for one in entry.data["due_on"])
            found[entry.target_id] = old if entry.at > at else found.get(entry.target_id, new)
    return found


def _facts(plan: int, units: QuerySet[Unit], then: Any, first: Any, *more: str) -> list[Fact]:
    """A task without a state was not there yet."""
    rows = tasks_of(plan, units).annotate(then=then, first=first)
    there = rows.filter(then__isnull=False).exclude(then=Task.State.CANCELLED).order_by("pk")
    values = ("pk", "unit_id", "item_id", "then", "due_on", "first", "imported", *more)
    return [Fact(*row) for row in there.values_list(*values)]
