"""统计汇总 as tables: what was added up, unit by unit, who is missing, what does not fit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from foundation.organization.calendar import WorkCalendar
from foundation.organization.lights import light_of
from workflows.tasks.annexes import Row
from workflows.tasks.figures.consolidation import LAST, Column, Line, Owed
from workflows.tasks.figures.facts import Figures

from ..standing import urgency
from .asked import Asked
from .report import STATUSES

LIGHTS = {"accepted": "done", "in_review": "ok", "returned": "near"}


def summary(figures: Figures) -> dict[str, Any]:
    """How many reported, in numbers."""
    found = figures.found
    counts = {status: sum(line.report.status == status for line in found.lines) for status in STATUSES}
    told = [{"words": f"{STATUSES[one]} {n}", "kind": LIGHTS[one]} for one, n in counts.items() if n]
    due = found.due if found.due and found.due != LAST else None
    return {"reported": len(found.lines), "missing": len(found.missing), "statuses": told, "due": due}


def rows(figures: Figures, asked: Asked) -> list[dict[str, Any]]:
    """A row of the form each: its totals, every one a link to its cells, and how many units had any."""
    found = figures.found
    columns: dict[str, list[Column]] = {}
    for column in found.columns:
        columns.setdefault(column.row, []).append(column)
    return [_row(figures, asked, row, columns[row.code]) for row in found.form.rows]


def _row(figures: Figures, asked: Asked, row: Row, columns: list[Column]) -> dict[str, Any]:
    found = figures.found
    active = sum(any(line.cells[one.code] for one in columns) for line in found.lines)
    expected = len(found.lines) + len(found.missing)
    return {
        "code": row.code,
        "name": row.name,
        "cells": [
            {
                "name": row.cell(one.key).name,
                "unit": one.unit,
                "total": found.totals[one.code],
                "url": asked.at("statistics_cells", code=one.code),
            }
            for one in columns
        ],
        "active": active,
        "expected": expected,
        "share": round(100 * active / expected) if expected else 0,
    }


def line_of(figures: Figures, line: Line, code: str) -> dict[str, Any]:
    """One unit's cell, with the submission it stands in."""
    report = line.report
    return {
        "unit": figures.units[line.unit].short_name,
        "number": line.cells[code],
        "url": reverse("task_version", args=[report.task, report.version]) + f"#statistics-{code.partition('.')[0]}",
        "version": report.version,
        "cutoff": report.cutoff,
        "status": STATUSES[report.status],
        "kind": LIGHTS[report.status],
        "note": report.notes.get(code.partition(".")[0], ""),
    }  # fmt: skip


def warnings(figures: Figures) -> Iterator[dict[str, Any]]:
    reports = {line.unit: line.report for line in figures.found.lines}
    for one in figures.found.warnings:
        report = reports[one.unit]
        place = f"#statistics-{one.code.partition('.')[0]}" if one.code else ""
        yield {
            "unit": figures.units[one.unit].short_name,
            "text": one.text,
            "url": reverse("task_version", args=[report.task, report.version]) + place,
        }


def missing(figures: Figures, today: dt.date, calendar: WorkCalendar) -> list[dict[str, Any]]:
    """The latest first; who still has time comes last."""
    found = [_missing(figures, one, today, calendar) for one in figures.found.missing]
    return sorted(found, key=lambda one: urgency(one["light"]))


def _missing(figures: Figures, one: Owed, today: dt.date, calendar: WorkCalendar) -> dict[str, Any]:
    return {
        "task": one.task,
        "unit": figures.units[one.unit].short_name,
        "light": light_of(one.until, today, calendar),
        "url": reverse("task", args=[one.task]),
    }
