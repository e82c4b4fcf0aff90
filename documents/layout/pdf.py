"""Pages to PDF bytes: the one place that touches WeasyPrint. The same pages give the same bytes."""

import hashlib
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from enum import Enum
from functools import cache
from html import escape
from io import BytesIO
from itertools import groupby
from pathlib import Path
from string import Template
from threading import Lock
from typing import Any, NamedTuple
from xml.etree import ElementTree

from documents import fonts

from . import geometry as g
from .engine import faces, weasyprint
from .paging import Page
from .setting import Strip, spacing_rules


class UndrawableText(ValueError):
    """这些字符没有可用的字形，请改用其他写法。"""

    def __init__(self, characters: str) -> None:
        listed = "、".join(f"{char}（U+{ord(char):04X}）" for char in characters)
        super().__init__(f"这些字符没有可用的字形，请改用其他写法：{listed}")


class Variant(Enum):
    """What a PDF is for. All are tagged; the archive's also say by XMP and output intent what their colours are."""

    READING = None
    ARCHIVE = "pdf/a-2u"
    EXCHANGE = "pdf/a-3u"  # may carry files


class Enclosed(NamedTuple):
    """A file within the PDF: the data that its pages show."""

    name: str
    content: bytes


class Finish(NamedTuple):
    """How pages become a file. Only what is made for exchange encloses any: PDF/A-2 must not."""

    variant: Variant = Variant.READING
    enclosed: tuple[Enclosed, ...] = ()


READING = Finish()

UNKNOWN = date(2000, 1, 1)  # the day of what an undated document encloses

# Pango's objects are shared with the cached fonts; web threads take turns.
_engine = Lock()


def write_pdf(
    pages: Sequence[Page], *, title: str, author: str = "", made_on: date | None = None, watermark: str = "",
    finish: Finish = READING,
) -> bytes:  # fmt: skip
    """`made_on` is the document's own date, never today's: bytes depend on the content alone. A draft, which has a
    watermark, shows 〓 for what no face draws; what is issued is refused."""
    sections = page_sections(pages, watermark)
    stamp = f'<meta name="dcterms.created" content="{made_on}"/>' if made_on else ""
    head = f'<title>{escape(title)}</title><meta name="author" content="{escape(author)}"/>{stamp}'
    if (missing := undrawn(title + "".join(sections))) and not watermark:
        raise UndrawableText(missing)
    drawable = dict.fromkeys(map(ord, missing), fonts.NO_GLYPH)
    sections = [section.translate(drawable) for section in sections]
    return _render(sections, head.translate(drawable), finish, made_on or UNKNOWN)


def undrawn(html: str) -> str:
    """Characters that no face draws. What pictures are made of is no text."""
    return fonts.undrawable(re.sub('src="[^"]*"', "", html))


def page_sections(pages: Sequence[Page], watermark: str = "") -> list[str]:
    """All that stands on each page. A page looks the same whatever others are drawn with it."""
    mark = f'<p class="draft">{escape(watermark)}</p>' if watermark else ""
    return [_section(page, number, mark) for number, page in enumerate(pages, 1)]


def draw_sections(sections: Sequence[str]) -> bytes:
    """A PDF of some pages to look at."""
    return _render(sections, "", READING, UNKNOWN)


def _render(sections: Sequence[str], head: str, finish: Finish, made_on: date) -> bytes:
    identifier = hashlib.sha256("".join([head, *sections]).encode()).digest()[:16]
    enclosed = finish.enclosed if finish.variant is Variant.EXCHANGE else ()
    options: dict[str, Any] = {
        "pdf_identifier": identifier, "pdf_tags": True, "pdf_variant": finish.variant.value,
        "attachments": [_attachment(one, made_on) for one in enclosed],
    }  # fmt: skip
    with _engine:
        return placed(sections, head).write_pdf(**options)


def render(body: str, head: str = "") -> Any:
    """WeasyPrint's document of some HTML."""
    css, font_config = _style()
    return _paper(body, head).render(stylesheets=[css], font_config=font_config)


def _paper(body: str, head: str) -> Any:
    return _paper_class()(f'<html lang="zh-CN"><head>{head}</head><body>{body}</body></html>')


def _unset(head: str) -> Any:
    """A document that has no pages yet."""
    paper = _paper("", head)
    from weasyprint.document import Document, DocumentMetadata
    from weasyprint.html import get_html_metadata

    return Document(
        [], DocumentMetadata(**get_html_metadata(paper)), paper.url_fetcher, _style()[1], {}, None
    )


def placed(sections: Sequence[str], head: str = "") -> Any:
    """A document whose pages are drawn by us, or set by WeasyPrint where `place` doesn't know all of one."""
    from .drawing import Placed
    from .placing import place

    known = [place(section) for section in sections]
    strange = [section for section, part in zip(sections, known, strict=True) if part is None]
    document = render("".join(strange), head) if strange else _unset(head)
    others = iter(document.pages)
    return document.copy([Placed(part) if part else next(others) for part in known])


def saved(pdf: Any) -> bytes:
    """What pikepdf put together: the same parts give the same bytes."""
    from pikepdf import ObjectStreamMode

    file, streams = BytesIO(), ObjectStreamMode.generate
    pdf.save(file, min_version="1.7", object_stream_mode=streams, deterministic_id=True)
    return file.getvalue()


def _attachment(one: Enclosed, made_on: date) -> Any:
    at = datetime.combine(made_on, time(), UTC)
    return weasyprint().Attachment(
        file_obj=BytesIO(one.content), name=one.name, created=at, modified=at, relationship="Source"
    )


@cache
def _paper_class() -> Any:
    """Ours is well-formed XML, whose parser is in C: the one for HTML takes a tenth of a document's time."""
    html: Any = weasyprint().HTML
    from cssselect2 import ElementWrapper
    from weasyprint.urls import URLFetcher

    class Paper(html):
        def __init__(self, text: str) -> None:
            self.base_url, self.url_fetcher, self.media_type = None, URLFetcher(), "print"
            root = ElementTree.fromstring(text)  # noqa: S314  our own pages
            self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
            self.etree_element = root

    return Paper


@cache
def _style() -> tuple[Any, Any]:
    """Stylesheet and fonts, read once a process: reading them costs more than a page."""
    fonts.manifest()  # says what to do when the fonts are missing
    font_config = faces()
    sheet = Template(Path(__file__).with_name("paper.css").read_text()).substitute(_numbers())
    return weasyprint().CSS(string=sheet + spacing_rules(), font_config=font_config), font_config


def _numbers() -> dict[str, object]:
    """What paper.css calls by name, in millimetres or points."""
    folio_top = g.FOLIO_TOP - g.TOP - g.DASH_TOP * g.SIHAO * g.PT
    return {face: fonts.stack(face) for face in fonts.FACES} | {
        "page_width": g.PAGE_WIDTH,
        "page_height": g.PAGE_HEIGHT,
        "top": g.TOP,
        "left": g.LEFT,
        "right_margin": g.PAGE_WIDTH - g.RIGHT,
        "lying_left": g.PAGE_HEIGHT - g.BOTTOM,
        "width": g.WIDTH,
        "height": g.HEIGHT,
        "body": g.SANHAO,
        "title_size": g.ERHAO,
        "small": g.XIAOSI,
        "small_pitch": g.SMALL_PITCH,
        "pitch": f"{g.PITCH:.5f}",
        "cell": f"{g.CELL:.4f}",
        "red": g.RED,
        "rule": g.RULE_THICKNESS,
        "folio_top": f"{folio_top:.3f}",
        "folio_size": g.SIHAO,
        "folio_in": f"{g.FOLIO_IN:.3f}",
        "lying_folio": f"{-(folio_top - g.HEIGHT):.3f}",
        "lying_odd": f"{g.WIDTH - g.FOLIO_IN - 40:.3f}",
        "imprint_pitch": g.IMPRINT_PITCH,
        "outer": g.IMPRINT_OUTER,
        "inner": g.IMPRINT_INNER,
        "seal": g.SEAL,
        "hand": g.HAND,
        "hand_width": g.HAND_WIDTH,
        "table_rule": g.TABLE_RULE,
        "pad_x": g.TABLE_PAD_X,
        "pad_y": g.TABLE_PAD_Y,
        "draft_top": f"{g.DRAFT_TOP:.0%}",
        "draft_size": g.DRAFT_SIZE,
        "draft_turn": g.DRAFT_TURN,
        "draft_color": g.DRAFT_COLOR,
    }


def _section(page: Page, number: int, mark: str) -> str:
    side = "odd" if number % 2 else "even"
    folio = f'<p class="folio {side}">— {number} —</p>' if page.numbered else ""
    turned = ' class="lying"' if page.landscape else ""
    return f"<section{turned}>{mark}{page.extras}{_strips(page.strips)}{folio}</section>"


def _strips(strips: Sequence[Strip]) -> str:
    html = []
    for frame, group in groupby(strips, key=lambda strip: strip.frame):
        if frame:
            html.append(f"{frame.opening}<tbody>{''.join(strip.html for strip in group)}</tbody></table>")
        else:
            html += [strip.html or f'<div style="height:{strip.height:.3f}mm"></div>' for strip in group]
    return "".join(html)
