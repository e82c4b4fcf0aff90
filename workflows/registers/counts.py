"""What registers give for the cells of 附件2 in an interval. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .kind import NONE, Cells, Count, Kind, holds
from .values import day_in, folded

Numbers = dict[str, dict[str, int]]  # {"S04": {"pieces": 12, "views": 3400}}
Place = tuple[str, str, str]  # unit, code, cell
Told = tuple[Kind, str, Cells]  # a row: its register, the unit it names or nothing, what it holds


@dataclass
class Tally:
    """`seen` and `peaks` go over all registers: what two of them tell of is one thing."""

    sums: dict[Place, int] = field(default_factory=dict)
    seen: dict[Place, set[tuple]] = field(default_factory=dict)
    peaks: dict[Place, dict[tuple, int]] = field(default_factory=dict)

    def add(self, kind: Kind, count: Count, place: Place, cells: Cells) -> None:
        if count.take == "rows":
            self.sums[place] = self.sums.get(place, 0) + 1
        elif count.take == "distinct":
            self.seen.setdefault(place, set()).add(_values(kind, count.of, cells))
        elif count.of[0] not in cells:
            return  # an export without that column tells nothing of it
        elif count.take == "sum":
            self.sums[place] = self.sums.get(place, 0) + cells[count.of[0]]
        else:
            peaks, one = self.peaks.setdefault(place, {}), _values(kind, count.each, cells)
            peaks[one] = max(peaks.get(one, 0), cells[count.of[0]])

    def numbers(self) -> dict[str, Numbers]:
        """{unit: Numbers}"""
        found: dict[str, Numbers] = {}
        every = [
            *self.sums.items(),
            *((place, len(values)) for place, values in self.seen.items()),
            *((place, sum(peaks.values())) for place, peaks in self.peaks.items()),
        ]
        for (unit, code, cell), number in every:
            there = found.setdefault(unit, {}).setdefault(code, {})
            there[cell] = there.get(cell, 0) + number
        return found


def count_rows(rows: Iterable[Told], start: dt.date, end: dt.date, own: bool = False) -> dict[str, Numbers]:
    """{unit: Numbers}, the unit empty for what is the office's own. `own`: only of what units report themselves."""
    first, last, tally = start.isoformat(), end.isoformat(), Tally()
    for kind, unit, cells in rows:
        for count in kind.counts:
            if own and count.units == NONE:
                continue
            day = day_in(cells, count.by_day) or day_in(cells, kind.day)  # what is undated counts by its own
            if first <= day <= last and holds(count.when, cells):
                tally.add(kind, count, (unit, count.code, count.cell), cells)
    return tally.numbers()


def _values(kind: Kind, keys: Iterable[str], cells: Cells) -> tuple[Any, ...]:
    """Of an instant its day: the same message at ten and at eleven is one."""
    return tuple(
        day_in(cells, key) if kind.by_key[key].type == "instant" else folded(cells.get(key, ""))
        for key in keys
    )
