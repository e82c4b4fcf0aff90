"""What a page measures: lines, grid, margins, page number, rules. For checking, whoever made the PDF."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from operator import attrgetter
from pathlib import Path
from statistics import median, mode
from typing import Any, NamedTuple

from pdfminer.pdfpage import PDFPage

from .glyphs import MM, Glyph, PageContent, Rule, read_pages

PAGE_NUMBER = re.compile(r"[—–-]\s*\d+\s*[—–-]")
SAME_LINE = 0.5  # mm between baselines of one line
ASCENT = 0.88  # of an em, for the baseline of a turned page number
AT_EDGE = 1.5  # mm: a line ends at the edge


class Line(NamedTuple):
    glyphs: list[Glyph]

    @property
    def text(self) -> str:
        """Its characters; a space where nearly half an em is free."""
        found = self.glyphs[0].text
        for before, after in pairwise(self.glyphs):
            gap = after.left - before.right
            found += (" " if gap > before.size * MM * 0.4 else "") + after.text
        return found

    @property
    def left(self) -> float:
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        return max(glyph.right for glyph in self.glyphs)

    @property
    def baseline(self) -> float:
        return self.glyphs[0].baseline

    @property
    def size(self) -> float:
        return mode(round(glyph.size, 1) for glyph in self.glyphs)

    @property
    def places(self) -> float:
        """Ems in steps of a half: a full-width character is one, a half-width one or a squeezed mark a half."""
        steps = [after.left - before.left for before, after in pairwise(self.glyphs)]
        steps.append(self.glyphs[-1].right - self.glyphs[-1].left)
        return sum(round(2 * step / (self.size * MM)) / 2 for step in steps)


def measure(path: Path) -> dict[str, Any]:
    """The whole file by docs/schemas/measure_document.json. Raises ValueError when it is no PDF."""
    pages = [_page(number, content) for number, content in enumerate(read_pages(path), 1)]
    return {
        "file": path.name,
        "pages": pages,
        "fonts": sorted({font for page in pages for font in page["fonts"]}),
        "missing_glyphs": _unique(char for page in pages for char in page["missing_glyphs"]),
    }


def pages_of(path: Path) -> int:
    """How many the file has."""
    with path.open("rb") as file:
        return sum(1 for _ in PDFPage.get_pages(file))


def _page(number: int, content: PageContent) -> dict[str, Any]:
    lines = _lines(glyph for glyph in content.glyphs if glyph.turned == 0)
    turned = _lines(_upright(glyph, content) for glyph in content.glyphs if glyph.turned == 90)
    folio = _folio(reversed(lines), content.width) or _folio(turned, content.height)
    lines = [line for line in lines if not PAGE_NUMBER.fullmatch(line.text)]
    rules = _merged(content.rules)
    upright = not any(rule.bottom - rule.top > rule.right - rule.left for rule in rules)
    full = _full_lines(lines, rules) if upright else []
    rights = [line.right for line in full]
    return {
        "number": number,
        "size": {"width": _mm(content.width), "height": _mm(content.height)},
        "lines": [_line(line) for line in lines],
        "characters_per_line": _places(full),
        "margins": _margins(lines, content),
        "pitch": _pitch(lines),
        "right_edge": _mm(median(rights)) if rights else None,
        "right_edge_spread": _mm(max(rights) - min(rights)) if rights else 0.0,
        "page_number": folio,
        "fonts": sorted({glyph.font for glyph in content.glyphs}),
        "missing_glyphs": _unique(glyph.text for glyph in content.glyphs if glyph.missing),
        "rules": [_rule(rule) for rule in rules],
    }


def _lines(glyphs: Iterable[Glyph]) -> list[Line]:
    """Glyphs of one baseline, left to right; lines from the top."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=attrgetter("baseline", "left")):
        if rows and glyph.baseline - rows[-1][0].baseline < SAME_LINE:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [Line(sorted(row, key=attrgetter("left"))) for row in rows]


def _full_lines(lines: Sequence[Line], rules: Sequence[Rule]) -> list[Line]:
    """Body lines that ended by a break: the next, directly below and not beyond a rule, goes on at the left edge; the
    page's last when it reaches the right."""
    if not lines:
        return []
    size = mode(line.size for line in lines)
    body = [line for line in lines if line.size == size]
    left, right = min(line.left for line in body), max(line.right for line in body)
    below = (_pitch(lines) or 0) * 1.3
    goes_on = [
        line
        for line, after in pairwise(body)
        if after.left - left < AT_EDGE
        and after.baseline - line.baseline < below
        and line.right > (left + right) / 2
        and not any(line.baseline < rule.top < after.baseline for rule in rules)
    ]
    return goes_on + [line for line in body[-1:] if right - line.right < AT_EDGE and len(body) > 1]


def _places(full: Sequence[Line]) -> int:
    """Characters of a full line: of those that are not indented, if there are any."""
    left = min((line.left for line in full), default=0.0)
    counts = [round(line.places) for line in full if line.left - left < AT_EDGE]
    return mode(counts) if counts else 0


def _margins(lines: Sequence[Line], content: PageContent) -> dict[str, float] | None:
    glyphs = [glyph for line in lines for glyph in line.glyphs]
    if not glyphs:
        return None
    return {
        "top": _mm(min(glyph.top for glyph in glyphs)),
        "right": _mm(content.width - max(glyph.right for glyph in glyphs)),
        "bottom": _mm(content.height - max(glyph.bottom for glyph in glyphs)),
        "left": _mm(min(glyph.left for glyph in glyphs)),
    }


def _pitch(lines: Sequence[Line]) -> float | None:
    steps = [after.baseline - before.baseline for before, after in pairwise(lines)]
    return _mm(median(steps)) if steps else None


def _folio(lines: Iterable[Line], width: float) -> dict[str, Any] | None:
    """The page number among the lines, and its place."""
    line = next((line for line in lines if PAGE_NUMBER.fullmatch(line.text)), None)
    if line is None:
        return None
    middle = (line.left + line.right) / 2 - width / 2
    return {
        "text": line.text,
        "side": "center" if abs(middle) < width / 10 else "right" if middle > 0 else "left",
        "left": _mm(line.left),
        "right": _mm(line.right),
        "top": _mm(min(glyph.top for glyph in line.glyphs)),
        "baseline": _mm(line.baseline),
    }


def _upright(glyph: Glyph, content: PageContent) -> Glyph:
    """A glyph of a page that lies, where it is when the page is turned upright."""
    top, bottom = content.width - glyph.right, content.width - glyph.left
    baseline = top + (bottom - top) * ASCENT
    return replace(glyph, left=glyph.top, right=glyph.bottom, top=top, bottom=bottom, baseline=baseline)


def _line(line: Line) -> dict[str, Any]:
    return {
        "text": line.text,
        "characters": len(line.glyphs),
        "left": _mm(line.left),
        "right": _mm(line.right),
        "top": _mm(min(glyph.top for glyph in line.glyphs)),
        "baseline": _mm(line.baseline),
        "size": line.size,
        "color": line.glyphs[0].color,
    }


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Pieces of one horizontal rule, as tables draw them cell by cell, joined."""
    found: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (round(rule.top, 2), round(rule.bottom, 2), rule.left)):
        last = found[-1] if found else None
        if last and _goes_on(last, rule):
            found[-1] = Rule(last.left, max(last.right, rule.right), last.top, last.bottom, last.color)
        else:
            found.append(rule)
    return found


def _goes_on(last: Rule, rule: Rule) -> bool:
    level = abs(last.top - rule.top) < 0.02 and abs(last.bottom - rule.bottom) < 0.02
    flat = rule.right - rule.left > rule.bottom - rule.top
    return level and flat and rule.color == last.color and rule.left - last.right < 0.1


def _rule(rule: Rule) -> dict[str, Any]:
    across, down = rule.right - rule.left, rule.bottom - rule.top
    return {
        "left": _mm(rule.left),
        "right": _mm(rule.right),
        "top": _mm(rule.top),
        "bottom": _mm(rule.bottom),
        "thickness": _mm(min(across, down)),
        "direction": "horizontal" if across >= down else "vertical",
        "color": rule.color,
    }


def _unique(characters: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(characters))


def _mm(value: float) -> float:
    return round(value, 2)
