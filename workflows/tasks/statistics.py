"""附件2: numbers read from what was typed, and the rules between them. Pure."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from .annexes import Cell, Row, Statistics
from .problems import Problem

Numbers = dict[str, dict[str, int]]  # {"S01": {"sessions": 3, "people": 120}}
GREATEST = 10**12
JUMP = 3  # times the last report, from which on a reason is asked


def read(form: Statistics, typed: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """{"form", "cutoff", "rows": Numbers, "notes"} and what could not be read. An empty cell counts as 0."""
    rows: Numbers = {}
    problems: list[Problem] = []
    for row in form.rows:
        given = _mapping(typed.get(row.code))
        rows[row.code] = {}
        for cell in row.cells:
            number = read_number(given.get(cell.key, ""))
            if number is None:
                problems.append(
                    _problem(row, f"{_name(row, cell)}填的是“{given[cell.key]}”，请填 0 或正整数。")
                )
            rows[row.code][cell.key] = number or 0
    notes = {
        row.code: note
        for row in form.rows
        if (note := str(_mapping(typed.get(row.code)).get("note", "")).strip())
    }
    cutoff, late = _cutoff(typed)
    content = {"form": form.effective_from.isoformat(), "cutoff": cutoff, "rows": rows, "notes": notes}
    return content, problems + late


def read_number(text: Any) -> int | None:
    """12, "１２", "1,200" and nothing at all (0); None for what is no whole number from 0 on."""
    plain = unicodedata.normalize("NFKC", str(text)).strip().replace(",", "")
    if not plain:
        return 0
    number = int(plain) if plain.isdecimal() and len(plain) <= 13 else None
    return number if number is not None and number <= GREATEST else None


def check(
    form: Statistics, numbers: Numbers, notes: Mapping[str, str], earlier: Numbers | None
) -> list[Problem]:
    """The rules of domain.md A.4. `earlier`: the unit's last report of the same plan, which counts from the
    same day on, so that no number may be smaller than there."""
    found = [problem for row in form.rows for problem in _within(row, numbers.get(row.code, {}))]
    if not any(number for cells in numbers.values() for number in cells.values()) and not notes:
        found.append(Problem("statistics", "统计表全部为 0。确实没有开展，请在任一行的说明栏写明原因。"))
    return found + [
        problem
        for row in form.rows
        for problem in _against(row, numbers.get(row.code, {}), notes, (earlier or {}).get(row.code, {}))
    ]


def _within(row: Row, cells: Mapping[str, int]) -> Iterator[Problem]:
    for key, other in row.needs.items():
        if cells.get(key, 0) > 0 and not cells.get(other, 0):
            yield _problem(row, f"{_name(row, row.cell(key))}大于 0，{row.cell(other).name}不能是 0。")
    for key, other in row.at_most.items():
        if cells.get(key, 0) > cells.get(other, 0):
            yield _problem(row, f"{_name(row, row.cell(key))}不能多于{row.cell(other).name}。")


def _against(
    row: Row, cells: Mapping[str, int], notes: Mapping[str, str], earlier: Mapping[str, int]
) -> Iterator[Problem]:
    for cell in row.cells:
        now, before = cells.get(cell.key, 0), earlier.get(cell.key, 0)
        if now < before:
            yield _problem(row, f"{_name(row, cell)}累计 {now}，少于上次报送的 {before}，请核对。")
        elif before and now > JUMP * before and row.code not in notes:
            yield _problem(
                row, f"{_name(row, cell)}由上次的 {before} 增到 {now}，超过 {JUMP} 倍，请在说明栏写明原因。"
            )


def _cutoff(typed: Mapping[str, Any]) -> tuple[str, list[Problem]]:
    """统计截至: what is counted ends on this day (a report due on 1 December can't hold December)."""
    text = str(typed.get("cutoff", "")).strip()
    try:
        return dt.date.fromisoformat(text).isoformat(), []
    except ValueError:
        return text, [Problem("statistics:cutoff", "请填写统计截至日期，如 2026-06-30。")]


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _problem(row: Row, says: str) -> Problem:
    return Problem(f"statistics:{row.code}", says)


def _name(row: Row, cell: Cell) -> str:
    return f"{row.code} {cell.name}"
