"""版记: 抄送, 印发机关 and 印发日期 on the last lines of an even last page (7.4, 7.5)."""

from html import escape

from documents import fonts

from . import geometry as g
from .breaking import EM, break_lines
from .document import Meta
from .paging import HAIR, Page
from .setting import chinese_date, em_room


def set_imprint(meta: Meta) -> tuple[str, float]:
    """The imprint as HTML and its height; nothing when neither copies nor an issue are known."""
    copies = _copies(meta.cc)
    printer, printed = meta.printed_by or meta.organ, meta.issued_on
    if not copies and not (printer and printed):
        return "", 0.0
    rows = [f"<p><span>{line}</span></p>" for line in copies]
    height = len(rows) * g.IMPRINT_PITCH + 2 * g.IMPRINT_OUTER
    if printer and printed:
        if rows:
            rows.append('<div class="inner"></div>')
            height += g.IMPRINT_INNER
        rows.append(f"<p><span>{escape(printer)}</span><span>{chinese_date(printed)}印发</span></p>")
        height += g.IMPRINT_PITCH
    outer = '<div class="outer"></div>'
    return f'<div class="imprint">{outer}{"".join(rows)}{outer}</div>', height


def _copies(names: tuple[str, ...]) -> list[str]:
    """7.4.2: continued lines align with the first name; a full stop after the last."""
    if not names:
        return []
    text = "，".join(names).rstrip("。") + "。"
    room = em_room(g.WIDTH - 2 * g.FOLIO_IN, g.SIHAO) - 3 * EM
    spans = break_lines(text, fonts.advances("fang", text), room=room)
    lines = [escape(text[span.start : span.end]) for span in spans]
    return ["抄送：" + lines[0], *("　　　" + line for line in lines[1:])]


def place_imprint(pages: list[Page], html: str, height: float) -> list[Page]:
    """On the last page if it is even and has room, else on the next even one; one that follows a blank page bears
    no number, nor does the blank."""
    if not html:
        return pages
    last = pages[-1]
    even = len(pages) % 2 == 0
    if even and not last.landscape and last.used + height + g.IMPRINT_GAP <= g.HEIGHT + HAIR:
        return [*pages[:-1], Page(last.strips, extras=last.extras + html)]
    if even:
        return [*pages, Page((), numbered=False), Page((), numbered=False, extras=html)]
    return [*pages, Page((), extras=html)]
