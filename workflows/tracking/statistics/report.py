"""The consolidated figures as JSON (docs/schemas/statistics.json) and as a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from documents import layout
from workflows.tasks.figures.consolidation import Consolidated
from workflows.tasks.figures.facts import Figures
from workflows.tasks.figures.kinds import KIND_NAMES
from workflows.tasks.statistics import Numbers

STATUSES = {"accepted": "已通过", "in_review": "办公室审核中", "returned": "已退回"}


def as_json(figures: Figures) -> dict[str, Any]:
    found = figures.found
    return {
        "period": found.period.value,
        "cutoff": found.cutoff.isoformat(),
        "columns": [{"code": one.code, "name": one.name, "unit": one.unit} for one in found.columns],
        "units": [
            {"unit": line.unit, "cells": line.cells, "status": line.report.status} for line in found.lines
        ],
        "totals": found.totals,
        "missing": [one.unit for one in found.missing],
        "warnings": [one._asdict() for one in found.warnings],
    }


def kept_totals(figures: Figures, whole: bool) -> Numbers:
    """What the registers hold for each cell: of the whole county, or of the units here alone."""
    found = figures.found
    if whole:
        return figures.book.whole(figures.start, found.cutoff)
    totals: Numbers = {}
    for unit in {one.unit for one in found.owed}:
        for code, cells in figures.book.of(unit, figures.start, found.cutoff).items():
            there = totals.setdefault(code, {})
            there |= {key: there.get(key, 0) + one.number for key, one in cells.items()}
    return totals


def title_of(figures: Figures) -> str:
    return f"{figures.plan.title}统计汇总（{KIND_NAMES[figures.found.period]}）"


def as_workbook(figures: Figures, whole: bool) -> bytes:
    """Sheets: totals, every unit's cells, missing units, what to check. `whole`: see kept_totals."""
    from documents.formats.workbook import render_workbook  # openpyxl is slow to import

    blocks = (
        _totals(figures, kept_totals(figures, whole)),
        _cells(figures),
        _missing(figures),
        _warnings(figures),
    )
    return render_workbook(layout.Document(title=title_of(figures), blocks=blocks))


def _totals(figures: Figures, kept: Numbers) -> layout.Table:
    found = figures.found
    rows = tuple(
        (c.code, c.name, c.unit, str(found.totals[c.code]), str(kept.get(c.row, {}).get(c.key, "")))
        for c in found.columns
    )
    return _table(f"合计 统计截至{found.cutoff:%Y-%m-%d}", ("代码", "项目", "单位", "合计", "登记册"), rows)


def _cells(figures: Figures) -> layout.Table:
    found = figures.found
    labels = ("单位", "状态", "统计截至", *(f"{c.code} {c.name}（{c.unit}）" for c in found.columns))
    return _table("各单位", labels, tuple(_lines(figures, found)))


def _lines(figures: Figures, found: Consolidated) -> Iterator[tuple[str, ...]]:
    for line in found.lines:
        head = (figures.units[line.unit].short_name, STATUSES[line.report.status])
        numbers = (str(line.cells[column.code]) for column in found.columns)
        yield (*head, line.report.cutoff.isoformat(), *numbers)
    yield ("合计", "", "", *(str(found.totals[column.code]) for column in found.columns))


def _missing(figures: Figures) -> layout.Table:
    rows = tuple(
        (figures.units[one.unit].short_name, one.due.isoformat() if one.due else "")
        for one in figures.found.missing
    )
    return _table("缺报", ("单位", "报送期限"), rows or (("无", ""),))


def _warnings(figures: Figures) -> layout.Table:
    rows = tuple((figures.units[one.unit].short_name, one.code, one.text) for one in figures.found.warnings)
    return _table("需核对", ("单位", "代码", "情况"), rows or (("无", "", ""),))


def _table(title: str, labels: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> layout.Table:
    return layout.Table(columns=tuple(layout.Column(label) for label in labels), rows=rows, title=title)
