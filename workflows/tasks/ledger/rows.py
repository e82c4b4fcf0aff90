"""Rows of the ledger, as a page and a file show them: two queries more than the tasks themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from approvals.engine.dwell import dwell
from foundation.organization.calendar import WorkCalendar
from foundation.organization.keyset import PK, Key, Keys
from foundation.organization.lights import Light

from ..deadlines import light_for
from ..hands import Holder, holders_of, named
from ..models import Task
from ..querysets import DONE, OPEN
from .bands import stood

# `since` counts up: what has stood longest comes first.
SORTS: dict[str, Keys] = {
    "due": (Key("due_on", nullable=True), PK),
    "-due": (Key("due_on", nullable=True, down=True), PK.turned()),
    "stood": (Key("changed"), PK),
    "-stood": (Key("changed", down=True), PK.turned()),
}
BY_DUE = ("due", "-due")


def sort_of(query: Mapping[str, str]) -> str:
    """Of SORTS. 停留 is told of what is not done, so it sorts a list of what is open: by index, among millions."""
    wanted = query.get("sort", "")
    return wanted if wanted in SORTS and (wanted in BY_DUE or sorts_stood(query)) else "due"


def sorts_stood(query: Mapping[str, str]) -> bool:
    return query.get("state", "") in ("", "open", "todo", *OPEN)


@dataclass(frozen=True)
class Row:
    """`days` it has stood where it stands: None once it is done."""

    task: Task
    light: Light
    holders: list[Holder]
    days: int | None

    @property
    def hands(self) -> str:
        return named(self.holders)

    @property
    def words(self) -> str:
        """Of the light where the state says more than 已办结."""
        return self.task.get_state_display() if self.light.kind == "done" else ""

    @property
    def step(self) -> str:
        """Inside its state: which step of the approval, which version is to be put right."""
        if self.task.state == Task.State.RETURNED:
            return f"第 {self.task.version + 1} 版待补正"
        if self.task.state == Task.State.RECEIVED and self.task.version:
            return f"第 {self.task.version + 1} 版待提交"  # the unit's own head returned it, or it was taken back
        return next((one.step for one in self.holders), "")


def told(tasks: QuerySet[Task]) -> QuerySet[Task]:
    return tasks.select_related("item", "unit", "plan", "period")


def rows_of(tasks: Iterable[Task], now: dt.datetime, calendar: WorkCalendar) -> list[Row]:
    found, today = list(tasks), timezone.localdate(now)
    holders = holders_of(found, today, steps=True)
    return [
        Row(one, light_for(one, today, calendar), holders.get(one.pk, []), _days(one, today, calendar))
        for one in found
    ]


def waited(row: Row, now: dt.datetime, calendar: WorkCalendar) -> str:
    """In working hours, from two days on in days, as a file and the bands count them: for a page, where somebody looks
    at some."""
    if row.days is None:
        return ""
    if row.days > 1:
        return f"{row.days} 个工作日"
    return dwell(timezone.localtime(row.task.changed), timezone.localtime(now), calendar)


def _days(task: Task, today: dt.date, calendar: WorkCalendar) -> int | None:
    return None if task.state in DONE else stood(timezone.localdate(task.changed), today, calendar)
