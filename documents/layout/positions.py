"""Where on the pages each line of the source stands: for the editor, which shows one beside the other."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from . import geometry as g
from .paging import Page


class Place(NamedTuple):
    """A line's part of one page, in millimetres from the paper's upper edge."""

    line: int
    page: int
    top: float
    height: float


def positions(pages: Sequence[Page]) -> list[Place]:
    """By page from top to bottom; a line that runs on has a place on each page it reaches. Of a title on several
    lines the first stands for all."""
    places: list[Place] = []
    for number, page in enumerate(pages, 1):
        for line, top, height in _bands(page):
            last = places[-1] if places else Place(0, 0, 0, 0)
            if (last.line, last.page) == (line, number):
                places[-1] = last._replace(height=top + height - last.top)
            else:
                places.append(Place(line, number, top, height))
    return [place for place in places if place.line]


def _bands(page: Page) -> Iterator[tuple[int, float, float]]:
    top, frame = g.LEFT if page.landscape else g.TOP, None
    for strip in page.strips:
        if strip.frame is not None and strip.frame is not frame:
            yield strip.frame.line, top, strip.frame.height
            top += strip.frame.height
        frame = strip.frame
        yield strip.line, top, strip.height
        top += strip.height
