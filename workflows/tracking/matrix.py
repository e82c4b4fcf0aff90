"""The board as a table, units down or items down: heads, rows and totals with their links."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from foundation.organization.lights import Light
from foundation.organization.models import Unit
from workflows.plans.models import Item, Plan
from workflows.tasks.models import Task

from . import links
from .board import Board
from .counts import Count, sums
from .look import Look
from .quotas import Quotas, met, quota_at
from .standing import urgency

MARKS = re.compile(r"[“”‘’《》（）()、，,.：:和 ]+")
LATE = ("overdue", "near")
ON_PHONE = 12
STATES = dict(Task.State.choices)


class Spot(NamedTuple):
    """One cell; `light` None where the unit has no such task."""

    unit: str
    item: Item
    light: Light | None
    state: str
    url: str

    @property
    def name(self) -> str:
        """Spoken in front of the light: 沙口镇 第 12 项 已签收."""
        return f"{self.unit} {heading(self.item)} {self.state}"


@dataclass(frozen=True)
class Head:
    number: str
    lines: tuple[str, str]
    title: str
    url: str


@dataclass(frozen=True)
class Row:
    name: str
    url: str
    cells: list[Spot]
    sums: list[Count]  # none beside a quota
    number: str = ""


@dataclass(frozen=True)
class Matrix:
    """`foot`: how many passed, column by column, None where nobody has it; a quota's number leads to its page.
    `urgent`: the first few, the most urgent first: what a phone shows above the matrix."""

    heads: list[Head]
    items: int  # beside the cases stands their quota, which is none
    rows: list[Row]
    foot: list[Count | None]
    sums: list[Count]
    urgent: list[Spot]


class Column(NamedTuple):
    item: Item
    quota: bool = False  # of the cases, beside their tasks


@dataclass(frozen=True)
class Drawing:
    """What a table is made of: the board of the units that are looked at, `shown` those of this page."""

    board: Board
    plan: Plan
    items: list[Item]
    quotas: Quotas
    units: Sequence[Unit]
    shown: Sequence[Unit]
    look: Look

    @property
    def columns(self) -> list[Column]:
        return list(_columns(self.items, self.quotas))

    def spot(self, unit: Unit, column: Column) -> Spot:
        return _quota(self, unit, column.item) if column.quota else _spot(self, unit, column.item)


def items_of(given: Collection[int], plan: Plan) -> list[Item]:
    """Those of the plan that anybody has, in its order. One query."""
    return [item for item in plan.items.defer("text", "source") if item.pk in given]


def matrix(drawing: Drawing) -> Matrix:
    by_items = drawing.look.by == "items"
    heads, rows, foot = (_items_down if by_items else _units_down)(drawing)
    whole = sums(drawing.board.totals, drawing.look, "")
    return Matrix(heads, len(drawing.items), rows, foot, whole, _urgent(drawing))


def _units_down(d: Drawing) -> tuple[list[Head], list[Row], list[Count | None]]:
    rows = [
        Row(
            unit.short_name, d.look.tasks(unit=unit.pk, state="owed"), [d.spot(unit, one) for one in d.columns],
            sums(d.board.units.get(unit.pk), d.look, f"{unit.short_name} ", unit=unit.pk),
        )
        for unit in d.shown
    ]  # fmt: skip
    return [_head(d, one) for one in d.columns], rows, [_passed(d, one) for one in d.columns]


def _items_down(d: Drawing) -> tuple[list[Head], list[Row], list[Count | None]]:
    rows = []
    for one in d.columns:
        head = _head(d, one)
        totals = (
            []
            if one.quota
            else sums(d.board.items.get(one.item.pk), d.look, heading(one.item), item=one.item.pk)
        )
        cells = [d.spot(unit, one) for unit in d.shown]
        rows.append(Row(head.title, head.url, cells, totals, head.number))
    if d.look.late:
        rows = [row for row in rows if row.sums and row.sums[-1].number]
    foot: list[Count | None] = [
        sums(d.board.units.get(unit.pk), d.look, f"{unit.short_name} ", unit=unit.pk)[1] for unit in d.shown
    ]
    return [_unit_head(d, unit) for unit in d.shown], rows, foot


def _columns(items: list[Item], quotas: Quotas) -> Iterator[Column]:
    asked = {item for _, item in quotas}
    for item in items:
        yield Column(item)
        if item.pk in asked:
            yield Column(item, quota=True)


def _head(d: Drawing, column: Column) -> Head:
    if column.quota:
        return Head(column.item.mark, ("推荐", "指标"), "案例推荐指标", quota_at(d.plan.pk))
    url = d.look.tasks(item=column.item.pk, state="owed")
    return Head(column.item.mark, _lines(column.item), column.item.title, url)


def _unit_head(d: Drawing, unit: Unit) -> Head:
    name = unit.short_name.removeprefix("市")
    lines = (name[:2], name[2:4]) if len(name) > 3 else (name, "")
    return Head("", lines, unit.short_name, d.look.tasks(unit=unit.pk, state="owed"))


def heading(item: Item) -> str:
    return f"第 {item.number} 项" if item.kind == Item.Kind.ACTIVITY else item.title


def _quota(d: Drawing, unit: Unit, item: Item) -> Spot:
    verdict = d.quotas.get((unit.pk, item.pk))
    if verdict is None:
        return Spot(unit.short_name, item, None, "", "")
    url = quota_at(d.plan.pk, unit.short_name)
    return Spot(unit.short_name, item, verdict.light, f"指标{verdict.words}", url)


def _spot(d: Drawing, unit: Unit, item: Item) -> Spot:
    cell = d.board.cells.get((unit.pk, item.pk))
    if cell is None:
        return Spot(unit.short_name, item, None, "", "")
    url = links.cell_at(cell, d.plan.pk, unit.pk, item.pk) if cell.tasks == 1 or not d.look.day else ""
    return Spot(unit.short_name, item, cell.light, STATES[cell.state], url)


def _urgent(d: Drawing) -> list[Spot]:
    places = [
        (urgency(cell.light), unit, item)
        for unit in d.units
        for item in d.items
        if (cell := d.board.cells.get((unit.pk, item.pk))) and cell.light.kind in LATE
    ]
    first = sorted(places, key=lambda place: place[0])[:ON_PHONE]
    return [_spot(d, unit, item) for _, unit, item in first]


def _passed(d: Drawing, column: Column) -> Count | None:
    if column.quota:
        return Count(met(d.quotas, d.units, column.item), quota_at(d.plan.pk), "指标已达标")
    totals = d.board.items.get(column.item.pk)
    return sums(totals, d.look, heading(column.item), item=column.item.pk)[1] if totals else None


def _lines(item: Item) -> tuple[str, str]:
    """The first words in two lines of two characters: a head of the width of a cell; the title is said beside it."""
    if item.kind == Item.Kind.CASES:
        return "典型", "案例"
    title = item.title.removeprefix("本单位")
    words = next(filter(None, MARKS.split(title)), title)
    return (words[:1], words[1:]) if len(words) == 3 else (words[:2], words[2:4])  # 进 企业, 学习 贯彻
