"""What stands below a document's head, whatever the head is: text with its tables, then 署名 and date."""

import base64
from collections.abc import Sequence
from pathlib import Path

from . import geometry as g
from .document import Block, Paragraph, Table
from .setting import BLANK, Piece, Strip, flush_right, from_line, set_paragraph, set_title
from .tables import set_table

FACE_OF_LEVEL = {1: "hei", 2: "kai"}  # 7.3.3; levels 3 and 4 are 仿宋 like the body
LONGEST_LEAD = 40  # characters: "（一）加强组织领导。" is a heading, a sentence of three lines is none


def kept(strips: list[Strip]) -> list[Strip]:
    """The last two lines stay with what follows."""
    return [*strips[:-2], *(strip._replace(keep=True) for strip in strips[-2:])]


def set_blocks(blocks: Sequence[Block], *, width: float = g.WIDTH, room: float = g.HEIGHT) -> list[Strip]:
    strips: list[Strip] = []
    for block in blocks:
        if isinstance(block, Table):
            strips += [*(set_title(block.title, width=width) if block.title else [])]
            strips += set_table(block, width=width, room=room)
        else:
            strips += from_line(block.line, set_paragraph(_pieces(block), keep=block.is_heading))
    return strips


def _pieces(paragraph: Paragraph) -> list[Piece]:
    """A heading's face; in a run-in heading only its first sentence has it."""
    text, face = paragraph.text, FACE_OF_LEVEL.get(paragraph.level, "fang")
    end = text.find("。") + 1
    if face == "fang" or not end or end == len(text):
        return [Piece(text, face if not end or end <= LONGEST_LEAD else "fang")]
    return [Piece(text[:end], face), Piece(text[end:])] if end <= LONGEST_LEAD else [Piece(text)]


def unsealed(names: tuple[str, ...], dated: str) -> list[str]:
    """7.3.5.2: 署名 two characters in; the date begins two characters right of it, or, being longer, it is the one
    that stands two characters in and 署名 gives way."""
    length = len(names[-1]) if names else 0
    free = (
        g.NAME_RIGHT_PLAIN + length - g.DATE_SHIFT_PLAIN - _wide(dated)
    )  # right of the date when 署名 stands two in
    right = g.NAME_RIGHT_PLAIN + max(0, g.NAME_RIGHT_PLAIN - free)
    lines = [flush_right(name, characters=right) for name in names]
    return [*lines, *([flush_right(dated, characters=max(free, g.NAME_RIGHT_PLAIN))] if dated else [])]


def sealed(names: tuple[str, ...], dated: str, seal: str = "") -> list[str]:
    """7.3.5.1: the date four characters in, 署名 centred above it, the seal over both, they below its middle; without
    a picture of the seal its place stays free for the one of rubber."""
    middle = g.DATE_RIGHT_SEALED + _wide(dated) / 2
    right = [max(0.0, middle - len(name) / 2) for name in names]
    lines = [flush_right(name, characters=at) for name, at in zip(names, right, strict=True)]
    return [*lines, _seal(seal, middle) + flush_right(dated, characters=g.DATE_RIGHT_SEALED)]


def _seal(path: str, middle: float) -> str:
    if not path:
        return ""
    left = g.WIDTH - middle * g.CELL - g.SEAL / 2
    lift = g.SEAL / 2 + g.PITCH * 0.35  # the seal's centre lies above the line between 署名 and date
    image = base64.b64encode(Path(path).read_bytes()).decode()
    return (
        f'<img class="seal" alt="" src="data:image/png;base64,{image}" '
        f'style="left:{left:.3f}mm;margin-top:{-lift:.3f}mm">'
    )


def _wide(dated: str) -> float:
    return sum(0.5 if char.isdigit() else 1 for char in dated)


def set_closing(lines: list[str], *, gap: int, more: bool = False, source: Sequence[int] = ()) -> list[Strip]:
    """`gap` empty lines above; `more`: what follows stays with it; `source`: the lines of the text they come from."""
    numbers = [*source, *[0] * len(lines)]
    strips = [Strip(line, keep=True, line=number) for line, number in zip(lines, numbers, strict=False)]
    return [*[BLANK._replace(keep=True)] * gap, *strips[:-1], strips[-1]._replace(keep=more)]
