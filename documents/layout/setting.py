"""Lines of the grid as HTML: one block a line, its spacing decided, nothing left to the engine."""

from collections import Counter
from collections.abc import Sequence
from html import escape
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple, TypeVar

from documents import fonts

from . import geometry as g
from .breaking import EM, LOOSEST, break_lines, elastic, ragged, spacing
from .characters import clusters, listed
from .titles import break_title

T = TypeVar("T")
# WeasyPrint 70 draws half of a letter-spacing exactly and cuts the rest to whole thousandths of an em (Pango gives
# 1024 units a pixel): only multiples of this are drawn as they are laid out.
STEP = 1000 / 488
LOOSEST_NAMES = EM // 4  # what each gap of a list of names may be given before its line is left short
MOST_STEPS = 260  # half an em and a little: nearly every line
GRID_GAP = STEP * round((g.CELL / g.BODY - 1) * EM / STEP)  # between characters that are not spread


class Piece(NamedTuple):
    """Text in one face."""

    text: str
    face: str = "fang"


class Frame(NamedTuple):
    """What surrounds the rows of a table on every page it reaches: the opening with its head, and their height."""

    opening: str
    height: float
    line: int = 0  # of the source


class Strip(NamedTuple):
    """A horizontal band of the type area. `keep`: never the last of its page; `blank`: dropped at its top.

    Strips with a `frame` are table rows; neighbours of one frame make one table.
    """

    html: str
    height: float = g.PITCH
    keep: bool = False
    blank: bool = False
    frame: Frame | None = None
    line: int = 0  # of the source; 0 for what no line of the text says


BLANK = Strip("", blank=True)


def from_line(line: int, strips: list[Strip]) -> list[Strip]:
    """Strips that say which line of the source they come from."""
    return [strip._replace(line=line) for strip in strips]


def em_room(width: float, size: float) -> int:
    """Thousandths of an em of `size` points in `width` millimetres."""
    return round(width / (size * g.PT) * EM)


def set_paragraph(
    pieces: Sequence[Piece],
    *,
    indent: int = 2,
    hang: int = 0,
    keep: bool = False,
    names: bool = False,
) -> list[Strip]:
    """A body paragraph on the 28 × 22 grid, indents in characters: the first line, the others.
    `names`: a list of them, none of which is divided."""
    text = "".join(piece.text for piece in pieces)
    faces = [piece.face for piece in pieces for _ in piece.text]
    advances = [fonts.advance(face, char) for face, char in zip(faces, text, strict=True)]
    room, parts = (g.COLUMNS - hang) * EM, listed if names else clusters
    loosest = LOOSEST_NAMES if names else LOOSEST
    strips = []
    for number, span in enumerate(
        break_lines(text, advances, room=room, indent=(indent - hang) * EM, pieces=parts)
    ):
        left = hang if number else indent
        line = text[span.start : span.end]
        line = line.rstrip(" ") if span.full else line
        own = advances[span.start :][: len(line)]
        gaps = [GRID_GAP] * len(line)
        lacks = (g.COLUMNS - left) * EM - sum(own)
        if span.squeeze or not lacks or (span.full and lacks <= loosest * len(elastic(line))):
            width = em_room((g.COLUMNS - left) * g.CELL, g.SANHAO)
            gaps = spacing(line, own, room=width, squeeze=span.squeeze, step=STEP)
        strips.append(Strip(set_line(line, faces[span.start :], gaps, left=left), keep=keep))
    return strips


def set_line(text: str, faces: Sequence[str], gaps: list[float], *, left: float) -> str:
    """A line of the grid. Its most frequent face and spacing belong to the paragraph, which spares most spans."""
    marks = Counter(zip(faces, gaps, strict=False)).most_common(1)
    face, gap = marks[0][0] if marks else ("fang", 0)
    gaps[-1:] = gaps[-2:-1] or gaps[-1:]  # the last one shows nowhere
    body = runs(text, faces, gaps, plain=(face, gap))
    indented = f" i{left}" if left else ""
    return f"<p {_looks(f'l {face}{indented}', gap)}>{body}</p>"


def runs(
    text: str, faces: Sequence[str], gaps: Sequence[float], *, plain: tuple[str, float] | None = None
) -> str:
    """Spans of one face and one spacing; text that is `plain` already needs none."""
    html = []
    for mark, group in groupby(zip(faces, gaps, text, strict=False), key=itemgetter(0, 1)):
        part = escape("".join(char for _, _, char in group))
        html.append(part if mark == plain else f"<span {_looks(*mark)}>{part}</span>")
    return "".join(html)


def _looks(classes: str, gap: float) -> str:
    """Attributes of a line or a run. What has classes alone shares with its like what the engine computes of them."""
    step = round(gap / STEP)
    if abs(step) > MOST_STEPS:
        return f'class="{classes}" style="{_spacing(step)}"'
    return f'class="{classes} g{step}"'


def spacing_rules() -> str:
    """A rule for every class that `_looks` and the indents give."""
    gaps = (f".g{step} {{ {_spacing(step)} }}" for step in range(-MOST_STEPS, MOST_STEPS + 1))
    indents = (f".i{n} {{ padding-left: {n * g.CELL:.3f}mm }}" for n in range(1, g.COLUMNS))
    return "\n".join([*gaps, *indents])


def _spacing(step: int) -> str:
    """A hair more than the step, so that cutting never falls one short."""
    hair = 0.05 if step > 0 else -0.05 if step else 0
    return f"letter-spacing:{(step * STEP + hair) / EM:.7f}em"


def set_title(title: str, *, width: float = g.WIDTH) -> list[Strip]:
    """2号 小标宋, centred; stays with what follows."""
    lines = title_lines(title, width=width)
    return [Strip(f'<p class="title">{escape(line)}</p>', keep=True) for line in lines]


def title_lines(title: str, *, width: float = g.WIDTH) -> list[str]:
    """A little narrower than the type area."""
    return break_title(title, fonts.advances("title", title), room=em_room(width, g.ERHAO) - EM)


def beside(source: Sequence[int], lines: Sequence[T]) -> list[tuple[T, int]]:
    """Lines with those of the text that they come from; 0 for what comes from none."""
    return list(zip(lines, [*source, *[0] * len(lines)], strict=False))


def set_small(text: str, *, width: float) -> list[Strip]:
    """Small print beside tables, ragged right."""
    lines = ragged(text, fonts.advances("fang", text), room=em_room(width, g.XIAOSI))
    return [Strip(f'<p class="small fang">{escape(line)}</p>', g.SMALL_PITCH) for line in lines]


def flush_right(text: str, *, characters: float) -> str:
    """A short line that ends `characters` from the right edge (署名, 成文日期)."""
    gaps = [*[GRID_GAP] * (len(text) - 1), 0]
    body = runs(text, ["fang"] * len(text), gaps)
    return f'<p class="l r fang" style="padding-right:{characters * g.CELL:.3f}mm">{body}</p>'


def text_width(text: str, face: str, size: float) -> float:
    """Millimetres of a text set without spacing."""
    return sum(fonts.advances(face, text)) / EM * size * g.PT
