"""The board as a table: heads, rows and totals with their links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from foundation.organization.lights import Light
from foundation.organization.models import Unit
from workflows.plans.models import Item, Plan
from workflows.tasks.models import Task

from . import links
from .board import Board, Totals
from .quotas import Quotas, met, quota_at
from .standing import urgency

MARKS = re.compile(r"[“”‘’《》（）()、，,.：:和 ]+")
LATE = ("overdue", "near")
ON_PHONE = 8
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
    totals: Totals
    overdue_url: str


@dataclass(frozen=True)
class Foot:
    """How many passed, item by item (None where nobody has it), and the sums."""

    passed: list[int | None]
    tasks: int
    all_passed: int
    overdue: int


@dataclass(frozen=True)
class Matrix:
    heads: list[Head]
    items: int  # columns of items: beside the cases stands their quota
    rows: list[Row]
    foot: Foot
    urgent: list[Spot]  # the first few, the most urgent first: what a phone shows above the matrix


class Column(NamedTuple):
    item: Item
    quota: bool = False  # of the cases, beside their tasks


def items_of(board: Board, plan: Plan) -> list[Item]:
    """Those of the plan that anybody has. One query."""
    return [item for item in plan.items.defer("text", "source") if item.pk in board.items]


def matrix(
    board: Board, plan: Plan, items: list[Item], quotas: Quotas, units: Sequence[Unit], shown: Sequence[Unit]
) -> Matrix:
    """The rows of those `shown`, totals and what is urgent of all `units`."""
    columns = list(_columns(items, quotas))
    heads = [_head(plan, *column) for column in columns]
    rows = [_row(board, plan, unit, columns, quotas) for unit in shown]
    foot = _foot(board, units, columns, quotas)
    return Matrix(heads, len(items), rows, foot, _urgent(board, plan, units, items))


def _columns(items: list[Item], quotas: Quotas) -> Iterator[Column]:
    asked = {item for _, item in quotas}
    for item in items:
        yield Column(item)
        if item.pk in asked:
            yield Column(item, quota=True)


def _head(plan: Plan, item: Item, quota: bool) -> Head:
    if quota:
        return Head(item.mark, ("推荐", "指标"), "案例推荐指标", quota_at(plan.pk))
    url = links.tasks_at(plan=plan.pk, item=item.pk, state="all")
    return Head(item.mark, _lines(item), item.title, url)


def heading(item: Item) -> str:
    return f"第 {item.number} 项" if item.kind == Item.Kind.ACTIVITY else item.title


def _row(board: Board, plan: Plan, unit: Unit, columns: list[Column], quotas: Quotas) -> Row:
    return Row(
        unit.short_name,
        links.tasks_at(plan=plan.pk, unit=unit.pk, state="all"),
        [
            _quota(plan, unit, item, quotas) if quota else _spot(board, plan, unit, item)
            for item, quota in columns
        ],
        board.units[unit.pk],
        links.tasks_at(plan=plan.pk, unit=unit.pk, light="overdue"),
    )


def _quota(plan: Plan, unit: Unit, item: Item, quotas: Quotas) -> Spot:
    verdict = quotas.get((unit.pk, item.pk))
    if verdict is None:
        return Spot(unit.short_name, item, None, "", "")
    url = quota_at(plan.pk, unit.short_name)
    return Spot(unit.short_name, item, verdict.light, f"指标{verdict.words}", url)


def _spot(board: Board, plan: Plan, unit: Unit, item: Item) -> Spot:
    cell = board.cells.get((unit.pk, item.pk))
    if cell is None:
        return Spot(unit.short_name, item, None, "", "")
    url = links.cell_at(cell, plan.pk, unit.pk, item.pk)
    return Spot(unit.short_name, item, cell.light, STATES[cell.state], url)


def _urgent(board: Board, plan: Plan, units: Sequence[Unit], items: list[Item]) -> list[Spot]:
    places = [
        (urgency(cell.light), unit, item)
        for unit in units
        for item in items
        if (cell := board.cells.get((unit.pk, item.pk))) and cell.light.kind in LATE
    ]
    first = sorted(places, key=lambda place: place[0])[:ON_PHONE]
    return [_spot(board, plan, unit, item) for _, unit, item in first]


def _foot(board: Board, units: Sequence[Unit], columns: list[Column], quotas: Quotas) -> Foot:
    totals = [board.units[unit.pk] for unit in units]
    return Foot(
        [met(quotas, units, item) if quota else _passed(board, units, item) for item, quota in columns],
        sum(one.tasks for one in totals),
        sum(one.passed for one in totals),
        sum(one.overdue for one in totals),
    )


def _passed(board: Board, units: Sequence[Unit], item: Item) -> int | None:
    there = [cell for unit in units if (cell := board.cells.get((unit.pk, item.pk)))]
    return sum(cell.passed for cell in there) if there else None


def _lines(item: Item) -> tuple[str, str]:
    """The first words in two lines of two characters: a head of the width of a cell; the title is said beside it."""
    if item.kind == Item.Kind.CASES:
        return "典型", "案例"
    title = item.title.removeprefix("本单位")
    words = next(filter(None, MARKS.split(title)), title)
    return (words[:1], words[1:]) if len(words) == 3 else (words[:2], words[2:4])  # 进 企业, 学习 贯彻
