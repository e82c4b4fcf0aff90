"""Text to lines and lines to spacing: the whole of what a layout engine would decide, as pure functions.

Lengths are thousandths of an em of the text's own size. On the grid a full-width character takes 1000, so the body's
room is 28 000. Nothing is ever dropped: the spans returned cover the text from end to end.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import NamedTuple

from .characters import CLOSING, OPENING, clusters, is_latin, joints, last_resorts, may_break

EM = 1000
HALF = EM // 2
LOOSE = EM * 3 // 2  # what a line may lack before a piece of the next is divided at its joints
LOOSEST = HALF  # what each of its gaps may be given: else it is divided wherever it can be, or left short


class Span(NamedTuple):
    """One line: text[start:end]; `squeeze` is what its marks give up, `full` says it ends by a break."""

    start: int
    end: int
    squeeze: int
    full: bool


class Ends(NamedTuple):
    """Offsets at which a line may end, the last the end of the text; those at which it may if it must, and those of
    the last resort."""

    good: list[int]
    weak: list[int]
    last: list[int]


def break_lines(
    text: str,
    advances: Sequence[int],
    *,
    room: int,
    indent: int = 0,
    pieces: Callable[[str], list[str]] = clusters,
    presses: bool = True,
) -> list[Span]:
    """Lines no wider than `room` (the first one less `indent`), marks where GB/T 15834 allows them.

    A line that would come out short by an em or more because of a mark takes the next piece in, when its marks
    can give up enough, where whoever draws it `presses` them; else the last piece moves down and the line is spread.
    """
    ends, sums = _ends(text, pieces(text)), [0, *accumulate(advances)]
    soft = advances if presses else [0] * len(text)
    spans: list[Span] = []
    start, width = 0, room - indent
    while start < len(text):
        end, squeeze = _one_line(text, soft, sums, ends.good, start, width)
        if not squeeze and end < len(text):
            end = _filled(text, sums, ends, start, end, width)
        spans.append(Span(start, end, squeeze, end < len(text)))
        start, width = end, room
    return spans


def ragged(
    text: str, advances: Sequence[int], *, room: int, pieces: Callable[[str], list[str]] = clusters
) -> list[str]:
    """Lines of small print, whose right edge is uneven: no mark is pressed."""
    spans = break_lines(text, advances, room=room, pieces=pieces, presses=False)
    return [text[span.start : span.end] for span in spans]


def _ends(text: str, pieces: Sequence[str]) -> Ends:
    ends, offset = Ends([], [], []), 0
    for piece in pieces:
        if offset and may_break(text[offset - 1], text[offset]):
            ends.good.append(offset)
        if len(piece) > 1:
            ends.weak.extend(offset + joint for joint in joints(piece))
            ends.last.extend(offset + joint for joint in last_resorts(piece))
        offset += len(piece)
    ends.good.append(len(text))
    return ends


def _filled(text: str, sums: list[int], ends: Ends, start: int, end: int, room: int) -> int:
    """The line's end, or one within the next piece where it would be too loose."""
    most = bisect_right(sums, sums[start] + room) - 1
    for places, enough in ((ends.weak, LOOSE), (ends.last, room)):
        place = max([end, *places[: bisect_right(places, most)][-1:]])
        if place > end:
            lacks = room - _width(text, sums, start, end)
            if lacks > min(enough, LOOSEST * len(elastic(text[start:end]))):
                end = place
    return end


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
    if places := elastic(line):
        steps = round((room - sum(advances) - sum(gaps)) / step)
        share, rest = divmod(steps, len(places))
        for position, i in enumerate(places):
            gaps[i] += step * (share + (position < rest))
    return [*gaps, 0.0]


def elastic(line: str) -> list[int]:
    """The gaps that a line is spread at: none inside a Latin word or a number, unless there are no others."""
    gaps = range(len(line) - 1)
    return [i for i in gaps if not (is_latin(line[i]) and is_latin(line[i + 1]))] or list(gaps)


def _shares(able: list[int], squeeze: int) -> list[int]:
    """Every mark gives in proportion to what it has, so that none is pressed alone."""
    parts, left, given = [], squeeze, sum(able)
    for have in able:
        parts.append(-(-left * have // given) if given else 0)
        left, given = left - parts[-1], given - have
    return parts
