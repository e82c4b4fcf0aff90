"""What registers hold beside the figures that units report, for the room of tasks (figures/registered.py)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from workflows.plans.models import Plan
from workflows.tasks.statistics import Kept, Kepts, Place

from .counting import Rows, rows_of
from .counts import Numbers
from .kind import LEAST, Kind
from .library import kinds_on


@dataclass(frozen=True)
class RegisterBook:
    kinds: list[Kind]
    rows: Rows
    begins: dt.date
    known: dict[tuple[Any, ...], tuple[Place, ...]] = field(
        default_factory=dict
    )  # many units ask for the same days

    def of(self, unit: str, start: dt.date | None, end: dt.date) -> Kepts:
        numbers = self.rows.of(unit, start or self.begins, end)
        return {
            code: {
                cell: Kept(number, self._least(code, cell), self.places(code, cell, start, end))
                for cell, number in cells.items()
            }
            for code, cells in numbers.items()
        }

    def whole(self, start: dt.date | None, end: dt.date) -> Numbers:
        return self.rows.whole(start or self.begins, end)

    def places(self, code: str, cell: str, start: dt.date | None, end: dt.date) -> tuple[Place, ...]:
        asked = (code, cell, start, end)
        if asked not in self.known:
            self.known[asked] = tuple(
                Place(
                    kind.name,
                    address_of(kind.code, f"{code}.{cell}", start or self.begins, end),
                    kind.private,
                )
                for kind in feeding(self.kinds, code, cell)
            )
        return self.known[asked]

    def _least(self, code: str, cell: str) -> bool:
        counts = [one for kind in self.kinds for one in kind.counts if (one.code, one.cell) == (code, cell)]
        return any(one.units == LEAST for one in counts)


def open_book(plan: Plan, until: dt.date, unit: int | None = None) -> RegisterBook:
    """Two queries."""
    begins = plan.starts_on or dt.date.min
    return RegisterBook(kinds_on(until), rows_of(plan, begins, until, unit), begins)


def feeding(kinds: list[Kind], code: str, cell: str) -> list[Kind]:
    """The registers that count for a cell."""
    return [kind for kind in kinds if any((one.code, one.cell) == (code, cell) for one in kind.counts)]


def address_of(register: str, cell: str, start: dt.date, end: dt.date) -> str:
    """The rows that count for that cell in those days."""
    days = {"cell": cell, "start": start.isoformat(), "end": end.isoformat()}
    return f"{reverse('register', args=[register])}?{urlencode(days)}"
