"""版记: 抄送, 印发机关 and 印发日期 on the last lines of an even last page (7.4, 7.5)."""

from dataclasses import replace
from html import escape
from typing import NamedTuple

from documents import fonts

from . import geometry as g
from .breaking import EM, ragged
from .characters import listed
from .paging import HAIR, Page
from .setting import em_room
from .words import ImprintWords


class Imprint(NamedTuple):
    """Its pages, mostly one, and the height of the first; `ruled`: it ends on an even page, else (10.1) on whatever is
    the last."""

    sheets: tuple[str, ...] = ()
    height: float = 0.0
    ruled: bool = True


def set_imprint(words: ImprintWords, *, ruled: bool) -> Imprint:
    """Nothing when it has no words. More names than a page takes begin on the page before."""
    copies = [_row(line) for label, names in words.names for line in name_lines(label, names)]
    issue = _issue(words.printer, words.printed) if words.printer else []
    if not copies and not issue:
        return Imprint()
    above = max(0, len(copies) + len(issue) - MOST)
    outer, inner = '<div class="outer"></div>' * ruled, '<div class="inner"></div>'
    parts = [copies[at : min(at + MOST, above)] for at in range(0, above, MOST)]
    sheets = [
        f'<div class="imprint">{outer if at == 0 else ""}{"".join(part)}</div>'
        for at, part in enumerate(parts)
    ]
    last = "".join(copies[above:]) + inner * bool(copies and issue) + "".join(issue)
    sheets.append(f'<div class="imprint">{"" if parts else outer}{last}{outer}</div>')
    rules = (2 * g.IMPRINT_OUTER + g.IMPRINT_INNER * bool(copies and issue)) * ruled
    return Imprint(tuple(sheets), (len(copies) + len(issue)) * g.IMPRINT_PITCH + rules, ruled)


MOST = int((g.HEIGHT - 2 * g.IMPRINT_OUTER - g.IMPRINT_INNER) / g.IMPRINT_PITCH)  # lines of a page


def name_lines(label: str, names: str) -> list[str]:
    """7.4.2: continued lines align with the first name; none is divided where it fits on a line."""
    lines = ragged(names, fonts.advances("fang", names), room=ROOM - len(label) * EM, pieces=listed)
    return [("　" * len(label) if number else label) + line for number, line in enumerate(lines)]


def _issue(printer: str, printed: str) -> list[str]:
    """7.4.3: the office at the left, the date at the right; a very long name takes lines of its own."""
    room = ROOM - sum(fonts.advances("fang", printed)) - EM
    lines = ragged(printer, fonts.advances("fang", printer), room=room)
    return [*map(_row, lines[:-1]), _row(lines[-1], printed)]


ROOM = em_room(g.WIDTH - 2 * g.FOLIO_IN, g.SIHAO)


def _row(*parts: str) -> str:
    return f"<p>{''.join(f'<span>{escape(part)}</span>' for part in parts)}</p>"


def place_imprint(pages: list[Page], imprint: Imprint) -> list[Page]:
    """On the last page if it is even and has room, else on the next even one; one that follows a blank page bears
    no number, nor does the blank."""
    sheets, height, ruled = imprint
    if not sheets:
        return pages
    last = pages[-1]
    odd = (len(pages) + len(sheets) - 1) % 2
    if len(sheets) > 1:
        blank = [Page((), numbered=False)] if ruled and not odd else []
        return [*pages, *blank, *(Page((), numbered=not blank, extras=sheet) for sheet in sheets)]
    fits = not last.landscape and last.used + height + g.IMPRINT_GAP <= g.HEIGHT + HAIR
    if fits and not (ruled and odd):
        return [*pages[:-1], replace(last, extras=last.extras + sheets[0])]
    if ruled and not odd:
        return [*pages, Page((), numbered=False), Page((), numbered=False, extras=sheets[0])]
    return [*pages, Page((), extras=sheets[0])]
