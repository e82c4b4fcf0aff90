"""The annex forms as dated data: what a unit fills in beside its report.

The real forms were not found; each definition says so (`verified`), and pages show it as 暂定.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from foundation.organization.dated import version_on

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Cell:
    """One number: `unit` is what it counts."""

    key: str
    name: str
    unit: str


@dataclass(frozen=True)
class Row:
    """One line of 附件2. `needs`: a cell above 0 needs that one above 0; `at_most`: never more than that one.

    `counts`: what of the unit's activity records a cell adds up ("sessions", "people"), of those for
    `items` and, where `forms` names any, of these forms alone. `cases`: the kind of accepted case a cell counts.
    """

    code: str
    name: str
    items: tuple[str, ...]  # numbers of the plan's items it counts
    cells: tuple[Cell, ...]
    needs: dict[str, str]
    at_most: dict[str, str]
    counts: dict[str, str]
    forms: tuple[str, ...]
    cases: dict[str, str]

    def cell(self, key: str) -> Cell:
        return next(cell for cell in self.cells if cell.key == key)


@dataclass(frozen=True)
class Statistics:
    """附件2 as it stands from `effective_from` on."""

    effective_from: dt.date
    verified: bool
    basis: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Column:
    """One column of 附件3."""

    key: str
    name: str
    required: bool = False
    kind: str = "text"  # text | date


@dataclass(frozen=True)
class Schedule:
    """附件3 as it stands from `effective_from` on. `broadcast`: words of 形式 that say a medium shows it."""

    effective_from: dt.date
    verified: bool
    basis: str
    columns: tuple[Column, ...]
    broadcast: tuple[str, ...]

    def is_broadcast(self, row: Mapping[str, str]) -> bool:
        """Also what has a day for its material."""
        return bool(row.get("material")) or any(word in row.get("form", "") for word in self.broadcast)


@lru_cache(1)
def _statistics() -> list[Statistics]:
    return [
        Statistics(
            dt.date.fromisoformat(one["effective_from"]), one["verified"], one["basis"],
            tuple(_row(row) for row in one["rows"]),
        )
        for one in json.loads((HERE / "statistics.json").read_text())
    ]  # fmt: skip


def _row(row: dict) -> Row:
    cells = tuple(Cell(key, name, unit) for key, name, unit in row["cells"])
    return Row(
        row["code"], row["name"], tuple(row["items"]), cells, row.get("needs", {}), row.get("at_most", {}),
        row.get("counts", {}), tuple(row.get("forms", ())), row.get("cases", {}),
    )  # fmt: skip


@lru_cache(1)
def _schedules() -> list[Schedule]:
    return [
        Schedule(
            dt.date.fromisoformat(one["effective_from"]), one["verified"], one["basis"],
            tuple(Column(**column) for column in one["columns"]), tuple(one["broadcast"]),
        )
        for one in json.loads((HERE / "schedule.json").read_text())
    ]  # fmt: skip


def statistics_on(day: dt.date) -> Statistics:
    """The form in force that day; before the first one, the first one."""
    return version_on(_statistics(), day)


def schedule_on(day: dt.date) -> Schedule:
    return version_on(_schedules(), day)
