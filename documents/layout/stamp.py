"""核验码 and its QR code, at the foot of the last page: outside the type area, at the inner edge."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from . import geometry as g
from .document import Meta
from .paging import Page


def stamped(pages: list[Page], meta: Meta) -> list[Page]:
    """The same pages without a code."""
    if not meta.mark:
        return pages
    last = pages[-1]
    return [*pages[:-1], replace(last, extras=last.extras + _stamp(meta, pages))]


def _stamp(meta: Meta, pages: Sequence[Page]) -> str:
    """Page numbers stand outside: on an even page at the left."""
    side = "left" if len(pages) % 2 else "right"
    top = g.CODE_TOP - (g.HEIGHT - g.WIDTH if pages[-1].landscape else 0)
    place = f"position:absolute;top:{top:.3f}mm;{side}:"
    code, aside = _code(meta.mark_url, place), g.CODE_SIZE + g.CODE_GAP if meta.mark_url else 0.0
    words = f"核验码 {meta.mark}"
    return (
        f'{code}<p class="song" style="{place}{aside:.3f}mm;font-size:{g.XIAOWU}pt;line-height:{g.CODE_LINE}mm">'
        f"{escape(words)}</p>"
    )


def _code(url: str, place: str) -> str:
    if not url:
        return ""
    import segno

    image = segno.make(url, error="m", micro=False, boost_error=False).svg_data_uri(border=0, svgns=True)
    size = f"width:{g.CODE_SIZE}mm;height:{g.CODE_SIZE}mm"
    return f'<img alt="核验二维码" style="{place}0;{size}" src="{escape(image)}"/>'
