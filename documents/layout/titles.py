"""A title on several lines: no word torn, the shape a trapezium (GB/T 9704-2012, 7.3.1)."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from itertools import accumulate, pairwise
from pathlib import Path

from .breaking import EM
from .characters import clusters, may_break

# Words that titles of this office are made of; what a general word list misses.
WORDS = Path(__file__).with_name("title_words.txt").read_text().split()
SIZES = range(2, 6)  # of a word
NEVER = 100  # the cost of a break that must not be
MOST_LINES = 12
ANOTHER_LINE = 25  # what a line more than needed costs: less than a torn word
GOOD_AFTER = "的和与及、》”"  # a line may well end here
GOOD_BEFORE = ("《", "“", "关于", "暨")


@cache
def _lexicon() -> dict[int, str]:
    """By their length, two to five characters, one behind the other in order: as a set of words they take 6 MB. pypinyin ships
    a Chinese word list (47 000). Only its words are read: with their readings they take 50 MB."""
    phrases = Path(find_spec("pypinyin").origin).with_name("phrases_dict.json")  # type: ignore[union-attr, arg-type]
    words = {*WORDS, *re.findall(r'"([^"]{2,5})": ?\[', phrases.read_text("utf-8"))}
    return {size: "".join(sorted(word for word in words if len(word) == size)) for size in SIZES}


def _is_word(text: str) -> bool:
    size = len(text)
    words = _lexicon()[size]
    at = size * bisect_left(range(len(words) // size), text, key=lambda n: words[n * size : n * size + size])
    return words.startswith(text, at)


def break_title(title: str, advances: Sequence[int], *, room: int) -> list[str]:
    """The title's lines, each at most `room` wide (thousandths of an em): the cheapest way to divide it,
    else wherever a line is full."""
    sums = [0, *accumulate(advances)]
    if sums[-1] > MOST_LINES * room:  # no title at all
        return list(_full_lines(title, sums, room))
    costs = _costs(title)
    ways: list[tuple[float, list[int]]] = []
    for lines in range(max(1, -(-sums[-1] // room)), len(title) + 1):
        cost, cuts = _best_cuts(title, costs, _shape(sums[-1] / EM, lines), sums, room)
        ways += [(cost + ANOTHER_LINE * lines, cuts)] if cuts else []
        if len(ways) == 2 or (ways and not cuts):
            break
    if ways:
        return [title[a:b] for a, b in pairwise(min(ways)[1])]
    return list(_full_lines(title, sums, room))


def _full_lines(title: str, sums: list[int], room: int) -> Iterator[str]:
    """A word longer than a line, a row of marks."""
    start = 0
    while start < len(title):
        end = max(start + 1, bisect_right(sums, sums[start] + room) - 1)
        yield title[start:end]
        start = end


def _shape(length: float, lines: int) -> list[float]:
    """Lengths to aim at: two lines as a trapezium, more as a rhombus with the widest line in the middle."""
    mean, middle = length / lines, (lines - 1) / 2
    if lines == 2:
        return [mean + 1, mean - 1]
    bulge = [1 - abs(i - middle) / (middle or 1) for i in range(lines)]
    return [mean + 2 * (part - sum(bulge) / lines) for part in bulge]


def _best_cuts(
    title: str, costs: dict[int, int], shape: list[float], sums: list[int], room: int
) -> tuple[float, list[int]]:
    """The least cost and its line ends from 0 to the title's end; none when no line division fits."""
    ways: dict[int, tuple[float, list[int]]] = {0: (0, [0])}
    allowed = [*(i for i in costs if costs[i] < NEVER), len(title)]
    for aim in shape:
        longer: dict[int, tuple[float, list[int]]] = {}
        for start, (cost, cuts) in ways.items():
            for end in allowed[bisect_right(allowed, start) :]:
                width = sums[end] - sums[start]
                if width > room:
                    break
                way = (cost + costs.get(end, 0) + (width / EM - aim) ** 2 / 2, [*cuts, end])
                longer[end] = min(longer.get(end, way), way)
        ways = longer
    return ways.get(len(title), (0, []))


def _costs(title: str) -> dict[int, int]:
    """What a break before each character costs: NEVER forbids, inside a word or a quotation dear."""
    costs = dict.fromkeys(range(1, len(title)), 10)
    offset = 0
    for piece in clusters(title):
        costs |= dict.fromkeys(range(offset + 1, offset + len(piece)), NEVER)
        offset += len(piece)
    for size in SIZES:
        for i in range(len(title) - size + 1):
            if _is_word(title[i : i + size]):
                costs |= {j: max(costs[j], 40) for j in range(i + 1, i + size)}
    depth = 0
    for i in range(1, len(title)):
        depth += (title[i - 1] in "《“（") - (title[i - 1] in "》”）")
        if costs[i] < NEVER:
            costs[i] += 15 * bool(depth)
            costs[i] -= 6 * (title[i - 1] in GOOD_AFTER or title.startswith(GOOD_BEFORE, i))
        if not may_break(title[i - 1], title[i]):
            costs[i] = NEVER
        if title.startswith("的", i):
            costs[i] = max(costs[i], 60)
    return costs
