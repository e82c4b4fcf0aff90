"""A spreadsheet as another system exports it: a title above the names of the columns, totals below, rows out of sight.

What the file holds and people don't see (hidden rows, formulas, merged cells, other sheets) is told in sentences.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from xml.etree.ElementTree import ParseError, iterparse
from zipfile import ZipFile

from .refusals import Refused
from .tables import MAX_BYTES, MAX_COLUMNS, TOO_LARGE, lines_in, shown_sheet

TOTALS = {"合计", "总计", "小计", "共计", "累计"}
TITLE_LINES = 10  # within them the names of the columns are looked for
TOLD = 8  # places named in a sentence


@dataclass(frozen=True)
class Sheet:
    """`rows`: (number as the spreadsheet counts, values in the order of `head`)."""

    head: list[str]
    rows: list[tuple[int, list[str]]]
    notes: list[str]


@dataclass
class Marks:
    """What a workbook has beside values. `row`: the one that is read; its number may be left out."""

    row: int = 0
    hidden: list[int] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    formulas: int = 0
    empty: list[str] = field(default_factory=list)  # formulas without a result
    merged: list[str] = field(default_factory=list)
    sheet: str = ""
    others: int = 0


def read_sheet(content: bytes, *, most: int) -> Sheet:
    """Refused says what is wrong with the file."""
    if len(content) > MAX_BYTES:
        raise Refused(TOO_LARGE)
    lines = list(
        enumerate(islice(lines_in(content, most + TITLE_LINES, times=True), most + TITLE_LINES + 2), 1)
    )
    marks = _marks(content) if content.startswith(b"PK") else Marks()
    at, head = _head([line for line in lines if line[0] not in set(marks.hidden)])
    shown = [(n, line) for n, line in lines if n > at and any(line) and n not in set(marks.hidden)]
    totals = [n for n, line in shown if next(filter(None, line)) in TOTALS]
    rows = [(n, _fitted(line, len(head))) for n, line in shown if n not in totals]
    if len(rows) > most:
        raise Refused(f"一次最多导入 {most} 行，请分成几个文件。")
    if not rows:
        raise Refused("表格里只有列名，没有内容。")
    return Sheet(_once(head), rows, list(_notes(marks, at, totals)))


def refuse_unseen(content: bytes) -> None:
    """Of a list that is taken as a whole or not at all: what nobody saw in it is not taken."""
    if not content.startswith(b"PK"):
        return
    marks = _marks(content)
    if marks.hidden:
        raise Refused(
            f"第 {_some(marks.hidden)} 行是隐藏的或被筛选掉的。请取消隐藏和筛选，或删去这些行，再上传。"
        )
    if marks.merged:
        raise Refused(
            f"有合并的单元格（{_some(marks.merged)}），只有左上角有内容。请取消合并，每格都填上，再上传。"
        )
    if marks.empty:
        raise Refused(
            f"公式 {_some(marks.empty)} 没有结果。请在表格软件里打开、保存一次，或改成数值，再上传。"
        )


def _head(lines: list[tuple[int, list[str]]]) -> tuple[int, list[str]]:
    """The first line with several names; a title above them is one cell alone."""
    said = [(n, line) for n, line in lines[:TITLE_LINES] if any(line)]
    for n, line in said:
        if sum(map(bool, line)) > 1:
            return n, _trimmed(line)
    if said:
        return said[0][0], _trimmed(said[0][1])
    raise Refused("没有找到列名。请在第一行写列名，再上传。")


def _trimmed(line: list[str]) -> list[str]:
    return line[: max((n for n, text in enumerate(line, 1) if text), default=0)]


def _fitted(line: list[str], width: int) -> list[str]:
    return [*line, *[""] * width][:width]


def _once(head: list[str]) -> list[str]:
    """A name that stands twice gets its number; a column without one its place."""
    named: list[str] = []
    for n, text in enumerate(head, 1):
        name = text or f"第 {n} 列"
        named.append(name if name not in named else f"{name}（{n}）")
    return named


# ---- what a workbook has beside values


def _marks(content: bytes) -> Marks:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True)
    sheet, others = shown_sheet(book), len(book.worksheets) - 1
    path = sheet._worksheet_path
    book.close()
    marks = Marks(sheet=sheet.title, others=others)
    with ZipFile(io.BytesIO(content)) as archive, archive.open(path) as part:
        try:
            for _, element in iterparse(part):  # noqa: S314
                _mark(marks, element)
        except (ParseError, ValueError) as error:
            raise Refused("这个文件打不开，不是 .xlsx 表格或已损坏。请另存为 .xlsx 再上传。") from error
    return marks


def _mark(marks: Marks, element: Any) -> None:
    name = element.tag.rpartition("}")[2]
    if name == "c":
        if any(child.tag.endswith("}f") for child in element):
            marks.formulas += 1
            if not any(child.tag.endswith("}v") and child.text for child in element):
                marks.empty.append(element.get("r", ""))
    elif name == "row":
        marks.row = int(element.get("r", marks.row + 1))
        if element.get("hidden") in ("1", "true"):
            marks.hidden.append(marks.row)
        element.clear()
    elif name == "col" and element.get("hidden") in ("1", "true"):
        from openpyxl.utils import get_column_letter

        last = min(int(element.get("max", 0)), MAX_COLUMNS)
        marks.columns += [get_column_letter(n) for n in range(int(element.get("min", 1)), last + 1)]
    elif name == "mergeCell":
        marks.merged.append(element.get("ref", ""))


def _notes(marks: Marks, at: int, totals: list[int]) -> Iterator[str]:
    if at > 1:
        yield f"第 {at} 行是列名，上面的没有读。"
    if hidden := [n for n in marks.hidden if n > at]:
        yield f"隐藏的行（第 {_some(hidden)} 行）没有读入。要导入它们，请先在表格里取消隐藏或筛选。"
    if marks.columns:
        yield f"隐藏的列（{_some(marks.columns)}）照常读入，请核对下面对应的栏目。"
    if marks.formulas:
        yield f"有 {marks.formulas} 处公式，按表格软件算出的结果读入。"
    if marks.empty:
        yield f"公式 {_some(marks.empty)} 没有结果，读成空。请在表格软件里打开、保存一次再上传。"
    if marks.merged:
        yield f"合并的单元格（{_some(marks.merged)}）只有左上角有内容，其余读成空。"
    if totals:
        yield f"合计行（第 {_some(totals)} 行）没有读入。"
    if marks.others > 0:
        yield f"只读了工作表“{marks.sheet}”，另外 {marks.others} 张没有读。"


def _some(places: Iterable[object]) -> str:
    every = [str(one) for one in places]
    more = f" 等 {len(every)} 处" if len(every) > TOLD else ""
    return "、".join(every[:TOLD]) + more
