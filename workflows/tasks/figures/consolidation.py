"""附件2 of all units added up: whose figures count, what is missing, what does not fit. Pure.

Every number of a total is the sum of the cells below it, and every cell stands in one version of one report.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ..annexes import Statistics
from ..statistics import Held, Kepts, Numbers, findings
from .kinds import Kind

OTHER_FORM = "form"  # a rule beside those of statistics.py: filled in by another form than the one in force
LAST = dt.date.max  # of what has no due day
Registers = Callable[[str, dt.date | None, dt.date], Kepts]  # (unit, from, to): what they hold for it


def nothing_kept(unit: str, start: dt.date | None, end: dt.date) -> Kepts:
    return {}


class Column(NamedTuple):
    """`code` is what a cell is called everywhere: S01.people."""

    code: str
    name: str
    unit: str
    row: str
    key: str


@dataclass(frozen=True)
class Report:
    """One version that the unit's head approved. `status`: accepted, in_review or returned; empty where the
    office refused it or let the unit off. `starts`: the first day it counts, where the plan says so."""

    unit: str
    task: int
    kind: Kind
    due: dt.date | None
    version: int
    cutoff: dt.date
    form: str  # the first day of the form it is filled in by
    rows: Numbers
    notes: Mapping[str, str] = field(default_factory=dict)
    status: str = "accepted"
    starts: dt.date | None = None


@dataclass(frozen=True)
class Owed:
    """One reporting task of a unit. `due`: of all units' reports, `until`: of this one, where it was put off.
    `expected`: neither waived nor cancelled."""

    unit: str
    task: int
    kind: Kind
    due: dt.date | None
    expected: bool = True
    until: dt.date | None = None


class Accepted(NamedTuple):
    """A case that the office took up."""

    on: dt.date
    kind: str


@dataclass(frozen=True)
class Line:
    """One unit: its cells by column, the report that they stand in, from when on it counts, what registers hold."""

    unit: str
    report: Report
    cells: dict[str, int]
    start: dt.date | None = None
    kept: Kepts = field(default_factory=dict)


class Check(NamedTuple):
    """What somebody should look at: a rule that a unit's figures break."""

    unit: str
    code: str  # of a column; empty where it is about the whole form
    rule: str
    text: str


@dataclass(frozen=True)
class Consolidated:
    """All units of one report."""

    period: Kind
    cutoff: dt.date
    due: dt.date | None  # of the reports that are added up; None where nobody owes one
    form: Statistics
    columns: list[Column]
    owed: list[Owed]  # by all units, reported or not
    lines: list[Line]
    totals: dict[str, int]
    missing: list[Owed]
    warnings: list[Check]


def accepted_only(found: Consolidated) -> Consolidated:
    """What the office accepted; the others are missing."""
    lines = [line for line in found.lines if line.report.status == "accepted"]
    units = {line.unit for line in lines}
    return replace(
        found,
        lines=lines,
        totals=_totals(found.columns, lines),
        missing=[one for one in found.owed if one.unit not in units],
        warnings=[one for one in found.warnings if one.unit in units],
    )


def consolidate(
    form: Statistics, period: Kind, cutoff: dt.date, owed: Iterable[Owed], reports: Iterable[Report],
    cases: Mapping[str, Iterable[Accepted]], due: dt.date | None = None, registers: Registers = nothing_kept,
) -> Consolidated:  # fmt: skip
    """The order of `owed` is the order of the units. `cases`: accepted ones, by unit. `due`: of the reports that are
    meant; else the cutoff tells."""
    every, newest = list(owed), _newest(reports, cutoff)
    due = due or due_for((one.due for one in every if one.kind == period), cutoff)
    wanted = [one for one in every if one.kind == period and (one.due or LAST) == due and one.expected]
    columns = columns_of(form)
    mine = defaultdict(list)
    for one in newest.values():
        mine[one.unit].append(one)
    there = [newest[one.task] for one in wanted if one.task in newest]
    lines = [_line(columns, one, mine[one.unit], registers) for one in there]
    warnings = [
        found for line in lines for found in _warnings(form, line, mine[line.unit], cases.get(line.unit, ()))
    ]
    missing = [one for one in wanted if one.task not in newest]
    return Consolidated(
        period, cutoff, due, form, columns, wanted, lines, _totals(columns, lines), missing, warnings
    )


def columns_of(form: Statistics) -> list[Column]:
    return [
        Column(f"{row.code}.{cell.key}", f"{row.name} {cell.name}", cell.unit, row.code, cell.key)
        for row in form.rows
        for cell in row.cells
    ]


def due_for(days: Iterable[dt.date | None], cutoff: dt.date) -> dt.date | None:
    """Which of several reports a cutoff is about: the next one that is due, or the last of all."""
    known = sorted({day or LAST for day in days})
    return next((day for day in known if day >= cutoff), known[-1] if known else None)


def _newest(reports: Iterable[Report], cutoff: dt.date) -> dict[int, Report]:
    """By task, the last version that counts up to that day."""
    found: dict[int, Report] = {}
    for one in reports:
        if one.status and one.cutoff <= cutoff:
            there = found.get(one.task)
            found[one.task] = one if there is None or one.version > there.version else there
    return found


def _totals(columns: list[Column], lines: list[Line]) -> dict[str, int]:
    return {column.code: sum(line.cells[column.code] for line in lines) for column in columns}


def _line(columns: list[Column], report: Report, mine: list[Report], registers: Registers) -> Line:
    cells = {one.code: report.rows.get(one.row, {}).get(one.key, 0) for one in columns}
    start = _start(report, mine)
    return Line(report.unit, report, cells, start, registers(report.unit, start, report.cutoff))


def _start(report: Report, mine: list[Report]) -> dt.date | None:
    """A month goes on after the last one; what is cumulative counts since the campaign began."""
    last = _last_month(report, mine)
    if report.kind == Kind.CUMULATIVE or report.starts or last is None:
        return report.starts if report.kind == Kind.MONTH else None
    return last.cutoff + dt.timedelta(days=1)


def _last_month(report: Report, mine: list[Report]) -> Report | None:
    months = [one for one in _before(report, mine) if one.kind == Kind.MONTH]
    return max(months, key=lambda one: one.due or LAST, default=None)


def _before(report: Report, mine: list[Report]) -> list[Report]:
    return [one for one in mine if (one.due or LAST) < (report.due or LAST)]


def _warnings(form: Statistics, line: Line, mine: list[Report], cases: Iterable[Accepted]) -> Iterator[Check]:
    report = line.report
    if report.form != form.effective_from.isoformat():
        yield Check(report.unit, "", OTHER_FORM, "填的是另一个日期的表样，只汇总相同的项目。")
    for one in findings(form, report.rows, report.notes, _held(line, mine, cases)):
        code = f"{one.row}.{one.key}" if one.row else ""
        yield Check(report.unit, code, one.rule.value, one.says)


def _held(line: Line, mine: list[Report], accepted: Iterable[Accepted]) -> Held:
    """Beside the unit's other reports: a month beside the last one, what is cumulative beside all of them."""
    report, cases = line.report, counted(accepted, line.report.cutoff)
    if report.kind == Kind.CUMULATIVE:
        return Held(highest(one.rows for one in _before(report, mine)), True, {}, cases, kept=line.kept)
    last = _last_month(report, mine)
    return Held(last.rows if last else {}, False, {}, cases, kept=line.kept)


def counted(accepted: Iterable[Accepted], cutoff: dt.date) -> Counter[str]:
    """Cases by kind, as they were accepted by that day."""
    return Counter(one.kind for one in accepted if one.on <= cutoff)


def highest(reports: Iterable[Numbers]) -> Numbers:
    """The highest number that each cell ever had."""
    found: Numbers = {}
    for rows in reports:
        for code, cells in rows.items():
            there = found.setdefault(code, {})
            there |= {key: max(number, there.get(key, 0)) for key, number in cells.items()}
    return found
