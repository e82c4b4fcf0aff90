"""A whole official document, of any kind: head, text, closing, annexes, imprint."""

from collections.abc import Sequence
from dataclasses import replace

from . import geometry as g
from .body import kept, set_blocks
from .closing import (
    depth_jointly,
    left_of_seals,
    seal_gap,
    sealed,
    sealed_jointly,
    set_closing,
    signed_lines,
    unsealed,
    wide,
)  # fmt: skip
from .document import Annex, Document, Meta, Paragraph, Table
from .head import set_head
from .imprint import place_imprint, set_imprint
from .kinds import KINDS
from .marks import Head
from .paging import Page, paginate
from .pdf import READING, Finish, write_pdf
from .setting import BLANK, Piece, Strip, beside, from_line, set_paragraph, set_title
from .stamp import stamped
from .tables import TooWide, lies
from .words import Hanging, attached_lines, attendance_lines, head_words, imprint_words

DRAFT = "草稿"
MOST_ATTACHED = 12  # lines of 附件说明 that go to the next page with the text above them
REMARK_INDENT = 2  # characters
MOST_BESIDE = 4  # short lines (填报单位：…) that lie with a wide table


def render_notice(document: Document, meta: Meta, *, draft: bool = False, finish: Finish = READING) -> bytes:
    """The PDF of an official document. Raises UndrawableText when a character has no glyph."""
    document = document.with_meta(meta)
    return write_pdf(
        lay_out(document, meta),
        title=document.title,
        author=meta.organ,
        made_on=document.dated,
        watermark=DRAFT if draft else "",
        finish=finish,
    )


def lay_out(document: Document, meta: Meta) -> list[Page]:
    """All pages, before any engine sees them. Names of 主送 that leave no room for text on the first page (7.3.3) go
    to the imprint (7.3.2), where that makes room."""
    kind, moved = KINDS[meta.kind], ""
    head = set_head(kind, head_words(document, meta))
    pages, told = _main_pages(document, meta, head)
    if document.to and document.blocks and not told:
        shorter, told = _main_pages(replace(document, to=""), meta, head)
        if told:
            pages, moved = shorter, document.to.rstrip("：")
    for annex in document.annexes:
        pages += _annex(annex)
    imprint = set_imprint(imprint_words(document, meta, to=moved), ruled=kind.imprint == "ruled")
    return stamped(place_imprint(pages, imprint), meta)


def _main_pages(document: Document, meta: Meta, head: Head) -> tuple[list[Page], bool]:
    """The pages before the annexes, and whether the first of them shows some text."""
    opening, text = _opening(document, head), _text(document, meta)
    first, *others = paginate([*opening, *text], g.HEIGHT, first=head.room)
    page = Page(first, extras=head.html, numbered=head.numbered)
    return [page, *map(Page, others)], len(first) > len(opening)


def _opening(document: Document, head: Head) -> list[Strip]:
    source = document.source
    addressee = from_line(source.to, set_paragraph([Piece(document.to)], indent=0)) if document.to else []
    above = [Strip("", head.height)] if head.height else []
    return [*above, *from_line(source.title, set_title(document.title)), BLANK, *addressee]


def _text(document: Document, meta: Meta) -> list[Strip]:
    text, source = set_blocks(document.blocks), document.source
    attached = [
        *_hanging(attached_lines(document.attached), source.attached),
        *_hanging(attendance_lines(document), source.attendance),
    ]
    closing = _closing(document, meta)
    if closing and len(attached) <= MOST_ATTACHED:  # 7.3.5: never on a page without text
        text, attached = kept(text), [strip._replace(keep=True) for strip in attached]
    elif closing:
        attached = kept(attached)
    return [*text, *attached, *closing]


def _hanging(lines: Sequence[Hanging], source: Sequence[int]) -> list[Strip]:
    """A line below what stands above."""
    strips: list[Strip] = [BLANK._replace(keep=True)] if lines else []
    for one, number in beside(source, lines):
        pieces = [Piece(one.label, "hei"), Piece(one.text)]
        strips += from_line(number, set_paragraph(pieces, indent=one.indent, hang=one.hang, names=one.names))
    return strips


def _closing(document: Document, meta: Meta) -> list[Strip]:
    """署名, 成文日期 (7.3.5) and 附注 (7.3.7)."""
    below = beside(document.source.remarks, document.remarks)
    remarks = [strip for text, line in below for strip in from_line(line, set_paragraph([Piece(text)]))]
    if not (document.signed_by or document.printed_date):
        return remarks
    return [*_signing(document, meta), *remarks]


def _signing(document: Document, meta: Meta) -> list[Strip]:
    """署名 and date. A seal hangs over the line below it: what would stand under it gives way."""
    dated, source = document.printed_date, document.source
    names, seals = document.signed_by, meta.seals
    signed = [number for name, number in beside(source.signed_by, names) for _ in signed_lines(name)]
    lines, gap, free = unsealed(names, dated), 1, g.WIDTH
    if any(seals) and len(names) == len(seals) > 1:
        lines, gap = sealed_jointly(names, dated, seals), seal_gap(depth_jointly(names))
        signed, free = [0] * (len(lines) - 1), left_of_seals(names, dated, len(seals))
    elif any(seals):
        lines = sealed(names, dated, seals[0])
        gap, free = seal_gap(len(lines) - 1), left_of_seals(names, dated)
    strips = set_closing(lines, gap=gap, more=bool(document.remarks), source=[*signed, source.dated])
    covered = any((REMARK_INDENT + wide(text)) * g.CELL > free for text in document.remarks[:1])
    return [*strips, BLANK._replace(keep=True)] if covered else strips


def annex_lies(annex: Annex) -> bool:
    tables = [block for block in annex.blocks if isinstance(block, Table)]
    beside = [block for block in annex.blocks if isinstance(block, Paragraph)]
    short = len(beside) <= MOST_BESIDE and all(len(block.text) < g.COLUMNS for block in beside)
    return short and any(map(lies, tables))


def _annex(annex: Annex) -> list[Page]:
    """7.3.8: a new page, label top left in 黑体, title on the third line; a wide table lies with the few lines beside it."""
    tables = [block for block in annex.blocks if isinstance(block, Table)]
    lying = annex_lies(annex)
    width, room = (g.HEIGHT, g.WIDTH) if lying else (g.WIDTH, g.HEIGHT)
    label = from_line(annex.line, set_paragraph([Piece(annex.label, "hei")], indent=0, keep=True))
    named = from_line(annex.title_line, set_title(annex.title, width=width)) if annex.title else []
    title = [*named, Strip("", g.PITCH / 2, keep=True)] if named else []
    if not tables or tables[0] is not annex.blocks[0]:
        title = [*title[:-1], BLANK._replace(keep=True)] if title else []
    try:
        blocks = set_blocks(annex.blocks, width=width, room=room)
    except TooWide as error:
        name = annex.label + (f"“{annex.title}”" if annex.title else "")
        raise TooWide(error.table, lying=error.lying, annex=name) from error
    strips = [*label, Strip("", keep=True), *title, *blocks]
    return [Page(page, landscape=lying) for page in paginate(strips, room)]
