"""The reports of a campaign as they stand: seven queries, however many units there are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from foundation.organization.models import Unit
from workflows.plans.deliverables import Deliverable
from workflows.plans.models import Item, Plan

from ..annexes import statistics_on
from ..approved import approved_parts
from ..models import Task
from .consolidation import Consolidated, Owed, Report, consolidate
from .kinds import Kind, kind_of
from .known import accepted_cases
from .registered import Book, book_of

S = Task.State
STATUS = {S.ACCEPTED: "accepted", S.ARCHIVED: "accepted", S.OFFICE_REVIEW: "in_review"}
RETURNED = "returned"  # by the office; the unit is at it, or its heads are
NOT_COUNTED = (S.REJECTED, S.WAIVED, S.CANCELLED)
NOT_OWED = (S.WAIVED, S.CANCELLED)


@dataclass(frozen=True)
class Figures:
    """All units of a campaign, or one's own, added up; with the units by code, and what registers hold."""

    plan: Plan
    found: Consolidated
    units: dict[str, Unit]
    book: Book

    @property
    def start(self) -> dt.date | None:
        """The first day that any of the reports counts; None is open."""
        days = {line.start or self.plan.starts_on for line in self.found.lines} or {self.plan.starts_on}
        return None if None in days else min(day for day in days if day)


def figures_of(
    plan: Plan, period: Kind, cutoff: dt.date, seen: Q | None = None, due: dt.date | None = None
) -> Figures:
    """`seen`: the units that one may see. `due`: of the reports that are meant; else the cutoff tells."""
    rows = asking(plan, seen)
    tasks = list(rows.select_related("item", "unit", "period").order_by("unit__order", "unit", "pk"))
    owed = [
        Owed(
            one.unit.code,
            one.pk,
            period_of(one.item),
            one.period.due_on,
            one.state not in NOT_OWED,
            one.due_on,
        )
        for one in tasks
    ]
    units = {task.unit_id: task.unit for task in tasks}
    counts = accepted_cases(plan.pk).items()
    cases = {units[pk].code: by_kind for pk, by_kind in counts if pk in units}
    book, reports = book_of(plan, cutoff), _reports(tasks, rows)
    found = consolidate(statistics_on(cutoff), period, cutoff, owed, reports, cases, due, book.of)
    return Figures(plan, found, {unit.code: unit for unit in units.values()}, book)


def asking(plan: Plan, seen: Q | None = None) -> QuerySet[Task]:
    """The tasks that ask for 附件2."""
    mine = Q(unit__in=Unit.objects.filter(seen)) if seen is not None else Q()
    return Task.objects.asking(Deliverable.STATISTICS).filter(mine, plan=plan, imported=False)


def _reports(tasks: list[Task], rows: QuerySet[Task]) -> list[Report]:
    known = {task.pk: task for task in tasks}
    found = approved_parts(rows, "statistics")
    return [_report(known[one.task], one.version, one.content) for one in found if one.task in known]


def _report(task: Task, version: int, filled: dict[str, Any]) -> Report:
    return Report(
        task.unit.code, task.pk, period_of(task.item), task.period.due_on, version, dt.date.fromisoformat(filled["cutoff"]),
        filled["form"], filled["rows"], filled["notes"], _status(task, version), task.period.starts_on,
    )  # fmt: skip


def _status(task: Task, version: int) -> str:
    """Of a version that is not the last one, it was given back."""
    if task.state in NOT_COUNTED:
        return ""
    return STATUS.get(S(task.state), RETURNED) if version == task.version else RETURNED


def period_of(item: Item) -> Kind:
    return kind_of(item.title, item.text)
