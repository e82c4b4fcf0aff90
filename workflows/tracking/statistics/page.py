"""统计汇总 as tables: what was added up, unit by unit, who is missing, what does not fit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.urls import reverse

from foundation.organization.calendar import WorkCalendar
from foundation.organization.lights import light_of
from workflows.tasks.annexes import Row
from workflows.tasks.figures.consolidation import LAST, Column, Line, Owed
from workflows.tasks.figures.facts import Figures
from workflows.tasks.statistics import Place

from ..standing import urgency
from .asked import Asked
from .report import STATUSES, kept_totals

LIGHTS = {"accepted": "done", "in_review": "ok", "returned": "near"}


def summary(figures: Figures) -> dict[str, Any]:
    """How many reported, in numbers."""
    found = figures.found
    counts = {status: sum(line.report.status == status for line in found.lines) for status in STATUSES}
    told = [{"words": f"{STATUSES[one]} {n}", "kind": LIGHTS[one]} for one, n in counts.items() if n]
    due = found.due if found.due and found.due != LAST else None
    return {"reported": len(found.lines), "missing": len(found.missing), "statuses": told, "due": due}


def rows(figures: Figures, asked: Asked, whole: bool) -> list[dict[str, Any]]:
    """A row of the form each: its totals, every one a link to its cells, how many units had any, and what the registers
    hold; `whole`: also what no unit reports."""
    found, kept = figures.found, kept_totals(figures, whole)
    columns: dict[str, list[Column]] = {}
    for column in found.columns:
        columns.setdefault(column.row, []).append(column)
    return [_row(figures, asked, row, columns[row.code], kept.get(row.code, {})) for row in found.form.rows]


def _row(
    figures: Figures, asked: Asked, row: Row, columns: list[Column], kept: Mapping[str, int]
) -> dict[str, Any]:
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
                "kept": kept.get(one.key),
            }
            for one in columns
        ],
        "kept": any(one.key in kept for one in columns),
        "active": active,
        "expected": expected,
        "share": round(100 * active / expected) if expected else 0,
    }


def line_of(figures: Figures, line: Line, code: str, private: bool) -> dict[str, Any]:
    """One unit's cell, with the submission it stands in, and what registers hold. `private`: one may open
    also those that auditors don't read."""
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
        "kept": _kept(figures, line, code, private),
    }  # fmt: skip


def _kept(figures: Figures, line: Line, code: str, private: bool) -> dict[str, Any] | None:
    """What registers hold of this cell, and where; the lists are narrowed to the unit."""
    row, _, key = code.partition(".")
    one = line.kept.get(row, {}).get(key)
    if one is None:
        return None
    unit = f"&unit={figures.units[line.unit].pk}"
    places = [place._replace(url=place.url + unit) for place in opened(one.places, private)]
    return {"number": one.number, "places": places, "unlike": not one.fits(line.cells[code])}


def kept_of(figures: Figures, code: str, whole: bool, private: bool) -> dict[str, Any]:
    """What registers hold of one cell for all units together, and where."""
    row, _, key = code.partition(".")
    places = figures.book.places(row, key, figures.start, figures.found.cutoff)
    return {
        "number": kept_totals(figures, whole).get(row, {}).get(key),
        "places": opened(places, private),
        "whole": whole,
    }


def opened(places: Iterable[Place], private: bool) -> list[Place]:
    return [place for place in places if private or not place.private]


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
