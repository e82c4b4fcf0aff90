"""执法文书: papers of a case, each part on pages of its own, the numbers of the pages running on.

Their words are people's as typed: what has no glyph is printed by its number, never refused.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from . import geometry as g
from .body import kept, set_blocks
from .closing import seal_gap, sealed, set_closing
from .document import ApprovalForm, Block, Paragraph, Table, Writ
from .fallback import drawable
from .paging import Page, paginate
from .pdf import READING, Finish, write_pdf
from .setting import BLANK, Piece, Strip, flush_right, set_paragraph, set_title, text_width
from .sheets import form_pages

GAP = Strip("", g.PITCH / 2)


def render_writs(
    parts: Sequence[Writ | ApprovalForm], *, title: str, made_on: date | None = None, finish: Finish = READING
) -> bytes:
    pages = [page for part in parts for page in _pages(part)]
    return write_pdf(pages, title=drawable(title), made_on=made_on, finish=finish)


def _pages(part: Writ | ApprovalForm) -> list[Page]:
    return form_pages(part) if isinstance(part, ApprovalForm) else writ_pages(part)


def writ_pages(writ: Writ) -> list[Page]:
    to = set_paragraph([Piece(drawable(writ.to))], indent=0) if writ.to else []
    text = [*to, *(strip for block in writ.blocks for strip in _block(_drawable(block)))]
    closing = _closing(drawable(writ.signed_by), writ.dated)
    strips = [*_head(writ), *(kept(text) if closing else text), *closing]
    return [Page(page) for page in paginate(strips, g.HEIGHT)]


def _block(block: Block) -> list[Strip]:
    """Air below a table."""
    return [*set_blocks([block]), *([GAP] if isinstance(block, Table) else [])]


def _head(writ: Writ) -> list[Strip]:
    organ, name = set_title(drawable(writ.organ)), set_title(drawable(writ.name))
    return [*organ, *name, *_number(drawable(writ.number)), BLANK._replace(keep=True)]


def _number(number: str) -> list[Strip]:
    """At the right edge; one that somebody typed longer than a line runs on."""
    if not number:
        return []
    if text_width(number, "fang", g.SANHAO) > g.WIDTH - g.CELL:
        return set_paragraph([Piece(number)], indent=0, keep=True)
    return [Strip(flush_right(number, characters=0), keep=True)]


def _closing(organ: str, dated: str) -> list[Strip]:
    if not organ:
        return []
    lines = sealed([organ], dated)
    return set_closing(lines, gap=seal_gap(len(lines) - 1))


def _drawable(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text=drawable(block.text))
    assert isinstance(block, Table)
    return replace(
        block,
        rows=tuple(tuple(map(drawable, row)) for row in block.rows),
        facts=drawable(block.facts),
        unit=drawable(block.unit),
        note=drawable(block.note),
    )
