"""The text of the editable version: title, body, tables, closing, annexes."""

from collections.abc import Iterator, Sequence
from typing import Any

from documents.layout import Annex, Document, Meta, Paragraph, Table
from documents.layout import geometry as g
from documents.layout.body import pieces_of
from documents.layout.closing import place_sealed, place_unsealed
from documents.layout.document import Block
from documents.layout.setting import title_lines
from documents.layout.words import Hanging, attached_lines, attendance_lines

from .table import table_elements
from .xml import CELL, LINE, SPACING, Text, paragraph

AIR = CELL // 2
STYLES = {0: "text", 1: "level1", 2: "level2", 3: "level3", 4: "level4"}


def main_elements(document: Document, meta: Meta) -> Iterator[Any]:
    yield title(document.title)
    yield paragraph()
    if document.to:
        yield _body(document.to, first=0)
    yield from blocks(document.blocks, g.WIDTH)
    if document.attached:
        yield paragraph(keep=True)
    yield from map(_hanging, attached_lines(document.attached))
    if document.attendance:
        yield paragraph(keep=True)
    yield from map(_hanging, attendance_lines(document))
    yield from _closing(document, meta)


def _hanging(one: Hanging) -> Any:
    texts = [Text(one.label, "hei", spacing=SPACING)] * bool(one.label) + [Text(one.text, spacing=SPACING)]
    left, first = one.hang * CELL, (one.indent - one.hang) * CELL
    return paragraph(texts, style="text", align="both", left=left, first=first)


def annex_elements(annex: Annex, width: float, *, breaks: bool) -> Iterator[Any]:
    yield _body(annex.label, face="hei", first=0, keep=True, breaks=breaks)
    yield paragraph(keep=True)
    if annex.title:
        yield title(annex.title, width)
        yield paragraph(keep=True, line=LINE if _starts_with_text(annex) else LINE // 2, grid=False)
    yield from blocks(annex.blocks, width)


def _starts_with_text(annex: Annex) -> bool:
    return not annex.blocks or not isinstance(annex.blocks[0], Table)


def blocks(found: Sequence[Block], width: float) -> Iterator[Any]:
    for block in found:
        if isinstance(block, Table):
            yield from [title(block.title, width)] if block.title else []
            yield from table_elements(block, width)
        else:
            yield _paragraph(block)


def title(text: str, width: float = g.WIDTH) -> Any:
    """Its lines end where they do in print, also where an office puts air between 汉字 and figures."""
    said = Text("\n".join(title_lines(text, width=width)), "title", g.ERHAO)
    return paragraph([said], style="title", align="center", left=-AIR, right=-AIR, keep=True)


def _paragraph(block: Paragraph) -> Any:
    texts = [Text(piece.text, piece.face, spacing=SPACING) for piece in pieces_of(block)]
    return paragraph(texts, style=STYLES[block.level], align="both", first=2 * CELL, keep=block.is_heading)


def _body(text: str, *, face: str = "fang", **values: Any) -> Any:
    return paragraph([Text(text, face, spacing=SPACING)], style="text", align="both", **values)


def _closing(document: Document, meta: Meta) -> Iterator[Any]:
    """署名 and date where they are printed; the seal's place stays free: an editable file never bears one."""
    dated = document.printed_date
    sealed = any(meta.seals)
    place = place_sealed if sealed else place_unsealed
    placed = place(document.signed_by, dated) if document.signed_by or dated else []
    for _ in range((g.SEAL_LINES if sealed else 1) * bool(placed)):
        yield paragraph(keep=True)
    for number, (text, right) in enumerate(placed, 1):
        keep = number < len(placed) or bool(document.remarks)
        yield paragraph(
            [Text(text, spacing=SPACING)], style="text", align="right", right=round(right * CELL), keep=keep
        )
    for remark in document.remarks:
        yield _body(remark, first=2 * CELL)
