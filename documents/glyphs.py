"""The glyphs and rules of a PDF page, read back from its drawing instructions: independent of what drew them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from pdfminer.cmapdb import IdentityCMap
from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTContainer, LTCurve
from pdfminer.pdffont import PDFCIDFont
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1

MM = 25.4 / 72
THIN = 2.0  # mm: a filled box no thicker is a rule


@dataclass(frozen=True)
class Glyph:
    """A drawn character; mm from the top left, `top` and `bottom` those of its em box, size in points."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    baseline: float
    size: float
    font: str
    color: str
    missing: bool
    turned: int  # degrees clockwise: 0, 90; -1 for any slant


@dataclass(frozen=True)
class Rule:
    left: float
    right: float
    top: float
    bottom: float
    color: str


@dataclass(frozen=True)
class PageContent:
    width: float
    height: float
    glyphs: list[Glyph]
    rules: list[Rule]


class _Fonts(PDFResourceManager):
    """Learns from a font's own encoding which codes it leaves without a glyph."""

    def get_font(self, objid: object, spec: Any) -> Any:
        font = super().get_font(objid, spec)
        encoding = resolve1(spec.get("Encoding"))
        if isinstance(encoding, PDFStream) and isinstance(font, PDFCIDFont):
            pairs = re.findall(rb"<([0-9a-fA-F]{4})>\s+(\d+)", encoding.get_data())
            font.cmap = IdentityCMap(WMode=0)
            font.missing = {int(code, 16) for code, cid in pairs if int(cid) == 0}  # type: ignore[attr-defined]
        return font


class _Device(PDFPageAggregator):
    def render_char(self, *args: Any, **kwargs: Any) -> float:
        """Keeps beside each character whether it has a glyph, and its em before any transformation."""
        advance = super().render_char(*args, **kwargs)
        font, cid = args[1], args[5]
        drawn: Any = self.cur_item._objs[-1]
        drawn.missing = cid == 0 or cid in getattr(font, "missing", ())
        drawn.em = args[2]
        return advance


def read_pages(path: Path) -> list[PageContent]:
    """Every page of the file. Raises ValueError with a sentence when it is no PDF."""
    try:
        with path.open("rb") as file:
            pages = [_content(page) for page in drawn_pages(file)]
    except OSError:
        raise
    except Exception as error:  # a broken file breaks pdfminer in many ways
        raise ValueError(f"{path.name} 不是可读的 PDF：请指定没有损坏、没有加密的 PDF 文件。") from error
    if not pages:
        raise ValueError(f"{path.name} 没有页。")
    return pages


def drawn_pages(file: BinaryIO) -> Iterator[Any]:
    """pdfminer's pages, with everything in the order in which it is drawn."""
    manager = _Fonts()
    device = _Device(manager, laparams=None)
    interpreter = PDFPageInterpreter(manager, device)
    for page in PDFPage.get_pages(file):
        interpreter.process_page(page)
        yield device.get_result()


def _content(page: Any) -> PageContent:
    height = page.height * MM
    items = list(items_of(page))
    glyphs = [_glyph(item, height) for item in items if isinstance(item, LTChar) and item.get_text().strip()]
    rules = [_rule(item, height) for item in items if isinstance(item, LTCurve)]
    thin = [rule for rule in rules if min(rule.right - rule.left, rule.bottom - rule.top) <= THIN]
    return PageContent(page.width * MM, height, glyphs, thin)


def items_of(container: LTContainer) -> Iterator[Any]:
    for item in container:
        yield item
        if isinstance(item, LTContainer) and not isinstance(item, LTChar):
            yield from items_of(item)


def _glyph(item: LTChar, height: float) -> Glyph:
    a, b, c, _, _, baseline = item.matrix
    turned = 0 if abs(b) < 1e-6 and abs(c) < 1e-6 else 90 if abs(a) < 1e-6 and b < 0 else -1
    return Glyph(
        text=item.get_text(),
        left=item.x0 * MM,
        right=item.x1 * MM,
        top=height - item.y1 * MM,
        bottom=height - item.y0 * MM,
        baseline=height - baseline * MM,
        size=item.height if turned == 0 else item.width,
        font=item.fontname,
        color=hex_of(item.graphicstate.ncolor),
        missing=item.missing,  # type: ignore[attr-defined]
        turned=turned,
    )


def _rule(item: LTCurve, height: float) -> Rule:
    """A filled box, or a stroke with its width."""
    color = hex_of(item.non_stroking_color if item.fill else item.stroking_color)
    left, right, top, bottom = item.x0 * MM, item.x1 * MM, height - item.y1 * MM, height - item.y0 * MM
    half = 0.0 if item.fill else item.linewidth * MM / 2
    flat = right - left >= bottom - top
    return Rule(
        left if flat else left - half,
        right if flat else right + half,
        top - half if flat else top,
        bottom + half if flat else bottom,
        color,
    )


def hex_of(color: Any) -> str:
    """#rrggbb of a PDF colour; grey and missing ones too, CMYK by the plain formula."""
    parts = (
        list(color) if isinstance(color, list | tuple) else [color if isinstance(color, int | float) else 0]
    )
    if len(parts) == 4:
        parts = [(1 - part) * (1 - parts[3]) for part in parts[:3]]
    red, green, blue = parts if len(parts) == 3 else [parts[0]] * 3
    return f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"
