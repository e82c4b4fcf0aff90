"""What the registers give for 附件2: the numbers of a campaign in an interval, from the rows themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from foundation.organization.models import Unit
from workflows.plans.models import Plan

from .counts import Numbers, Told, count_rows
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


@dataclass(frozen=True)
class Rows:
    """Rows of a campaign, read once, counted for any interval that lies within what was read."""

    every: list[Told]

    @cached_property
    def by_unit(self) -> dict[str, list[Told]]:
        found: dict[str, list[Told]] = {}
        for one in self.every:
            found.setdefault(one[1], []).append(one)
        return found

    def whole(self, start: dt.date, end: dt.date) -> Numbers:
        return count_rows(((kind, "", cells) for kind, _, cells in self.every), start, end).get("", {})

    def of(self, unit: str, start: dt.date, end: dt.date) -> Numbers:
        """What it has to report itself."""
        return count_rows(self.by_unit.get(unit, []), start, end, own=True).get(unit, {})


def rows_of(plan: Plan | None, start: dt.date, end: dt.date, unit: int | None = None) -> Rows:
    """Both days included. One query, one more with a plan.

    A row that says which item of the plan it belongs to counts only for a plan that has such an item; without a plan
    every row counts. Withdrawn rows count for nothing. Registers stand as they were in force on `end`.
    """
    items = set(plan.items.values_list("number", flat=True)) if plan else None
    kinds = {kind.code: kind for kind in kinds_on(end) if kind.counts}
    rows = RegisterRow.objects.filter(
        Q(day__gte=start) | Q(register__code__in=_later(kinds)), register__code__in=kinds, state="kept", day__lte=end
    )  # fmt: skip
    mine = rows.filter(unit=unit) if unit else rows
    values = mine.order_by().values_list("register__code", "unit__code", "cells")
    told = ((kinds[code], named or "", cells) for code, named, cells in values.iterator(2000))
    return Rows([one for one in told if _of_plan(one[0], one[2], items)])


def counted(plan: Plan | None, start: dt.date, end: dt.date) -> Counted:
    """Both days included; {code: {cell: number}} as annexes/statistics.json has them. Three queries."""
    rows = rows_of(plan, start, end)
    apart = count_rows(rows.every, start, end)
    ids = dict(Unit.objects.filter(code__in=apart).values_list("code", "pk"))
    units = {ids[code]: numbers for code, numbers in apart.items() if code}
    return Counted(rows.whole(start, end), units, apart.get("", {}))


def _later(kinds: Mapping[str, Kind]) -> list[str]:
    """A row may count by a later day than its own (a reward is paid after the tip came in), never by an earlier one;
    of registers where none does, the rows before `start` aren't read."""
    return [code for code, kind in kinds.items() if any(count.by_day != kind.day for count in kind.counts)]


def _of_plan(kind: Kind, cells: Cells, items: set[str] | None) -> bool:
    if items is None:
        return True
    named = [cells[column.key] for column in kind.columns if column.type == "item" and column.key in cells]
    return all(number in items for number in named)
