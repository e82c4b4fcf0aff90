"""What is drawn on a PDF's pages as OFD needs it: runs of text, paths, pictures; millimetres from the top left."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from typing import Any, BinaryIO, NamedTuple

from pdfminer.layout import LTChar, LTCurve, LTImage

from documents.glyphs import MM, drawn_pages, hex_of, items_of

ASCENT = 0.88  # of an em, of all our faces (script/fonts)
APART = 2.0  # ems: characters farther apart are two runs
HAIR = 0.01  # mm


class Box(NamedTuple):
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Run:
    """Characters of one face, size, colour and direction. `matrix` turns or condenses them; `places` are where each
    starts along the run, before that."""

    box: Box
    font: str
    size: float
    color: str
    text: str
    places: tuple[float, ...]
    matrix: tuple[float, ...] | None
    origin: tuple[float, float]  # of the first character on its baseline, within the box


@dataclass(frozen=True)
class Shape:
    box: Box
    data: str  # AbbreviatedData, within the box
    fill: str
    stroke: str
    line: float


@dataclass(frozen=True)
class Picture:
    box: Box
    object: int  # of the PDF


@dataclass(frozen=True)
class Drawing:
    width: float
    height: float
    items: list[Run | Shape | Picture]


def drawings(file: BinaryIO) -> Iterator[Drawing]:
    """Page by page, in the order in which things lie on one another."""
    for page in drawn_pages(file):
        yield Drawing(page.width * MM, page.height * MM, list(_items(page, page.height)))


def _items(page: Any, height: float) -> Iterator[Run | Shape | Picture]:
    waiting: list[LTChar] = []
    for item in items_of(page):
        if isinstance(item, LTChar):
            if waiting and not _goes_on(waiting[-1], item):
                yield _run(waiting, height)
                waiting = []
            waiting.append(item)
            continue
        if waiting:
            yield _run(waiting, height)
            waiting = []
        if isinstance(item, LTCurve) and (item.fill or item.stroke):
            yield _shape(item, height)
        elif isinstance(item, LTImage) and item.stream.objid:
            yield Picture(_box(item, height), item.stream.objid)
    if waiting:
        yield _run(waiting, height)


def _goes_on(last: LTChar, char: LTChar) -> bool:
    """A character beyond the basic plane stands alone: readers count it as two."""
    if len(last.get_text().encode("utf-16-le")) != 2 or len(char.get_text().encode("utf-16-le")) != 2:
        return False
    if _face(last) != _face(char):
        return False
    a, b, _, _, x, y = last.matrix
    along, across = char.matrix[4] - x, char.matrix[5] - y
    unit = hypot(a, b)
    ahead, aside = (along * a + across * b) / unit, (across * a - along * b) / unit
    em = last.em * unit  # type: ignore[attr-defined]
    return abs(aside) * MM < HAIR and 0 < ahead < last.adv * unit + APART * em


def _face(char: LTChar) -> tuple[Any, ...]:
    shape = tuple(round(part, 4) for part in char.matrix[:4])
    return char.fontname, round(char.em, 3), shape, str(char.graphicstate.ncolor)  # type: ignore[attr-defined]


def _run(chars: list[LTChar], height: float) -> Run:
    first, last = chars[0], chars[-1]
    a, b, c, d, x, y = first.matrix
    across, along = hypot(c, d), hypot(a, b)
    size = first.em * across * MM  # type: ignore[attr-defined]
    places = tuple(hypot(char.matrix[4] - x, char.matrix[5] - y) * MM * across / along for char in chars)
    matrix = (a / across, -b / across, -c / across, d / across)
    plain = all(abs(part - same) < 1e-4 for part, same in zip(matrix, (1, 0, 0, 1), strict=True))
    left, baseline = x * MM, (height - y) * MM
    box = Box(left, baseline - ASCENT * size, places[-1] + last.adv * along * MM, size)
    if not plain:
        box = _around([_box(char, height) for char in chars])
    return Run(
        box=box,
        font=first.fontname,
        size=size,
        color=hex_of(first.graphicstate.ncolor),
        text="".join(char.get_text() for char in chars),
        places=places,
        matrix=None if plain else matrix,
        origin=(left - box.left, baseline - box.top),
    )


def _box(item: Any, height: float) -> Box:
    return Box(item.x0 * MM, (height - item.y1) * MM, item.width * MM, item.height * MM)


def _around(boxes: list[Box]) -> Box:
    left, top = min(box.left for box in boxes), min(box.top for box in boxes)
    right, bottom = max(box.left + box.width for box in boxes), max(box.top + box.height for box in boxes)
    return Box(left, top, right - left, bottom - top)


def _shape(item: LTCurve, height: float) -> Shape:
    line = item.linewidth * MM if item.stroke else 0.0
    box = _box(item, height)
    box = Box(box.left - line / 2, box.top - line / 2, box.width + line, box.height + line)
    segments = [(str(segment[0]), segment[1:]) for segment in item.original_path or ()]
    data = [_segment(operator, points, box, height) for operator, points in segments]
    return Shape(
        box,
        " ".join(data),
        hex_of(item.non_stroking_color) if item.fill else "",
        hex_of(item.stroking_color) if item.stroke else "",
        line,
    )


LETTERS = {"m": "M", "l": "L", "c": "B", "h": "C"}


def _segment(operator: str, points: Any, box: Box, height: float) -> str:
    found = [LETTERS[operator]]
    for x, y in points:
        found += [number(x * MM - box.left), number((height - y) * MM - box.top)]
    return " ".join(found)


def steps(places: tuple[float, ...]) -> list[str]:
    """Distances between neighbours; rounded so that they don't add up to an error."""
    rounded = [round(place, 3) for place in places]
    return [number(after - before) for before, after in pairwise(rounded)]


def number(value: float) -> str:
    """Thousandths of a millimetre, no more digits than needed."""
    return f"{value:.3f}".rstrip("0").rstrip(".") if abs(value) >= 0.0005 else "0"
