"""What registers give for the cells of 附件2 in an interval. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from .kind import Cells, Count, Kind, holds
from .values import day_in

Numbers = dict[str, dict[str, int]]  # {"S04": {"pieces": 12, "views": 3400}}


def count_rows(
    kind: Kind, rows: Iterable[tuple[str, Cells]], start: dt.date, end: dt.date
) -> dict[str, Numbers]:
    """{unit: Numbers}; `rows` are (unit, cells), the unit empty for what is the office's own."""
    first, last = start.isoformat(), end.isoformat()
    sums: dict[tuple[str, str, str], int] = {}
    seen: dict[tuple[str, str, str], set[tuple]] = {}
    for unit, cells in rows:
        for count in kind.counts:
            if first <= day_in(cells, count.by_day) <= last and holds(count.when, cells):
                _add(count, (unit, count.code, count.cell), cells, sums, seen)
    for place, values in seen.items():
        sums[place] = sums.get(place, 0) + len(values)
    found: dict[str, Numbers] = {}
    for (unit, code, cell), number in sums.items():
        found.setdefault(unit, {}).setdefault(code, {})[cell] = number
    return found


def added(every: Iterable[dict[str, Numbers]]) -> dict[str, Numbers]:
    """Those of several registers as one."""
    whole: dict[str, Numbers] = {}
    for found in every:
        for unit, numbers in found.items():
            for code, cells in numbers.items():
                into = whole.setdefault(unit, {}).setdefault(code, {})
                for cell, number in cells.items():
                    into[cell] = into.get(cell, 0) + number
    return whole


def _add(
    count: Count, place: tuple[str, str, str], cells: Cells, sums: dict[tuple[str, str, str], int],
    seen: dict[tuple[str, str, str], set[tuple]],
) -> None:  # fmt: skip
    if count.take == "distinct":
        seen.setdefault(place, set()).add(tuple(cells.get(key) for key in count.of))
    else:
        sums[place] = sums.get(place, 0) + (
            1 if count.take == "rows" else sum(cells.get(k, 0) for k in count.of)
        )
