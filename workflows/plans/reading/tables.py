"""Tables that were flattened into lines: a run of column names, then the cells of one row after another."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workflows.plans.reading.model import Span
from workflows.plans.reading.numbering import Mark, mark_at

_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        ("number", r"序号|编号|号"),
        ("lead", r"(?:牵头|责任|主办|承办|实施|负责)(?:责任)?(?:单位|部门)(?:及部门)?"),
        ("assist", r"(?:配合|协办|参与|参加|协助)(?:单位|部门)"),
        (
            "time",
            r"(?:完成|活动|举办|实施|工作|推进)?(?:时间|时限|期限)(?:安排|节点|要求)?|时间节点|时间进度",
        ),
        (
            "task",
            r"(?:工作|重点|主要|活动|具体|整治)?(?:任务|内容|事项|项目|活动|措施|名称)(?:名称|内容|和措施|及要求)?|工作举措",
        ),
        (
            "other",
            r"备注|地点|活动地点|形式|活动形式|类别|责任人|责任领导|联系人|完成情况|目标要求|工作目标|参加人员|分类|领域",
        ),
    )
)


@dataclass(frozen=True)
class Row:
    """The cells of one row as lines, with the columns that could be told apart."""

    mark: Mark | None
    lines: tuple[Span, ...]
    cells: dict[str, Span]


def column_of(words: str) -> str | None:
    """What a column of this name holds; None for other words."""
    words = re.sub(r"\s", "", words)
    return next((role for role, pattern in _COLUMNS if pattern.fullmatch(words)), None)


def find_tables(text: str, body: list[Span]) -> list[tuple[list[Row], list[Span]]]:
    """Rows of each table, and all its lines with those of the header first. Needs a 序号 column."""
    found, at = [], 0
    while at < len(body):
        columns: list[str] = []
        while at + len(columns) < len(body) and (name := column_of(text[slice(*body[at + len(columns)])])):
            columns.append(name)
        if len(columns) < 3 or columns[0] != "number":
            at += max(1, len(columns))
            continue
        rows, end = _rows(text, body, at + len(columns), columns)
        if rows:
            found.append((rows, body[at:end]))
        at = max(end, at + len(columns))
    return found


def _rows(text: str, body: list[Span], at: int, columns: list[str]) -> tuple[list[Row], int]:
    """Rows begin with a line that is only the next number; the last row ends after as many lines as columns."""
    rows: list[Row] = []
    while at < len(body) and re.fullmatch(r"\d{1,3}", text[slice(*body[at])]):
        number, stop = int(text[slice(*body[at])]), at + 1
        while (
            stop < len(body) and text[slice(*body[stop])] != str(number + 1) and not _leaves(text, body[stop])
        ):
            stop += 1
        last = stop == len(body) or _leaves(text, body[stop])
        if last:
            stop = min(stop, at + len(columns))
        rows.append(_row(text, body[at], tuple(body[at + 1 : stop]), columns[1:]))
        at = stop
    return [r for r in rows if r.lines], at


def _leaves(text: str, line: Span) -> bool:
    mark = mark_at(text, line)
    return mark is not None and mark.kind == "chinese"


def _row(text: str, number: Span, lines: tuple[Span, ...], columns: list[str]) -> Row:
    """Empty cells are blank lines; where those don't count up, columns are told from the left or the right."""
    mark = Mark("row", text[slice(*number)], number, number[1])
    if len(lines) < len(columns):
        placed = _placed(text, number[1] + 1, lines, len(columns))
        cells = {column: span for column, span in zip(columns, placed, strict=False) if span}
    else:
        head = len(lines) - len(columns)
        cells = dict(zip(columns, ((lines[0][0], lines[head][1]), *lines[head + 1 :]), strict=True))
    return Row(mark, lines, cells)


def _placed(text: str, at: int, lines: tuple[Span, ...], width: int) -> list[Span | None]:
    """The row's lines with None for blank ones, if there are as many as columns."""
    raw: list[Span | None] = []
    known = {start: (start, end) for start, end in lines}
    for words in text[at:].split("\n")[:width]:
        start = at + len(words) - len(words.lstrip())
        raw.append(known.get(start) if words.strip() else None)
        at += len(words) + 1
    complete = [span for span in raw if span] == list(lines)
    return raw if complete else list(lines)
