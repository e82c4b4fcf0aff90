"""A document under a red head: 通知, and in the same dress 通报 报告 请示 意见 函 纪要."""

import base64
from collections.abc import Sequence
from pathlib import Path

from . import geometry as g
from .document import Annex, Block, Document, Meta, Paragraph, Table
from .head import set_head
from .imprint import place_imprint, set_imprint
from .paging import Page, paginate
from .pdf import write_pdf
from .setting import BLANK, Piece, Strip, chinese_date, flush_right, set_paragraph, set_title
from .tables import lies, set_table

FACE_OF_LEVEL = {1: "hei", 2: "kai"}  # 7.3.3; levels 3 and 4 are 仿宋 like the body
LONGEST_LEAD = 40  # characters: "（一）加强组织领导。" is a heading, a sentence of three lines is none
DRAFT = "草稿"


def render_notice(document: Document, meta: Meta, *, draft: bool = False) -> bytes:
    """The PDF of an official document. Raises UndrawableText when a character has no glyph."""
    document = document.with_meta(meta)
    return write_pdf(
        lay_out(document, meta),
        title=document.title,
        author=meta.organ,
        made_on=document.dated,
        watermark=DRAFT if draft else "",
    )


def lay_out(document: Document, meta: Meta) -> list[Page]:
    """All pages, before any engine sees them."""
    head, room_of_head = set_head(meta)
    strips = [*([room_of_head] if room_of_head else []), *_main(document, meta)]
    pages = [Page(page) for page in paginate(strips, g.HEIGHT)]
    pages[0] = Page(pages[0].strips, extras=head)
    for annex in document.annexes:
        pages += _annex(annex)
    return place_imprint(pages, *set_imprint(meta))


def _main(document: Document, meta: Meta) -> list[Strip]:
    addressee = set_paragraph([Piece(document.to)], indent=0) if document.to else []
    text = [*addressee, *_blocks(document.blocks)]
    attached = _attached(document.attached)
    closing = _closing(document, meta)
    if closing:  # 7.3.5.4: never alone on a page
        text, attached = (text, _kept(attached)) if attached else (_kept(text), attached)
    return [*set_title(document.title), BLANK, *text, *attached, *closing]


def _kept(strips: list[Strip]) -> list[Strip]:
    """The last two lines stay with what follows."""
    return [*strips[:-2], *(strip._replace(keep=True) for strip in strips[-2:])]


def _blocks(blocks: Sequence[Block], *, width: float = g.WIDTH, room: float = g.HEIGHT) -> list[Strip]:
    strips: list[Strip] = []
    for block in blocks:
        if isinstance(block, Table):
            strips += [*(set_title(block.title, width=width) if block.title else [])]
            strips += set_table(block, width=width, room=room)
        else:
            strips += set_paragraph(_pieces(block), keep=block.is_heading)
    return strips


def _pieces(paragraph: Paragraph) -> list[Piece]:
    """A heading's face; in a run-in heading only its first sentence has it."""
    text, face = paragraph.text, FACE_OF_LEVEL.get(paragraph.level, "fang")
    end = text.find("。") + 1
    if face == "fang" or not end or end == len(text):
        return [Piece(text, face if not end or end <= LONGEST_LEAD else "fang")]
    return [Piece(text[:end], face), Piece(text[end:])] if end <= LONGEST_LEAD else [Piece(text)]


def _attached(names: tuple[str, ...]) -> list[Strip]:
    """附件说明 (7.3.4): one line below the text, two characters in, continued under the name."""
    strips: list[Strip] = [BLANK._replace(keep=True)] if names else []
    for number, name in enumerate(names, 1):
        label = "附件：" if number == 1 else ""
        order = f"{number}." if len(names) > 1 else ""
        indent = 2 if label else 5
        strips += set_paragraph([Piece(label + order + name)], indent=indent, hang=6 if order else 5)
    return strips


def _closing(document: Document, meta: Meta) -> list[Strip]:
    """署名, 成文日期 (7.3.5) and 附注 (7.3.7)."""
    if not (document.signed_by or document.dated):
        return []
    dated = chinese_date(document.dated) if document.dated else ""
    lines = _sealed(document.signed_by, dated, meta) if meta.seal else _unsealed(document.signed_by, dated)
    gap = g.SEAL_LINES if meta.seal else 1
    remarks = [strip for remark in document.remarks for strip in set_paragraph([Piece(remark)])]
    kept = [Strip(line, keep=True) for line in lines[:-1]]
    return [*[BLANK._replace(keep=True)] * gap, *kept, Strip(lines[-1], keep=bool(remarks)), *remarks]


def _unsealed(names: tuple[str, ...], dated: str) -> list[str]:
    """7.3.5.2: 署名 two characters in; the date begins two characters right of it, or, being longer, it is the one
    that stands two characters in and 署名 gives way."""
    length = len(names[-1]) if names else 0
    wide = sum(0.5 if char.isdigit() else 1 for char in dated)
    free = (
        g.NAME_RIGHT_PLAIN + length - g.DATE_SHIFT_PLAIN - wide
    )  # right of the date when 署名 stands two in
    right = g.NAME_RIGHT_PLAIN + max(0, g.NAME_RIGHT_PLAIN - free)
    lines = [flush_right(name, characters=right) for name in names]
    return [*lines, *([flush_right(dated, characters=max(free, g.NAME_RIGHT_PLAIN))] if dated else [])]


def _sealed(names: tuple[str, ...], dated: str, meta: Meta) -> list[str]:
    """7.3.5.1: the date four characters in, 署名 centred above it, the seal over both, they below its middle."""
    wide = sum(0.5 if char.isdigit() else 1 for char in dated)
    middle = g.DATE_RIGHT_SEALED + wide / 2
    right = [max(0.0, middle - len(name) / 2) for name in names]
    lines = [flush_right(name, characters=at) for name, at in zip(names, right, strict=True)]
    left = g.WIDTH - middle * g.CELL - g.SEAL / 2
    lift = g.SEAL / 2 + g.PITCH * 0.35  # the seal's centre lies above the line between 署名 and date
    image = base64.b64encode(Path(meta.seal).read_bytes()).decode()
    seal = (
        f'<img class="seal" alt="" src="data:image/png;base64,{image}" '
        f'style="left:{left:.3f}mm;margin-top:{-lift:.3f}mm">'
    )
    return [*lines, seal + flush_right(dated, characters=g.DATE_RIGHT_SEALED)]


def _annex(annex: Annex) -> list[Page]:
    """7.3.8: a new page, label top left in 黑体, title on the third line; a lone wide table lies."""
    tables = [block for block in annex.blocks if isinstance(block, Table)]
    lying = len(tables) == 1 and len(annex.blocks) == 1 and lies(tables[0])
    width, room = (g.HEIGHT, g.WIDTH) if lying else (g.WIDTH, g.HEIGHT)
    label = set_paragraph([Piece(annex.label, "hei")], indent=0, keep=True)
    title = [*set_title(annex.title, width=width), Strip("", g.PITCH / 2, keep=True)] if annex.title else []
    if not tables or tables[0] is not annex.blocks[0]:
        title = [*title[:-1], BLANK._replace(keep=True)] if title else []
    strips = [*label, Strip("", keep=True), *title, *_blocks(annex.blocks, width=width, room=room)]
    return [Page(page, landscape=lying) for page in paginate(strips, room)]
