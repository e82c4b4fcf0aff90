"""What the editor shows beside a text: pages as pictures with the place of every line, and advice."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

from documents import fonts
from documents.layout import (
    DRAFT,
    UNSETTABLE,
    Meta,
    Place,
    lay_out,
    page_sections,
    parse,
    positions,
)
from documents.layout import geometry as g
from documents.layout.paging import Page

from .advice import Advice, advise
from .pictures import DPI, pictures_of
from .tidying import tidy

SHOWN = 5  # pages at once, those around the line that is written on
TOLD = 40  # pieces of advice at once


@dataclass(frozen=True)
class Shown:
    """One page; `places` as JSON: [[line, top, height]], in thousandths of the page's height."""

    number: int
    digest: str
    words: str
    places: str
    landscape: bool

    @property
    def size(self) -> tuple[int, int]:
        """Of the picture in pixels."""
        width, height = (round(mm / 25.4 * DPI) for mm in (g.PAGE_WIDTH, g.PAGE_HEIGHT))
        return (height, width) if self.landscape else (width, height)


@dataclass(frozen=True)
class Preview:
    """`problem` says why there is no page."""

    pages: tuple[Shown, ...] = ()
    count: int = 0
    advice: tuple[Advice, ...] = ()
    notes: tuple[str, ...] = ()
    problem: str = ""
    text: str = ""

    @property
    def told(self) -> list[tuple[Advice, str]]:
        """The first of them, each with the words it is about."""
        lines = self.text.split("\n")
        return [(one, lines[one.line - 1][one.start : one.end]) for one in self.advice[:TOLD]]

    @property
    def fixes(self) -> int:
        return sum(one.fix is not None for one in self.advice)

    @property
    def before(self) -> int:
        """A page before those shown; 0 where there is none."""
        return max(0, self.pages[0].number - SHOWN // 2 - 1) if self.pages and self.pages[0].number > 1 else 0

    @property
    def after(self) -> int:
        last = self.pages[-1].number if self.pages else 0
        return min(self.count, last + SHOWN // 2 + 1) if last < self.count else 0


def preview(
    text: str, meta: Meta, *, today: dt.date, files: Sequence[str] = (), line: int = 1, page: int = 0
) -> Preview:
    """The pages around a line of the text, or around a page."""
    text, notes = tidy(text)
    advice = tuple(advise(text, meta, today=today, files=files))
    try:
        pages = lay_out(*_drawable(text, meta))
        shown = _shown(pages, line, page)
    except UNSETTABLE as error:
        return Preview(advice=advice, notes=notes, problem=str(error), text=text)
    return Preview(shown, len(pages), advice, notes, text=text)


def _drawable(text: str, meta: Meta):  # type: ignore[no-untyped-def]
    for char in fonts.undrawable(text):
        text = text.replace(char, fonts.NO_GLYPH)
    return parse(text).with_meta(meta), meta


def _shown(pages: Sequence[Page], line: int, page: int) -> tuple[Shown, ...]:
    places, sections = positions(pages), page_sections(pages, DRAFT)
    middle = min(max(page or _page_of(places, line), 1), len(pages))
    first = max(0, min(middle - 1 - SHOWN // 2, len(pages) - SHOWN))
    digests = pictures_of(sections[first : first + SHOWN])
    return tuple(
        Shown(
            number,
            digest,
            words_of(sections[number - 1]),
            _places(places, number, pages[number - 1]),
            pages[number - 1].landscape,
        )
        for number, digest in enumerate(digests, first + 1)
    )


def _page_of(places: Sequence[Place], line: int) -> int:
    """Where a line begins; one without a place of its own belongs to the one above."""
    return next((place.page for place in reversed(places) if place.line <= line), 1) if places else 1


def _places(places: Sequence[Place], number: int, page: Page) -> str:
    height = g.PAGE_WIDTH if page.landscape else g.PAGE_HEIGHT
    found = [place for place in places if place.page == number]
    return json.dumps(
        [[p.line, round(p.top / height * 1000), round(p.height / height * 1000)] for p in found],
        separators=(",", ":"),
    )


def words_of(section: str) -> str:
    """What a page says, for who can't see its picture."""
    lines = re.sub(r"</(?:p|h1|tr|td)>", " ", section)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", lines)).split())
