"""牵头和配合: who else has the same item and period, how far they are, and whether the lead waits for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from foundation.organization.calendar import WorkCalendar
from foundation.organization.lights import Light
from foundation.organization.refusals import Refused
from workflows.plans.models import Duty

from .deadlines import light_for
from .models import Task

LEAD, ASSIST = Duty.Role.LEAD, Duty.Role.ASSIST
INSIDE = (
    "issued",
    "received",
    "returned",
    "unit_review",
    "waiver_review",
)  # not with the office yet, or again
SHOWN = 60  # partners on the page; the rest are a number
NAMED = 5


@dataclass(frozen=True)
class Together:
    """What the task page says of the others. `role` is theirs."""

    role: str
    rows: list[tuple[Task, Light]]
    more: int
    handed_in: int
    count: int
    waits: bool

    @property
    def names(self) -> str:
        """For an assisting unit: whom it assists."""
        return named(task for task, _ in self.rows)


def together_of(task: Task, today: dt.date, calendar: WorkCalendar) -> Together | None:
    """One query; None where nobody else has it in the other role."""
    role = LEAD if task.role == ASSIST else ASSIST
    rows = list(partners(task, role).select_related("unit"))
    if not rows:
        return None
    lit = [(one, light_for(one, today, calendar)) for one in rows[:SHOWN]]
    inside = sum(one.state in INSIDE for one in rows)
    waits = role == ASSIST and task.item.wait_assists
    return Together(role, lit, len(rows) - len(lit), len(rows) - inside, len(rows), waits)


def partners(task: Task, role: str) -> QuerySet[Task]:
    rows = Task.objects.filter(item=task.item_id, period=task.period_id, role=role)
    return rows.exclude(state=Task.State.CANCELLED).order_by("unit__order", "unit")


def refuse_before_assists(task: Task) -> None:
    """Raises Refused where the item says that the lead hands in last, and somebody who assists has not."""
    if task.role != LEAD or not task.item.wait_assists:
        return
    late = list(partners(task, ASSIST).filter(state__in=INSIDE).select_related("unit"))
    if late:
        raise Refused(
            f"这一项要等配合单位都报送以后再提交，还没有报送的：{named(late)}。已填的内容保存在草稿里。"
        )


def named(tasks: Iterable[Task]) -> str:
    """甲镇、乙镇 等 7 家."""
    names = [str(task.unit) for task in tasks]
    return "、".join(names[:NAMED]) + (f" 等 {len(names)} 家" if len(names) > NAMED else "")
