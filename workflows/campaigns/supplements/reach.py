"""Whom a 补充通知 concerns: the open tasks that take it, and those that were accepted and stay."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from workflows.tasks.models import Task
from workflows.tasks.querysets import DONE

from ..models import Supplement

TAKES = ~Q(state__in=DONE)  # the unit, or somebody who reviews, still works on it
STAYS = Q(state__in=["accepted", "archived"], imported=False)


@dataclass(frozen=True)
class Reach:
    """`items`: item → (tasks that take it, tasks that stay as they were accepted)."""

    items: dict[int, tuple[int, int]]
    units: int

    @property
    def moving(self) -> int:
        return sum(takes for takes, _ in self.items.values())

    @property
    def keeping(self) -> int:
        return sum(stays for _, stays in self.items.values())


def reach(items: Iterable[int]) -> Reach:
    """Two queries, whatever the number of items and units."""
    asked = list(items)
    rows = Task.objects.filter(item__in=asked)
    takes, stays = Count("pk", filter=TAKES), Count("pk", filter=STAYS)
    counts = rows.order_by().values_list("item").annotate(takes=takes, stays=stays)
    found = {item: (takes, stays) for item, takes, stays in counts}
    units = rows.filter(TAKES).order_by().values("unit").distinct().count()
    return Reach({item: found.get(item, (0, 0)) for item in asked}, units)


def reach_of(row: Supplement) -> Reach:
    return reach(row.changes.values_list("item", flat=True))
