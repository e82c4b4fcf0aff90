"""How the campaigns in force stand, for one unit or all: from one query that groups by item and due day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, Q

from foundation.organization.actors import Actor
from foundation.organization.calendar import WorkCalendar
from foundation.organization.lights import Light, light_of
from workflows.plans.models import Plan
from workflows.tasks.deadlines import last_near_day
from workflows.tasks.models import Task
from workflows.tasks.querysets import DONE, PASSED, late, soon

from .links import tasks_at

IN_FORCE = (Plan.State.RUNNING, Plan.State.CLOSING)
DEADLINES = 5


@dataclass(frozen=True)
class Campaign:
    """Numbers of tasks of one campaign; what was cancelled or waived is not counted."""

    plan: int
    title: str
    total: int
    passed: int
    overdue: int
    near: int
    days_left: int | None  # None: it has no end, or it is over

    @property
    def percent(self) -> int:
        return 100 * self.passed // self.total if self.total else 0

    @property
    def overdue_words(self) -> str:
        return f"超期 {self.overdue}"

    @property
    def near_words(self) -> str:
        return f"临期 {self.near}"


@dataclass(frozen=True)
class Deadline:
    due_on: dt.date
    text: str
    light: Light
    url: str
    left: str  # 今天, 剩 2 天, 剩 0 个工作日


@dataclass(frozen=True)
class Progress:
    campaigns: list[Campaign]
    deadlines: list[Deadline]
    open: int
    issued: int  # not yet signed for
    returned: int

    @property
    def overdue(self) -> int:
        return sum(one.overdue for one in self.campaigns)

    @property
    def near(self) -> int:
        return sum(one.near for one in self.campaigns)

    @property
    def passed(self) -> int:
        return sum(one.passed for one in self.campaigns)

    @property
    def total(self) -> int:
        return sum(one.total for one in self.campaigns)


def progress_of(actor: Actor, today: dt.date, calendar: WorkCalendar) -> Progress:
    """One query; its rows are items × due days, whatever the number of units. The campaigns come first: SQLite would
    else begin with the items of all years."""
    tasks = Task.objects.visible_to(actor).filter(plan__in=Plan.objects.filter(state__in=IN_FORCE).order_by())
    groups = tasks.values(
        "plan_id",
        "plan__title",
        "plan__ends_on",
        "item_id",
        "item__number",
        "item__title",
        "item__kind",
        "due_on",
    ).annotate(**counts_of(today, last_near_day(today, calendar)))
    rows: list[Any] = list(groups.order_by("-plan_id", "due_on", "item__order"))
    plans = dict.fromkeys(row["plan_id"] for row in rows)
    return Progress(
        [_campaign([row for row in rows if row["plan_id"] == plan], today) for plan in plans],
        _deadlines(rows, today, calendar),
        sum(row["open"] for row in rows),
        sum(row["issued"] for row in rows),
        sum(row["returned"] for row in rows),
    )


def late_units(today: dt.date) -> list[dict[str, Any]]:
    """Units with late tasks of campaigns in force: unit, unit__short_name, late, oldest; the most first."""
    tasks = Task.objects.filter(late(today), plan__state__in=IN_FORCE)
    found = tasks.values("unit", "unit__short_name").annotate(late=Count("pk"), oldest=Min("due_on"))
    return [
        row | {"url": tasks_at(unit=row["unit"], light="overdue")}
        for row in found.order_by("-late", "oldest")
    ]


def counts_of(today: dt.date, last: dt.date) -> dict[str, Any]:
    wanted = {
        "total": ~Q(state__in=(Task.State.WAIVED, Task.State.CANCELLED)),
        "passed": Q(state__in=PASSED),
        "overdue": late(today),
        "near": soon(today, last),
        "open": ~Q(state__in=DONE),
        "pending": ~Q(state__in=DONE) & Q(first_submitted_at=None),
        "issued": Q(state=Task.State.ISSUED),
        "returned": Q(state=Task.State.RETURNED),
    }
    return {name: Count("pk", filter=condition) for name, condition in wanted.items()}


def _campaign(rows: list[dict[str, Any]], today: dt.date) -> Campaign:
    numbers = {name: sum(row[name] for row in rows) for name in ("total", "passed", "overdue", "near")}
    ends_on = rows[0]["plan__ends_on"]
    left = (ends_on - today).days if ends_on and ends_on >= today else None
    return Campaign(rows[0]["plan_id"], rows[0]["plan__title"], **numbers, days_left=left)


def _deadlines(rows: Iterable[dict[str, Any]], today: dt.date, calendar: WorkCalendar) -> list[Deadline]:
    """The next due days on which something is still to be handed in."""
    coming = [row for row in rows if row["pending"] and row["due_on"] and row["due_on"] >= today]
    return [_deadline(row, today, calendar) for row in sorted(coming, key=_due)[:DEADLINES]]


def _due(row: dict[str, Any]) -> dt.date:
    return row["due_on"]


def _deadline(row: dict[str, Any], today: dt.date, calendar: WorkCalendar) -> Deadline:
    title = row["item__title"]
    name = f"第 {row['item__number']} 项 {title}" if row["item__kind"] == "activity" else title
    count = f"，{row['pending']} 家未报" if row["pending"] > 1 else ""
    url = tasks_at(plan=row["plan_id"], item=row["item_id"])
    light = light_of(row["due_on"], today, calendar)
    left = "今天" if row["due_on"] == today else f"剩 {light.days} {'天' if light.days else '个工作日'}"
    return Deadline(row["due_on"], f"{name}{count}", light, url, left)
