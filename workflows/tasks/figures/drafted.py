"""附件2 as the unit's own activity records and accepted cases add up. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..annexes import Row, Statistics
from ..statistics import Numbers


@dataclass(frozen=True)
class Done:
    """One activity record: the number of the item it was written for, and what it counts."""

    item: str
    form: str
    held_on: dt.date
    sessions: int
    people: int


def within(
    records: Iterable[Done], start: dt.date | None, end: dt.date | None
) -> list[Done]:  # both days count; None is open
    return [
        one
        for one in records
        if (start is None or start <= one.held_on) and (end is None or one.held_on <= end)
    ]


def drafted(form: Statistics, records: Iterable[Done], cases: Mapping[str, int]) -> Numbers:
    """Only the cells that something is known of: rows without a record are left to the unit."""
    known, found = list(records), Numbers()
    for row in form.rows:
        mine = [one for one in known if counts(row, one)]
        cells = {key: sum(getattr(one, what) for one in mine) for key, what in row.counts.items() if mine}
        cells |= {key: cases.get(kind, 0) for key, kind in row.cases.items()}
        if cells:
            found[row.code] = cells
    return found


def counts(row: Row, one: Done) -> bool:
    return one.item in row.items and (not row.forms or one.form in row.forms)


def taken_over(typed: Mapping[str, Any], known: Numbers, only: str = "") -> tuple[dict[str, Any], int]:
    """附件2 of a draft with what is known in its empty cells, and how many they were. What was typed stays, but in
    the row `only`, which somebody asked for by itself."""
    filled, count = dict(typed), 0
    for code, cells in known.items():
        if only and code != only:
            continue
        row = dict(filled.get(code) or {})
        for key, number in cells.items():
            if row.get(key, "") != str(number) and (only or not str(row.get(key, "")).strip()):
                row[key], count = str(number), count + 1
        filled[code] = row
    return filled, count
