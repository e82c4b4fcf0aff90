"""Tables of the editable version: the columns, type and head rows of the printed one."""

from collections.abc import Iterator, Sequence
from typing import Any

from documents.layout import Table
from documents.layout import geometry as g
from documents.layout.cells import Cell, Row
from documents.layout.tables import body_rows, head_rows, ruling_of

from .xml import Text, node, paragraph, rule, twips

OUTER, INNER = g.IMPRINT_OUTER / g.PT, g.TABLE_RULE / g.PT


def table_elements(table: Table, width: float) -> Iterator[Any]:
    ruling = ruling_of(table, width)
    widths = [twips(one) for one in ruling.widths]
    line = twips(ruling.line)
    if table.facts or table.unit:
        yield _small(f"{table.facts}\t{table.unit}", keep=True, tabs=[("right", sum(widths))])
    head, rows = head_rows(table), body_rows(table)
    lines = [
        *(_row(row, widths, ruling.size, line, head=True, below=at > 0) for at, row in enumerate(head)),
        *(_row(row, widths, ruling.size, line) for row in rows),
    ]
    yield node(
        "tbl", _properties(sum(widths)), node("tblGrid", *(node("gridCol", w=one) for one in widths)), *lines
    )
    if table.note:
        yield _small(table.note)


def _small(text: str, **values: Any) -> Any:
    return paragraph([Text(text, size=g.XIAOSI)], line=twips(g.SMALL_PITCH), grid=False, **values)


def _properties(width: int) -> Any:
    sides = [rule(side, points=OUTER) for side in ("top", "left", "bottom", "right")]
    inner = [rule(side, points=INNER) for side in ("insideH", "insideV")]
    pad = {"type": "dxa"}
    margins = [
        node("top", w=twips(g.TABLE_PAD_Y), **pad),
        node("left", w=twips(g.TABLE_PAD_X), **pad),
        node("bottom", w=twips(g.TABLE_PAD_Y), **pad),
        node("right", w=twips(g.TABLE_PAD_X), **pad),
    ]
    return node(
        "tblPr", node("tblW", w=width, type="dxa"), node("jc", val="center"), node("tblBorders", *sides, *inner),
        node("tblLayout", type="fixed"), node("tblCellMar", *margins),
    )  # fmt: skip


def _row(
    row: Row, widths: Sequence[int], size: float, line: int, *, head: bool = False, below: bool = False
) -> Any:
    """`below`: the second of two head rows, where the cells that reach over both go on."""
    cells = {cell.at: cell for cell in row}
    found: list[Any] = []
    at = 0
    while at < len(widths):
        cell = cells.get(at) or Cell(at, "", joined=True)
        found.append(
            _cell(cell, sum(widths[at : at + cell.span]), size, line, goes_on=below and at not in cells)
        )
        at += cell.span
    return node("tr", node("trPr", node("cantSplit"), node("tblHeader") if head else None), *found)


def _cell(cell: Cell, width: int, size: float, line: int, *, goes_on: bool) -> Any:
    merge = node("vMerge", val="restart") if cell.rows > 1 else node("vMerge") if goes_on else None
    open_ = node("tcBorders", rule("top", points=0, kind="nil")) if cell.joined and not goes_on else None
    return node(
        "tc",
        node(
            "tcPr",
            node("tcW", w=width, type="dxa"),
            node("gridSpan", val=cell.span) if cell.span > 1 else None,
            merge,
            open_,
            node("vAlign", val="center"),
        ),
        paragraph(
            [Text(cell.text.replace("\t", " "), cell.face, size)], align=cell.align, line=line, grid=False
        ),
    )
