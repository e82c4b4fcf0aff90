"""Strips to pages, and where the imprint goes: pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .setting import Strip

HAIR = 0.01  # mm, for sums of fractions


@dataclass(frozen=True)
class Page:
    """What stands on one page from the top of the type area down."""

    strips: tuple[Strip, ...]
    landscape: bool = False
    numbered: bool = True
    extras: str = ""  # HTML placed absolutely: head, imprint, seal

    @property
    def used(self) -> float:
        return sum(_cost(self.strips, at, 0) for at in range(len(self.strips)))


def paginate(strips: Iterable[Strip], room: float, *, first: float | None = None) -> list[tuple[Strip, ...]]:
    """Fill pages `room` high (the first one `first`); no page ends with a strip that keeps with the next."""
    waiting, pages = list(strips), []
    space = room if first is None else first
    while waiting:
        page, waiting = _fill(waiting, space)
        if page:
            pages.append(page)
        space = room
    return pages


def _fill(strips: Sequence[Strip], room: float) -> tuple[tuple[Strip, ...], list[Strip]]:
    start = next((i for i, strip in enumerate(strips) if not strip.blank), len(strips))
    end, height = start, 0.0
    while end < len(strips) and height + _cost(strips, end, start) <= room + HAIR:
        height += _cost(strips, end, start)
        end += 1
    end = max(end, min(start + 1, len(strips)))  # a strip taller than the page stands alone
    best = end
    while end < len(strips) and best > start + 1 and strips[best - 1].keep:
        best -= 1
    if start < end < len(strips) and strips[best - 1].keep:
        best = end  # a whole page that keeps together: divide it all the same
    return tuple(strips[start:best]), list(strips[best:])


def _cost(strips: Sequence[Strip], at: int, start: int) -> float:
    """The strip's height, and the table's head where its table begins or goes on from the page before."""
    frame = strips[at].frame
    begins = frame is not None and (at == start or strips[at - 1].frame is not frame)
    return strips[at].height + (frame.height if frame and begins else 0.0)
