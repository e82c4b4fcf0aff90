"""What stands on a page and where, in millimetres from the upper left of the type area; and how its HTML says it. Pure."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from documents import fonts

from . import geometry as g
from .setting import STEP

ASCENT = 0.88  # of an em, in every face
HALF = ASCENT - 0.5  # from the middle of a line to its baseline
BLACK = "#000000"


class Run(NamedTuple):
    """Text of one face on one baseline; millimetres from the upper left of the type area."""

    text: str
    face: str
    size: float
    left: float
    base: float
    gap: float = 0.0  # after each character
    squeeze: float = 1.0
    turned: float = 0.0  # degrees, clockwise
    color: str = BLACK


class Bar(NamedTuple):
    left: float
    top: float
    width: float
    height: float
    color: str = BLACK
    stroked: bool = False  # as the rules of tables are: a reader draws a filled one on whole pixels


class Code(NamedTuple):
    """A square of black lines; their coordinates in modules."""

    left: float
    top: float
    side: float
    scale: float
    strokes: tuple[tuple[float, float, float], ...]
    says: str
    color: str = BLACK


class Part(NamedTuple):
    """An element that is said in the structure of the PDF, with what stands in it."""

    tag: str
    inside: "tuple[Part | Run | Bar | Code, ...]" = ()
    span: int = 1  # columns of a cell


class Sheet(NamedTuple):
    """All that stands on a page; `lying`: on its side."""

    part: Part
    lying: bool


class Strange(Exception):
    """Something that is left to the engine."""


Looks = tuple[str, float]  # face and gap
INDENT, GAP = re.compile(r"i\d+"), re.compile(r"g-?\d+")
PLAIN = {"l", "r", *fonts.FACES}


def looks_of(kind: list[str], style: dict[str, str], looks: Looks, size: float) -> Looks:
    face, gap = looks
    for one in kind:
        if one in fonts.FACES:
            face = one
        elif GAP.fullmatch(one):
            gap = int(one[1:]) * STEP / fonts.EM * size
        elif one not in PLAIN and not INDENT.fullmatch(one):
            raise Strange
    if spacing := style.get("letter-spacing"):
        gap = float(spacing.removesuffix("em")) * size
    return face, gap


def runs_of(child: Element, looks: Looks, size: float) -> Iterator[Run]:
    def run(text: str | None, looks: Looks) -> Iterator[Run]:
        if text:
            yield Run(plain(text), looks[0], size, 0.0, 0.0, looks[1])

    yield from run(child.text, looks)
    for span in child:
        if span.tag != "span" or len(span):
            raise Strange
        own = looks_of((span.get("class") or "").split(), style_of(span), looks, size)
        yield from run(span.text, own)
        yield from run(span.tail, looks)


def width_of(run: Run) -> float:
    return sum(fonts.advances(run.face, run.text)) / fonts.EM * run.size + run.gap * len(run.text)


def text_of(child: Element) -> str:
    if len(child):
        raise Strange
    return plain(child.text or "")


def plain(text: str) -> str:
    """A glyph for every character, side by side: nothing that is joined to its neighbour."""
    if SHAPED.search(text):
        raise Strange
    return text


SHAPED = re.compile(
    "[\t\n\u0300-\u036f\u0590-\u1cff\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20ff\u3099\u309a\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]"
)


def style_of(child: Element) -> dict[str, str]:
    pairs = (one.split(":", 1) for one in (child.get("style") or "").split(";") if one)
    return {name.strip(): value.strip() for name, value in pairs}


def length(value: str) -> float:
    return float(value.removesuffix("mm"))


def points(value: str) -> float:
    return float(value.removesuffix("pt")) * g.PT
