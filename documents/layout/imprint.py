"""版记: 抄送, 印发机关 and 印发日期 on the last lines of an even last page (7.4, 7.5)."""

from dataclasses import replace
from datetime import date
from html import escape
from typing import NamedTuple

from documents import fonts

from . import geometry as g
from .breaking import EM, break_lines
from .document import Meta
from .kinds import KINDS
from .paging import HAIR, Page
from .setting import chinese_date, em_room


class TooManyNames(ValueError):
    """主送、抄送的单位太多，版记一页放不下：请改用统称（如“各镇街”），或者另附名单。"""


class Imprint(NamedTuple):
    """`ruled`: on an even page, else (10.1) on whatever page is the last."""

    html: str = ""
    height: float = 0.0
    ruled: bool = True


def set_imprint(meta: Meta, *, to: str = "", printed: date | None = None) -> Imprint:
    """主送 that moved here (7.3.2), 抄送, 印发机关 and date; nothing when none of these is known."""
    ruled = KINDS[meta.kind].imprint == "ruled"
    copies = [*_names("主送：", to), *_names("抄送：", "，".join(meta.cc))]
    printer = meta.printed_by or meta.organ
    issue = _issue(printer, f"{chinese_date(printed)}印发") if ruled and printer and printed else []
    if not copies and not issue:
        return Imprint()
    rules = (2 * g.IMPRINT_OUTER + g.IMPRINT_INNER * bool(copies and issue)) * ruled
    lines = len(copies) + len(issue)
    pitch = min(g.IMPRINT_PITCH, (g.HEIGHT - rules) / lines)
    if pitch < g.IMPRINT_TIGHTEST:
        raise TooManyNames(TooManyNames.__doc__)
    outer = '<div class="outer"></div>' * ruled
    inner = '<div class="inner"></div>' * bool(copies and issue)
    rows = "".join(copies) + inner + "".join(issue)
    html = f'<div class="imprint" style="line-height:{pitch:.3f}mm">{outer}{rows}{outer}</div>'
    return Imprint(html, lines * pitch + rules, ruled)


def _names(label: str, text: str) -> list[str]:
    """7.4.2: continued lines align with the first name; a full stop after the last."""
    if not text:
        return []
    lines = _broken(text.rstrip("。") + "。", ROOM - len(label) * EM)
    return [_row((label if number == 0 else "　" * len(label)) + line) for number, line in enumerate(lines)]


def _issue(printer: str, printed: str) -> list[str]:
    """7.4.3: the office at the left, the date at the right; a very long name takes lines of its own."""
    lines = _broken(printer, ROOM - sum(fonts.advances("fang", printed)) - EM)
    return [*map(_row, lines[:-1]), _row(lines[-1], printed)]


ROOM = em_room(g.WIDTH - 2 * g.FOLIO_IN, g.SIHAO)


def _broken(text: str, room: int) -> list[str]:
    spans = break_lines(text, fonts.advances("fang", text), room=room)
    return [text[span.start : span.end] for span in spans]


def _row(*parts: str) -> str:
    return f"<p>{''.join(f'<span>{escape(part)}</span>' for part in parts)}</p>"


def place_imprint(pages: list[Page], imprint: Imprint) -> list[Page]:
    """On the last page if it is even and has room, else on the next even one; one that follows a blank page bears
    no number, nor does the blank."""
    html, height, ruled = imprint
    if not html:
        return pages
    last = pages[-1]
    even = not ruled or len(pages) % 2 == 0
    if even and not last.landscape and last.used + height + g.IMPRINT_GAP <= g.HEIGHT + HAIR:
        return [*pages[:-1], replace(last, extras=last.extras + html)]
    if ruled and even:
        return [*pages, Page((), numbered=False), Page((), numbered=False, extras=html)]
    return [*pages, Page((), extras=html)]
