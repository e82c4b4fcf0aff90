"""The changes as lines of a page, each with the way to what it is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Max
from django.urls import reverse

from foundation.organization.models import Unit
from workflows.plans.models import ItemVersion
from workflows.tasks.models import Task

from .facts import KINDS, Change, Kind

FIRST = 8  # of each kind, until one kind is asked for


@dataclass(frozen=True)
class Summary:
    kind: Kind
    count: int
    url: str

    @property
    def words(self) -> str:
        return f"{self.kind.name} {self.count}"


def changes_at(plan: int, **more: str) -> str:
    given = {"plan": str(plan)} | more
    return f"{reverse('changes')}?{urlencode({key: value for key, value in given.items() if value})}"


def summary(plan: int, found: Mapping[str, list[Change]], since: str = "") -> list[Summary]:
    """What there is of each kind, in the order of KINDS."""
    return [
        Summary(kind, len(found[kind.code]), changes_at(plan, only=kind.code, since=since))
        for kind in KINDS
        if kind.code in found
    ]


def lines(some: list[Change]) -> list[dict[str, Any]]:
    """One query for all tasks, and one for the items that ask for something else."""
    rows = Task.objects.filter(pk__in={one.task for one in some}).select_related("unit__successor", "item")
    tasks = {row.pk: row for row in rows}
    wanted = {one.version for one in some if one.version}
    found = (
        ItemVersion.objects.filter(pk__in=wanted)
        .select_related("item")
        .annotate(last_day=Max("item__periods__due_on"))
    )
    versions: dict[int, Any] = {row.pk: row for row in found} if wanted else {}
    return [
        _changed(one, versions[one.version]) if one.version else _line(one, tasks[one.task]) for one in some
    ]


def _line(one: Change, task: Task) -> dict[str, Any]:
    url = reverse("slip", args=[one.slip]) if one.slip else reverse("task", args=[task.pk])
    return {
        "url": url, "unit": task.unit.short_name, "title": str(task.item), "at": one.at, "due_on": task.due_on,
        "state": task.get_state_display(), "note": one.note or _ended(task.unit),
    }  # fmt: skip


def _ended(unit: Unit) -> str:
    """Why what a unit owed is called off, too, where its successor owes the same."""
    if not unit.ended_on:
        return ""
    return f"单位已并入{unit.successor.short_name}" if unit.successor else "单位已撤销"


def _changed(one: Change, version: Any) -> dict[str, Any]:
    """What it asks for now is the version after this one."""
    item = version.item
    return {
        "url": reverse("item_versions", args=[item.plan_id, item.pk]), "unit": f"{one.units} 个单位", "title": str(item),
        "at": one.at, "due_on": version.last_day, "state": f"第 {version.number + 1} 版要求", "note": one.note,
    }  # fmt: skip


def beginning(day: dt.date, zone: dt.tzinfo | None) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min, zone)
