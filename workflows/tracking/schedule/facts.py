"""The schedules of a campaign as its units' heads approved them: three queries, however many units there are."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256

from foundation.organization.models import Unit
from workflows.plans.deliverables import Deliverable
from workflows.plans.models import Plan
from workflows.registers.models import RegisterRow
from workflows.tasks.annexes import schedule_on
from workflows.tasks.approved import Approved, approved_parts
from workflows.tasks.figures.facts import NOT_COUNTED
from workflows.tasks.gathering import form_day
from workflows.tasks.models import Task
from workflows.tasks.querysets import PASSED, TaskQuerySet

from .airing import Airing
from .conflicts import Slot

BROADCASTS = "broadcast"  # the register of them


@dataclass(frozen=True)
class Line:
    """A slot with where it stands. `settled`: the office accepted it."""

    slot: Slot
    plan: Plan
    unit: Unit
    task: int
    version: int
    at: dt.datetime
    settled: bool


def lines_of(rows: TaskQuerySet) -> list[Line]:
    """In order of time. The last version of each task that its unit's head approved."""
    asking = rows.asking(Deliverable.SCHEDULE).filter(imported=False).exclude(state__in=NOT_COUNTED)
    tasks = {task.pk: task for task in asking.select_related("item", "unit", "plan")}
    newest = {one.task: one for one in approved_parts(asking, "schedule")}
    found = [line for pk, one in newest.items() if pk in tasks for line in _lines(tasks[pk], one)]
    return sorted(found, key=lambda one: (one.slot.on, one.slot.time, one.unit.order, one.slot.key))


def airings_of(plan: Plan) -> list[Airing]:
    """What the register of broadcasts holds of the days of a campaign. One query."""
    rows = RegisterRow.objects.filter(register__code=BROADCASTS, state="kept")
    if plan.starts_on:
        rows = rows.filter(day__gte=plan.starts_on)
    if plan.ends_on:
        rows = rows.filter(day__lte=plan.ends_on)
    found = rows.order_by("day", "pk").values_list("pk", "unit__code", "day", "cells")
    return [
        Airing(
            pk,
            unit or "",
            on,
            *(str(cells.get(key, "")) for key in ("slot", "programme", "subject", "state")),
        )
        for pk, unit, on, cells in found
    ]


def _lines(task: Task, approved: Approved) -> list[Line]:
    form, seen, found = schedule_on(form_day(task)), Counter[str](), []
    for row in approved.content or []:
        if (on := _day(row.get("date", ""))) is None:
            continue
        title = row.get("title", "")
        seen[title] += 1
        slot = Slot(
            _key(task.pk, title, seen[title]), task.unit.code, on, row.get("time", ""), title, row.get("form", ""),
            row.get("place", ""), row.get("host", ""), _day(row.get("material", "")), form.is_broadcast(row),
        )  # fmt: skip
        settled = task.state in PASSED and approved.version == task.version
        found.append(Line(slot, task.plan, task.unit, task.pk, approved.version, approved.at, settled))
    return found


def _key(task: int, title: str, number: int) -> str:
    """Stays when day, time or place change, so that a calendar moves the entry and makes no second one."""
    return f"{task}-{sha256(title.encode()).hexdigest()[:12]}-{number}"


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
