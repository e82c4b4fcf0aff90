"""Tables that were flattened into lines: a run of column names, then the cells of one row after another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from workflows.plans.reading.columns import Cell, align, column_of, fits
from workflows.plans.reading.model import Span
from workflows.plans.reading.numbering import Mark, mark_at

_MORE = 4  # further paragraphs in the cells of one row


@dataclass(frozen=True)
class Row:
    """The cells of one row as lines, with the columns that could be told apart; `group` is its 类别."""

    mark: Mark | None
    lines: tuple[Span, ...]
    cells: dict[str, Span]
    group: Span | None = None


@dataclass(frozen=True)
class Table:
    """The names of its columns, its rows, and all lines of both."""

    columns: list[Span]
    rows: list[Row]
    lines: list[Span]


def find_tables(text: str, body: list[Span]) -> list[Table]:
    """Tables whose header names a task, and a number or who or when."""
    found, at = [], 0
    while at < len(body):
        columns = _header(text, body, at)
        if not columns:
            at += 1
            continue
        start = at + len(columns)
        read = _numbered if "number" in columns else _plain
        rows, end = read(text, body, start, columns)
        if rows:
            found.append(Table(body[at:start], rows, body[at:end]))
        at = max(end, start)
    return found


def opens_table(text: str, body: list[Span], at: int) -> bool:
    """Whether the names of the columns of a table begin here."""
    return bool(_header(text, body, at))


def _header(text: str, body: list[Span], at: int) -> list[str]:
    """What the columns hold; one column may have a name nobody knows."""
    columns: list[str] = []
    for i in range(at, len(body)):
        name = column_of(text[slice(*body[i])])
        strange = name is None and columns and "other" not in columns and _is_short(text, body[i])
        if strange and i + 1 < len(body) and column_of(text[slice(*body[i + 1])]):
            name = "other"
        if name is None:
            break
        columns.append(name)
    known = {c for c in columns if c != "other"}
    enough = len(columns) >= 3 and ("number" in known or ("task" in known and known & {"lead", "time"}))
    return columns if enough else []


def _is_short(text: str, line: Span) -> bool:
    return line[1] - line[0] <= 8 and not re.search(r"[\d，。；：、]", text[slice(*line)])


def _raw(text: str, body: list[Span], start: int, stop: int) -> list[Cell]:
    """The lines from `start`, with None for each blank one, up to the line `stop`."""
    cells: list[Cell] = []
    for i in range(start, stop):
        cells.append(body[i])
        if i + 1 < len(body):
            cells += [None] * (text[body[i][1] : body[i + 1][0]].count("\n") - 1)
    return cells


def _numbered(text: str, body: list[Span], at: int, columns: list[str]) -> tuple[list[Row], int]:
    """Rows whose number is a line that is only the next number; the last ends after as many lines as columns."""
    before = columns.index("number")
    numbers = list(_numbers(text, body, at, before))
    if not numbers:
        return [], at
    rows: list[Row] = []
    lead = _raw(text, body, at, numbers[0])
    for number, following in pairwise([*numbers, None]):
        assert number is not None
        stop = following if following is not None else _end(text, body, number)
        raw = _raw(text, body, number + 1, stop)
        if following is None:
            raw = raw[: len(columns) - before - 1]
        cut = len(raw) - before if following is not None and before else len(raw)
        rows.append(_row(text, body[number], [*lead[-before:], *raw[:cut]] if before else raw, columns))
        lead = raw[cut:]
    last = rows[-1].lines[-1] if rows[-1].lines else body[numbers[-1]]
    return _grouped([r for r in rows if r.lines]), body.index(last) + 1


def _numbers(text: str, body: list[Span], at: int, before: int) -> Iterator[int]:
    """Where 1, 2, 3 … stand alone on a line."""
    wanted = ""
    for i in range(at, _end(text, body, at)):
        word = re.fullmatch(r"(\d{1,3})\s*[.．、]?", text[slice(*body[i])])
        if word and (word[1] == wanted or (not wanted and i <= at + before)):
            yield i
            wanted = str(int(word[1]) + 1)
        elif not wanted and i >= at + before:
            return


def _end(text: str, body: list[Span], at: int) -> int:
    """The first line behind a table, at the latest."""
    return next((i for i in range(at, len(body)) if _leaves(text, body[i])), len(body))


def _leaves(text: str, line: Span) -> bool:
    mark = mark_at(text, line)
    return mark is not None and mark.kind == "chinese"


def _row(text: str, number: Span, cells: list[Cell], columns: list[str]) -> Row:
    mark = Mark("row", re.sub(r"\D", "", text[slice(*number)]), number, number[1])
    return _of(text, cells, [c for c in columns if c != "number"], mark)


def _of(text: str, cells: list[Cell], columns: list[str], mark: Mark | None) -> Row:
    placed = align(text, cells, columns)
    named: dict[str, Span] = {}
    for column, span in zip(columns, placed, strict=True):
        if span:
            named.setdefault(column, span)
    return Row(mark, tuple(c for c in cells if c), named, named.get("group"))


def _plain(text: str, body: list[Span], at: int, columns: list[str]) -> tuple[list[Row], int]:
    """Rows without numbers: as many lines as columns, a few more where cells hold several paragraphs."""
    raw = _raw(text, body, at, _end(text, body, at))
    rows: list[Row] = []
    begin = 0
    while begin < len(raw):
        lengths = range(len(columns), len(columns) + _MORE + 1)
        parts = (raw[begin : begin + n] for n in lengths if begin + n <= len(raw))
        cells = next((part for part in parts if fits(text, part, columns)), None)
        if cells is None:
            break
        rows.append(_of(text, cells, columns, None))
        begin += len(cells)
    rows = [r for r in rows if r.lines]
    return _grouped(rows), body.index(rows[-1].lines[-1]) + 1 if rows else at


def _grouped(rows: list[Row]) -> list[Row]:
    """A 类别 that is said once holds for the rows below it."""
    found: list[Row] = []
    for row in rows:
        group = row.group or (found[-1].group if found else None)
        found.append(Row(row.mark, tuple(x for x in row.lines if x != row.group), row.cells, group))
    return found
