"""署名, 成文日期 and 印章 (7.3.5), as lines of the grid; of a joint paper the offices side by side, each under its seal."""

import base64
from collections.abc import Sequence
from pathlib import Path

from documents import fonts

from . import geometry as g
from .breaking import EM
from .seals import check_picture
from .setting import BLANK, Strip, beside, flush_right
from .titles import break_title

Placed = list[tuple[str, float]]  # lines, and how many characters from the right edge they end


def unsealed(names: Sequence[str], dated: str) -> list[str]:
    return [flush_right(text, characters=right) for text, right in place_unsealed(names, dated)]


def place_unsealed(names: Sequence[str], dated: str) -> Placed:
    """7.3.5.2: 署名 two characters in; the date begins two characters right of it, or, being longer, it is the one
    that stands two characters in and 署名 gives way. Several names stand below one another, the shorter centred."""
    names = _lines(names)
    longest = max(map(wide, names), default=0)
    free = (
        g.NAME_RIGHT_PLAIN + longest - g.DATE_SHIFT_PLAIN - wide(dated)
    )  # right of the date when 署名 stands two in
    right = g.NAME_RIGHT_PLAIN + max(0, g.NAME_RIGHT_PLAIN - free)
    placed = [(name, right + (longest - wide(name)) / 2) for name in names]
    return [*placed, *([(dated, max(free, g.NAME_RIGHT_PLAIN))] if dated else [])]


def sealed(names: Sequence[str], dated: str, seal: str = "") -> list[str]:
    lines = [flush_right(text, characters=right) for text, right in place_sealed(names, dated)]
    return [*lines[:-1], _seal(seal, _middle(_lines(names), dated)) + lines[-1]]


def place_sealed(names: Sequence[str], dated: str) -> Placed:
    """7.3.5.1: the date four characters in, 署名 centred above it, the seal over both, they below its middle; without
    a picture of the seal its place stays free for the one of rubber. A very long name moves all to the left."""
    lines = _lines(names)
    middle = _middle(lines, dated)
    return [*((line, middle - wide(line) / 2) for line in lines), (dated, middle - wide(dated) / 2)]


def signed_lines(name: str) -> list[str]:
    """One too long for a line is divided as titles are."""
    return break_title(name, fonts.advances("fang", name), room=g.NAME_LONGEST * EM)


def _lines(names: Sequence[str]) -> list[str]:
    return [line for name in names for line in signed_lines(name)]


def _middle(lines: Sequence[str], dated: str) -> float:
    return max(g.DATE_RIGHT_SEALED + wide(dated) / 2, max(map(wide, lines), default=0) / 2)


def seal_gap(above: int) -> int:
    """Empty lines above that many of 署名, so that the top of the seal is within a line of the text (7.3.5.1)."""
    return max(0, g.SEAL_LINES + 1 - above)


def sealed_jointly(names: Sequence[str], dated: str, seals: Sequence[str]) -> list[str]:
    """7.3.5.1: in the order of the offices, each name under its seal, the last seal over the date too."""
    last = _last_middle(dated)
    rows = [range(at, min(at + g.SEALS_A_ROW, len(names))) for at in range(0, len(names), g.SEALS_A_ROW)]
    lines: list[str] = []
    for number, row in enumerate(rows):
        middles = [last - (row[-1] - at) * g.SEAL_STEP for at in row]
        broken = [_broken(names[at]) for at in row]
        deepest = max(map(len, broken))
        lines += [""] * (4 - deepest if number else 0)  # seals of two rows are five lines apart
        for down in range(deepest):
            parts = [own[down - deepest + len(own)] if down >= deepest - len(own) else "" for own in broken]
            lines.append("".join(map(_centred, parts, middles)) or "")
        images = "".join(
            _seal(seals[at], (g.WIDTH - middle) / g.CELL) for at, middle in zip(row, middles, strict=True)
        )
        lines.append(images + (_centred(dated, last) if number == len(rows) - 1 else ""))
    return [f'<div class="l">{line}</div>' for line in lines]


def left_of_seals(names: Sequence[str], dated: str, count: int = 1) -> float:
    """Millimetres from the left edge that the lowest row of seals leaves free."""
    if count == 1:
        return g.WIDTH - _middle(_lines(names), dated) * g.CELL - g.SEAL / 2
    row = (count - 1) % g.SEALS_A_ROW  # seals left of the last one
    return _last_middle(dated) - row * g.SEAL_STEP - g.SEAL / 2


def _last_middle(dated: str) -> float:
    """Of the rightmost column of joint seals, in millimetres from the left."""
    return g.WIDTH - (g.DATE_RIGHT_SEALED + wide(dated) / 2) * g.CELL


def depth_jointly(names: Sequence[str]) -> int:
    """Lines of 署名 under the first row of seals."""
    return max(len(_broken(name)) for name in names[: g.SEALS_A_ROW])


def _broken(name: str) -> list[str]:
    """A name in the width of its seal's column."""
    return break_title(name, fonts.advances("fang", name), room=int(g.SEAL_STEP / g.CELL) * EM)


def _centred(text: str, middle: float) -> str:
    left = middle - wide(text) * g.CELL / 2
    return (
        f'<div class="at l" style="left:{left:.3f}mm">{flush_right(text, characters=0)}</div>' if text else ""
    )


def _seal(path: str, middle: float) -> str:
    """`middle` characters from the right edge, over the line above the one it is put in."""
    if not path:
        return ""
    left = g.WIDTH - middle * g.CELL - g.SEAL / 2
    lift = g.SEAL / 2 + g.PITCH * g.SEAL_LIFT
    image = base64.b64encode(check_picture(Path(path))).decode()
    return (
        f'<img class="seal" alt="印章" src="data:image/png;base64,{image}" '
        f'style="left:{left:.3f}mm;margin-top:{-lift:.3f}mm"/>'
    )


def wide(text: str) -> float:
    """Characters of the grid that it takes: figures and letters take less than one each."""
    return sum(fonts.advances("fang", text)) / EM


def set_closing(lines: list[str], *, gap: int, more: bool = False, source: Sequence[int] = ()) -> list[Strip]:
    """`gap` empty lines above; `more`: what follows stays with it; `source`: the lines of the text they come from."""
    strips = [Strip(line, keep=True, line=number) for line, number in beside(source, lines)]
    return [*[BLANK._replace(keep=True)] * gap, *strips[:-1], strips[-1]._replace(keep=more)]
