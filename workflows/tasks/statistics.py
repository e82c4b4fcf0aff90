"""附件2: numbers read from what was typed, and the rules between them. Pure."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from foundation.organization.numerals import GREATEST

from .annexes import Cell, Row, Statistics
from .problems import Problem

Numbers = dict[str, dict[str, int]]  # {"S01": {"sessions": 3, "people": 120}}
JUMP = 3  # times the last report, or a third of it, beyond which a reason is asked


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
                entered = str(given[cell.key])
                says = f"{_name(row, cell)}填的是“{entered[:20]}”，{_wanted(entered)}"
                problems.append(Problem(f"statistics:{row.code}", says, cell.key))
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
    plain = _plain(text)
    if not plain:
        return 0
    number = int(plain) if plain.isdecimal() and len(plain) <= 13 else None
    return number if number is not None and number <= GREATEST else None


def _plain(text: Any) -> str:
    return unicodedata.normalize("NFKC", str(text)).strip().replace(",", "")


def _wanted(text: str) -> str:
    if _plain(text).isdecimal():
        return f"大得不合常理（最多 {GREATEST:,}），请核对。"
    return "请填 0 或正整数。"


class Broken(StrEnum):
    """Which rule figures break; domain.md A.4."""

    NEEDS = "needs"  # 人次 without 场
    AT_MOST = "at_most"  # 整改 above 发现
    EMPTY = "empty"  # nothing but noughts, and no reason
    FEWER = "fewer"  # 累计 below what was reported before
    JUMP = "jump"  # more than 3 times the last report, or less than a third of it, and no reason
    CASES = "cases"  # another number than the accepted cases
    CORRECTED = "corrected"  # another number than the unit's own records add up to, and no reason
    REGISTER = "register"  # another number than a register of the office holds, and no reason


@dataclass(frozen=True)
class Finding:
    """`row` and `key` name the cell; both empty where it is about the whole form."""

    rule: Broken
    says: str
    row: str = ""
    key: str = ""


class Place(NamedTuple):
    """Where rows of a register stand. `private`: auditors don't read it."""

    name: str
    url: str
    private: bool = False


class Kept(NamedTuple):
    """What registers hold for a cell of one unit. `least`: a part only, so that more is no contradiction."""

    number: int
    least: bool = False
    places: tuple[Place, ...] = ()

    def fits(self, number: int) -> bool:
        return number == self.number or (self.least and number > self.number)

    @property
    def names(self) -> str:
        return "、".join(place.name for place in self.places)


Kepts = Mapping[str, Mapping[str, Kept]]  # {"S13": {"times": …}}


@dataclass(frozen=True)
class Held:
    """What figures are held against. `earlier`: the unit's last report of the same plan; `counts_on`: this one
    counts from the same day on, so that no number may be smaller. `drafted`: what its activity records add up
    to; `cases`: its accepted cases by kind, None where nobody asks; `settled`: rows that the office let stand
    when it returned the rest, and that nobody may change; `kept`: what registers hold."""

    earlier: Numbers = field(default_factory=dict)
    counts_on: bool = True
    drafted: Numbers = field(default_factory=dict)
    cases: Mapping[str, int] | None = None
    settled: frozenset[str] = frozenset()
    kept: Kepts = field(default_factory=dict)

    @property
    def known(self) -> Numbers:
        """What an empty cell is filled with: the unit's own records; a register only where they say nothing of that
        cell. The two tell of the same activities, so they are never added."""
        return {
            code: kept_in(self.kept, code) | self.drafted.get(code, {})
            for code in {**self.drafted, **self.kept}
        }


def kept_in(kept: Kepts, code: str) -> dict[str, int]:
    return {key: one.number for key, one in kept.get(code, {}).items()}


def check(form: Statistics, numbers: Numbers, notes: Mapping[str, str], held: Held) -> list[Problem]:
    """What keeps a unit from handing it in."""
    return [
        Problem(f"statistics:{one.row}" if one.row else "statistics", one.says, one.key)
        for one in findings(form, numbers, notes, held)
    ]


def findings(form: Statistics, numbers: Numbers, notes: Mapping[str, str], held: Held) -> list[Finding]:
    """The rules of domain.md A.4 that are broken, in the order of the form."""
    found = [one for row in form.rows for one in _within(row, numbers.get(row.code, {}))]
    if not any(number for cells in numbers.values() for number in cells.values()) and not notes:
        says = "统计表全部为 0。确实没有开展，请在任一行的说明栏写明原因。"
        found.append(Finding(Broken.EMPTY, says))
    for row in form.rows:
        if row.code in held.settled:
            continue
        cells = numbers.get(row.code, {})
        found += _counted(row, cells, held.cases)
        for cell in row.cells:
            found += _against(row, cell, cells.get(cell.key, 0), row.code in notes, held)
    return found


def _within(row: Row, cells: Mapping[str, int]) -> Iterator[Finding]:
    for key, other in row.needs.items():
        if cells.get(key, 0) > 0 and not cells.get(other, 0):
            says = f"{_name(row, row.cell(key))}大于 0，{row.cell(other).name}不能是 0。"
            yield Finding(Broken.NEEDS, says, row.code, key)
    for key, other in row.at_most.items():
        if cells.get(key, 0) > cells.get(other, 0):
            says = f"{_name(row, row.cell(key))}不能多于{row.cell(other).name}。"
            yield Finding(Broken.AT_MOST, says, row.code, key)


def _counted(row: Row, cells: Mapping[str, int], cases: Mapping[str, int] | None) -> Iterator[Finding]:
    for key, kind in row.cases.items() if cases is not None else ():
        now, there = cells.get(key, 0), (cases or {}).get(kind, 0)
        if now != there:
            says = f"{_name(row, row.cell(key))}填的是 {now}，截至统计日办公室已采用的案例是 {there} 件。"
            yield Finding(Broken.CASES, says, row.code, key)


def _against(row: Row, cell: Cell, now: int, noted: bool, held: Held) -> Iterator[Finding]:
    before, name = held.earlier.get(row.code, {}).get(cell.key, 0), _name(row, cell)
    if held.counts_on and now < before:
        says = f"{name}累计 {now}，少于上次报送的 {before}，请核对。"
        yield Finding(Broken.FEWER, says, row.code, cell.key)
    elif before and not noted and now > JUMP * before:
        says = f"{name}由上次的 {before} 增到 {now}，超过 {JUMP} 倍，请在说明栏写明原因。"
        yield Finding(Broken.JUMP, says, row.code, cell.key)
    elif not noted and JUMP * now < before:
        says = f"{name}由上次的 {before} 降到 {now}，不到三分之一，请在说明栏写明原因。"
        yield Finding(Broken.JUMP, says, row.code, cell.key)
    drafted = held.drafted.get(row.code, {}).get(cell.key)
    if drafted is not None and drafted != now and not noted:
        says = f"{name}填的是 {now}，活动记录合计 {drafted}；不一致的，请在说明栏写明原因。"
        yield Finding(Broken.CORRECTED, says, row.code, cell.key)
    kept = held.kept.get(row.code, {}).get(cell.key)
    if kept and not noted and not kept.fits(now):
        says = f"{name}填的是 {now}，登记册（{kept.names}）有 {kept.number}；请采用登记册的数，或在说明栏写明原因。"
        yield Finding(Broken.REGISTER, says, row.code, cell.key)


def _cutoff(typed: Mapping[str, Any]) -> tuple[str, list[Problem]]:
    """统计截至: what is counted ends on this day (a report due on 1 December can't hold December)."""
    text = str(typed.get("cutoff", "")).strip()
    try:
        return dt.date.fromisoformat(text).isoformat(), []
    except ValueError:
        return text, [Problem("statistics:cutoff", "请填写统计截至日期，如 2026-06-30。")]


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _name(row: Row, cell: Cell) -> str:
    return f"{row.code} {cell.name}"
