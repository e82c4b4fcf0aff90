"""Text to lines and lines to spacing: the whole of what a layout engine would decide, as pure functions.

Lengths are thousandths of an em of the text's own size. On the grid a full-width character takes 1000, so the body's
room is 28 000. Nothing is ever dropped: the spans returned cover the text from end to end.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from .characters import CLOSING, OPENING, clusters, is_latin, joints, may_break

EM = 1000
HALF = EM // 2
LOOSEST = EM * 8  # what a line may lack and still be spread
LOOSE = EM * 3 // 2  # what a line may lack before a piece of the next is divided at its joints


class Span(NamedTuple):
    """One line: text[start:end]; `squeeze` is what its marks give up, `full` says it ends by a break."""

    start: int
    end: int
    squeeze: int
    full: bool


def break_lines(text: str, advances: Sequence[int], *, room: int, indent: int = 0) -> list[Span]:
    """Lines no wider than `room` (the first one less `indent`), marks where GB/T 15834 allows them.

    A line that would come out short by an em or more because of a mark takes the next piece in, when its marks
    can give up enough; else the last piece moves down and the line is spread.
    """
    (ends, weak), sums = _ends(text), [0, *accumulate(advances)]
    spans: list[Span] = []
    start, width = 0, room - indent
    while start < len(text):
        end, squeeze = _one_line(text, advances, sums, ends, start, width)
        if not squeeze and width - _width(text, sums, start, end) > LOOSE:
            end = _divided(text, sums, weak, start, end, width)
        spans.append(Span(start, end, squeeze, end < len(text)))
        start, width = end, room
    return spans


def _ends(text: str) -> tuple[list[int], list[int]]:
    """Offsets at which a line may end, the last the end of the text; and those at which it may if it must."""
    found: list[int] = []
    weak: list[int] = []
    offset = 0
    for piece in clusters(text):
        if offset and may_break(text[offset - 1], text[offset]):
            found.append(offset)
        weak += [offset + joint for joint in joints(piece)]
        offset += len(piece)
    return [*found, len(text)], weak


def _divided(text: str, sums: list[int], weak: list[int], start: int, end: int, room: int) -> int:
    """The last joint after `end` that the line still reaches, else `end`."""
    most = bisect_right(sums, sums[start] + room) - 1
    fits = weak[: bisect_right(weak, most)]
    return max(end, fits[-1]) if fits and end < len(text) else end


def _one_line(
    text: str, advances: Sequence[int], sums: list[int], ends: list[int], start: int, room: int
) -> tuple[int, int]:
    """Where the line from `start` ends, and what its marks give up for that."""
    short = long = 0
    for end in ends[bisect_right(ends, start) :]:
        if _width(text, sums, start, end) <= room:
            short = end
        else:
            long = end
            break
    slack = room - _width(text, sums, start, short) if short else EM
    if long and slack >= EM:
        over = _width(text, sums, start, long) - room
        if over <= sum(give_up(text[start:long], advances[start:long])):
            return long, over
    return (short or _forced(text, sums, start, room)), 0


def _width(text: str, sums: list[int], start: int, end: int) -> int:
    """Spaces at the end of a line hang outside it."""
    while end > start + 1 and text[end - 1] == " ":
        end -= 1
    return sums[end] - sums[start]


def _forced(text: str, sums: list[int], start: int, room: int) -> int:
    """No break is allowed in the room (a long address, a row of marks): as much as goes in, at least one."""
    most = max(start + 1, bisect_right(sums, sums[start] + room) - 1)
    for end in range(most, start + 1, -1):
        if end == len(text) or may_break(text[end - 1], text[end]):
            return end
    return most


def give_up(line: str, advances: Sequence[int]) -> list[int]:
    """What each gap (after character i) can give: half an em after a closing, half before an opening mark."""
    gaps = []
    for i in range(len(line) - 1):
        after = HALF if line[i] in CLOSING and advances[i] == EM else 0
        before = HALF if line[i + 1] in OPENING and advances[i + 1] == EM else 0
        gaps.append(after + before)
    return gaps


def spacing(
    line: str, advances: Sequence[int], *, room: int, squeeze: int = 0, step: float = 1.0
) -> list[float]:
    """Space added after each character so that the line is `room` wide; the last gets none.

    Marks give up `squeeze` first; the rest is spread evenly over the gaps that are not inside a Latin word or a
    number. All are multiples of `step`, what the engine can draw, so the width is right to half a step.
    """
    gaps = [-step * round(part / step) for part in _shares(give_up(line, advances), squeeze)]
    elastic = [i for i in range(len(line) - 1) if not (is_latin(line[i]) and is_latin(line[i + 1]))]
    elastic = elastic or list(range(len(line) - 1))
    if elastic:
        steps = round((room - sum(advances) - sum(gaps)) / step)
        share, rest = divmod(steps, len(elastic))
        for position, i in enumerate(elastic):
            gaps[i] += step * (share + (position < rest))
    return [*gaps, 0.0]


def _shares(able: list[int], squeeze: int) -> list[int]:
    """Every mark gives in proportion to what it has, so that none is pressed alone."""
    parts, left, given = [], squeeze, sum(able)
    for have in able:
        parts.append(-(-left * have // given) if given else 0)
        left, given = left - parts[-1], given - have
    return parts
