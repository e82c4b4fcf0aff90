"""What stands below a document's head, whatever the head is: text with its tables."""

from collections.abc import Sequence

from . import geometry as g
from .document import Block, Paragraph, Table
from .setting import Piece, Strip, from_line, set_paragraph, set_title
from .tables import set_table

FACE_OF_LEVEL = {1: "hei", 2: "kai"}  # 7.3.3; levels 3 and 4 are 仿宋 like the body
LONGEST_LEAD = 40  # characters: "（一）加强组织领导。" is a heading, a sentence of three lines is none


AIR = Strip("", g.PITCH / 3, blank=True)  # between text and a table


def kept(strips: list[Strip]) -> list[Strip]:
    """The last two lines stay with what follows."""
    return [*strips[:-2], *(strip._replace(keep=True) for strip in strips[-2:])]


def set_blocks(blocks: Sequence[Block], *, width: float = g.WIDTH, room: float = g.HEIGHT) -> list[Strip]:
    strips: list[Strip] = []
    for before, block in zip([None, *blocks], blocks, strict=False):
        if isinstance(before, Table) or (before and isinstance(block, Table)):
            strips.append(AIR)
        if isinstance(block, Table):
            strips += [*(set_title(block.title, width=width) if block.title else [])]
            strips += set_table(block, width=width, room=room)
        else:
            strips += from_line(block.line, set_paragraph(pieces_of(block), keep=block.is_heading))
    return strips


def pieces_of(paragraph: Paragraph) -> list[Piece]:
    """A heading's face; in a run-in heading only its first sentence has it."""
    text, face = paragraph.text, FACE_OF_LEVEL.get(paragraph.level, "fang")
    end = text.find("。") + 1
    if face == "fang" or not end or end == len(text):
        return [Piece(text, face if not end or end <= LONGEST_LEAD else "fang")]
    return [Piece(text[:end], face), Piece(text[end:])] if end <= LONGEST_LEAD else [Piece(text)]
