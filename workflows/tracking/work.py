"""What lies before somebody: approvals to decide, tasks to act on, what they sent off. Each is one query."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, DateField, F, OuterRef, Q, QuerySet, Subquery, Window
from django.urls import reverse

from approvals.models import Approval, Signer
from approvals.summary import item, near_until
from foundation.journal.prepared import ACTOR, TODAY, Param, PreparedRows
from foundation.organization.calendar import WorkCalendar
from foundation.organization.models import Appointment
from foundation.organization.templatetags.components import day
from workflows.plans.pages import papers
from workflows.tasks.deadlines import last_near_day, light_for
from workflows.tasks.extensions import waiting
from workflows.tasks.models import Task
from workflows.tasks.permissions import unit_receives, unit_works
from workflows.tasks.querysets import IN_WORK, late, soon

from .standing import urgency

SHOWN = 6
LAST = Param("last", DateField)  # the last day that is 临期


@dataclass(frozen=True)
class Pile:
    """How many there are, how many of them late and near, and the first few: rows as components/work_item.html
    takes them, or approvals."""

    count: int = 0
    overdue: int = 0
    near: int = 0
    rows: list[Any] = field(default_factory=list)

    def __add__(self, other: Pile) -> Pile:
        rows = sorted([*self.rows, *other.rows], key=lambda row: urgency(row["light"]))
        return Pile(
            self.count + other.count, self.overdue + other.overdue, self.near + other.near, rows[:SHOWN]
        )


def approvals_to_decide(seat: Appointment, today: dt.date, calendar: WorkCalendar) -> Pile:
    found = TO_DECIDE(actor=seat.pk, today=today, last=near_until(today, calendar))
    return _pile(found, (item(one, today, calendar) for one in found))


def tasks_to_do(seat: Appointment, today: dt.date, calendar: WorkCalendar) -> Pile:
    """What the unit has to act on: sign for what was issued, work on what was received or returned."""
    last = last_near_day(today, calendar)
    found = TO_DO(actor=seat.pk, unit=seat.unit_id, today=today, last=last)
    return _pile(found, (_task(one, today, calendar) for one in found))


def started_by(seat: Appointment) -> Pile:
    """What I sent off that others still have, with `who` has it now."""
    found = STARTED(actor=seat.pk)
    return _pile(found, found)


def extensions_waiting() -> Pile:
    """延期申请 that the office has to decide."""
    found = list(waiting().annotate(all_=Window(Count("pk")))[:SHOWN])
    return Pile(found[0].all_ if found else 0, rows=found)


def _to_decide() -> QuerySet[Approval]:
    rows = Approval.objects.todo_of(ACTOR, TODAY).select_related(
        "version__route", "unit", "initiator__person"
    )
    return _first(rows, Q(due_on__lt=TODAY), Q(due_on__range=(TODAY, LAST)))


def _to_do() -> QuerySet[Task]:
    mine = Q(state=Task.State.ISSUED) & unit_receives.q(ACTOR, TODAY)
    mine |= Q(state__in=IN_WORK) & unit_works.q(ACTOR, TODAY)
    rows = Task.objects.filter(mine, unit=Param("unit")).select_related("item", "plan", "handler__person")
    return _first(rows, late(TODAY), soon(TODAY, LAST))


def _started() -> QuerySet[Approval]:
    holder = Signer.objects.filter(approval=OuterRef("pk"), state="open").order_by("key")
    rows = Approval.objects.started_by(ACTOR).filter(state="pending").select_related("version")
    rows = rows.annotate(who=Subquery(holder.values("appointment__person__name")[:1]))
    return _first(rows, Q(pk=None), Q(pk=None))


def _first(rows: QuerySet, overdue: Q, nearly: Q) -> QuerySet:
    """The first few by due day, each with the numbers of the whole."""
    numbered = rows.annotate(
        all_=Window(Count("pk")),
        late_=Window(Count("pk", filter=overdue)),
        soon_=Window(Count("pk", filter=nearly)),
    )
    return numbered.order_by(F("due_on").asc(nulls_last=True), "pk")[:SHOWN]


# Everybody's first page: to put these statements together takes many times as long as to run them.
TO_DECIDE, TO_DO, STARTED = PreparedRows(_to_decide), PreparedRows(_to_do), PreparedRows(_started)


def _pile(found: list[Any], rows: Iterable[Any]) -> Pile:
    return Pile(found[0].all_, found[0].late_, found[0].soon_, list(rows)) if found else Pile()


def _task(row: Task, today: dt.date, calendar: WorkCalendar) -> dict[str, Any]:
    handler = f"经办 {row.handler.person.name}" if row.handler else ""
    return {
        "url": reverse("task", args=[row.pk]),
        "title": str(row.item),
        "light": light_for(row, today, calendar),
        "brief": f"要交：{papers(row.item)}；{row.plan.title}",
        "tags": _tags(row),
        "meta": " · ".join(filter(None, [row.get_role_display(), handler])),
        "step": f"{day(row.due_on)}截止" if row.due_on else "",
        "arrived": row.changed,
    }


def _tags(row: Task) -> list[tuple[str, str]]:
    """已退回; 已签收 with the version that is wanted, where the unit's own head returned the one before."""
    if row.state == Task.State.RECEIVED and row.version:
        return [(row.get_state_display(), ""), (f"待提交第 {row.version + 1} 版", "accent")]
    return [(row.get_state_display(), "accent" if row.state == Task.State.RETURNED else "")]
