"""What the registers give for 附件2: the numbers of a campaign in an interval, from the rows themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q

from foundation.organization.models import Unit
from workflows.plans.models import Plan

from .counts import Numbers, added, count_rows
from .kind import Cells, Kind
from .library import kinds_on
from .models import RegisterRow


@dataclass(frozen=True)
class Counted:
    """`whole`: all that the office's registers hold. It is not the sum of the rest: a meeting of sixty units is one.

    `units`: what names a unit, by its id. `own`: what names none, the office's own.
    """

    whole: Numbers
    units: Mapping[int, Numbers]
    own: Numbers


def counted(plan: Plan | None, start: dt.date, end: dt.date) -> Counted:
    """Both days included; {code: {cell: number}} as annexes/statistics.json has them. Three queries.

    A row that says which item of the plan it belongs to counts only for a plan that has such an item; without a plan
    every row counts. Withdrawn rows count for nothing. Registers stand as they were in force on `end`.
    """
    items = set(plan.items.values_list("number", flat=True)) if plan else None
    kinds = kinds_on(end)
    rows = _rows_of(kinds, start, end)
    told = [
        (kind, [(unit, cells) for unit, cells in rows.get(kind.code, []) if _of_plan(kind, cells, items)])
        for kind in kinds
        if kind.counts
    ]
    whole = added(count_rows(kind, (("", cells) for _, cells in its), start, end) for kind, its in told)
    apart = added(count_rows(kind, its, start, end) for kind, its in told)
    ids = dict(Unit.objects.filter(code__in=apart).values_list("code", "pk"))
    units = {ids[code]: numbers for code, numbers in apart.items() if code}
    return Counted(whole.get("", {}), units, apart.get("", {}))


def _rows_of(kinds: list[Kind], start: dt.date, end: dt.date) -> dict[str, list[tuple[str, Cells]]]:
    """A row may count by a later day than its own (a reward is paid after the tip came in), never by an earlier one;
    of registers where none does, the rows before `start` aren't read."""
    later = [kind.code for kind in kinds if any(count.by_day != kind.day for count in kind.counts)]
    found: dict[str, list[tuple[str, Cells]]] = {}
    rows = RegisterRow.objects.filter(
        Q(day__gte=start) | Q(register__code__in=later), state="kept", day__lte=end
    )
    values = rows.order_by().values_list("register__code", "unit__code", "cells")
    for code, unit, cells in values.iterator(2000):
        found.setdefault(code, []).append((unit or "", cells))
    return found


def _of_plan(kind: Kind, cells: Cells, items: set[str] | None) -> bool:
    if items is None:
        return True
    named = [cells[column.key] for column in kind.columns if column.type == "item" and column.key in cells]
    return all(number in items for number in named)
