"""What a cell says on a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from foundation.journal.timeline import entries_of, line_of
from foundation.organization.templatetags.components import day as day_said
from foundation.organization.templatetags.components import yuan

from .kind import Cells, Column, Kind
from .known import short_names
from .models import ImportLine, RegisterRow

LISTED = 6  # columns of a list beside the one that names a row


def said(column: Column, value: Any, units: Mapping[str, str]) -> str:
    if value is None or value == "":
        return ""
    if column.type == "unit":
        return units.get(value, value)
    if column.type == "date":
        return day_said(dt.date.fromisoformat(value))
    if column.type == "instant":
        return f"{day_said(dt.date.fromisoformat(value[:10]))} {value[11:]}"
    if column.type == "money":
        return yuan(value)
    if column.type == "item":
        return f"第 {value} 项"
    return f"{value:,}" if column.type == "integer" else str(value)


def units_in(kind: Kind, rows: Iterable[Cells]) -> dict[str, str]:
    keys = [column.key for column in kind.columns if column.type == "unit"]
    return short_names(code for cells in rows for key in keys if (code := cells.get(key)))


def heads_of(kind: Kind) -> list[Column]:
    """The columns of the list, beside the one that names a row."""
    return [one for one in kind.columns if one.key != kind.names and one.type != "url"][:LISTED]


def listed(kind: Kind, rows: list[RegisterRow]) -> list[dict[str, Any]]:
    units = units_in(kind, (row.cells for row in rows))
    return [
        {
            "row": row, "name": said(kind.title, row.cells.get(kind.names), units),
            "cells": [(column, said(column, row.cells.get(column.key), units)) for column in heads_of(kind)],
        }
        for row in rows
    ]  # fmt: skip


def facts_of(kind: Kind, cells: Cells) -> list[tuple[Column, str]]:
    units = units_in(kind, [cells])
    return [(column, text) for column in kind.columns if (text := said(column, cells.get(column.key), units))]


def history_of(kind: Kind, row: RegisterRow) -> list[dict[str, Any]]:
    """The latest first; each change with what stood there before."""
    entries = list(entries_of(row._meta.label_lower, row.pk).reverse())
    written = {one.load_id: one for one in ImportLine.objects.filter(row=row).select_related("load")}
    changes = [_changed(entry.data, written) for entry in entries]
    units = units_in(kind, [{key: value[n] for key, value in one.items()} for one in changes for n in (0, 1)])
    return [
        line_of(entry) | {"note": "；".join(filter(None, [_file(entry.data, written), _words(kind, change, units)]))}
        for entry, change in zip(entries, changes, strict=True)
    ]  # fmt: skip


def _changed(data: Mapping[str, Any], written: Mapping[int, ImportLine]) -> dict[str, list[Any]]:
    if "changed" in data:
        return data["changed"]
    line = written.get(data.get("import", 0))
    return pairs_of(line.before, line.cells) if line and line.before else {}


def pairs_of(before: Cells, after: Cells) -> dict[str, list[Any]]:
    """{column: [before, after]} of what is different."""
    pairs = {key: [before.get(key), after.get(key)] for key in {*before, *after}}
    return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}


def change_said(kind: Kind, before: Cells, after: Cells, units: Mapping[str, str]) -> str:
    return _words(kind, pairs_of(before, after), units)


def _file(data: Mapping[str, Any], written: Mapping[int, ImportLine]) -> str:
    line = written.get(data.get("import", 0))
    return f"《{line.load.name}》第 {line.number} 行" if line else ""


def _words(kind: Kind, changed: Mapping[str, list[Any]], units: Mapping[str, str]) -> str:
    shown = [column for column in kind.columns if column.key in changed]
    return "，".join(
        f"{column.name}由“{said(column, changed[column.key][0], units) or '空'}”改为“{said(column, changed[column.key][1], units) or '空'}”"
        for column in shown
    )
