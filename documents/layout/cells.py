"""Ruled rows: cells broken into lines, row heights known before the engine sees them. Tables and forms alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from documents import fonts

from . import geometry as g
from .breaking import Span, break_lines, spacing
from .document import Align
from .setting import STEP, Frame, Strip, em_room, runs

Lines = list[str]


@dataclass(frozen=True)
class Cell:
    """Text from column `at` on; `rows` is 2 for a head cell that reaches over its neighbours' group line."""

    at: int
    text: str
    span: int = 1
    align: Align = "left"
    face: str = "fang"
    rows: int = 1
    keep: bool = False  # its row is never the last of a page
    joined: bool = False  # no rule between it and the cell above
    flows: bool = False  # its row may be divided after any line
    kai: str = ""  # the part of the text that is set in 楷体
    picture: str = ""  # HTML instead of text, `height` mm high
    height: float = 0.0
    line: int = 0  # of the source


Row = Sequence[Cell]


@dataclass(frozen=True)
class Ruling:
    """Column widths in millimetres, together the type area less one outer rule, and the type's size in points."""

    widths: tuple[float, ...]
    size: float

    @property
    def line(self) -> float:
        return self.size * g.PT * g.TABLE_LEADING

    def height(self, lines: int, pads: int = 2) -> float:
        return max(1, lines) * self.line + pads * g.TABLE_PAD_Y + g.TABLE_RULE

    def most_lines(self, room: float) -> int:
        return max(1, int((room - 2 * g.TABLE_PAD_Y - g.TABLE_RULE) / self.line))

    def lines(self, cell: Cell) -> Lines:
        """The cell's lines as HTML, ragged: in a column a few characters wide an even edge would tear them apart."""
        if cell.picture:
            return [cell.picture]
        width = sum(self.widths[cell.at : cell.at + cell.span]) - 2 * g.TABLE_PAD_X - g.TABLE_RULE
        room = em_room(width, self.size)
        found: Lines = []
        for part in cell.text.replace("\t", " ").splitlines():
            faces = _faces(cell, part)
            advances = [fonts.advance(face, char) for face, char in zip(faces, part, strict=True)]
            for span in break_lines(part, advances, room=room) or [Span(0, 0, 0, False)]:
                line, own = part[span.start : span.end].rstrip(" "), advances[span.start : span.end]
                gaps = (
                    spacing(line, own[: len(line)], room=room, squeeze=span.squeeze, step=STEP)
                    if span.squeeze
                    else [0] * len(line)
                )
                own_faces = faces[span.start : span.start + len(line)]
                found.append(runs(line, own_faces, gaps))
        return found


def _faces(cell: Cell, part: str) -> list[str]:
    at = part.find(cell.kai) if cell.kai else -1
    kai = range(at, at + len(cell.kai)) if at >= 0 else range(0)
    return ["kai" if n in kai else cell.face for n in range(len(part))]


def ruled(
    ruling: Ruling, rows: Sequence[Row], *, head: Sequence[Row] = (), room: float, tall: float = inf
) -> list[Strip]:
    """The rows of one table as strips; a row taller than `room` is divided between the lines of its cells, one that
    flows, or has more than `tall` lines, between all of them."""
    frame = _frame(ruling, head)
    most = ruling.most_lines(room - frame.height)
    strips = []
    for row in rows:
        lines = [ruling.lines(cell) for cell in row]
        longest = max(1, *map(len, lines))
        flows = longest > tall or any(cell.flows for cell in row)
        step = 1 if flows else most
        for start in range(0, longest, step):
            part = [own[start : start + step] for own in lines]
            first, last = start == 0 or not flows, start + step >= longest or not flows
            height = max(
                ruling.height(max(map(len, part), default=1), first + last), *(c.height for c in row)
            )
            begins = start < min(map(len, lines))  # its label is never divided
            keep = any(cell.keep for cell in row) if last else begins
            html, line = _tr(row, part, height, first=first, last=last), row[0].line if row else 0
            strips.append(Strip(html, height, keep=keep, frame=frame, line=line))
    return strips


def _frame(ruling: Ruling, head: Sequence[Row]) -> Frame:
    """What stands around the rows on every page: columns and head."""
    lines = [[ruling.lines(cell) for cell in row] for row in head]
    heights = [ruling.height(_ending(head, lines, at)) for at in range(len(head))]
    rows = "".join(_tr(row, own, height) for row, own, height in zip(head, lines, heights, strict=True))
    columns = "".join(f'<col style="width:{width:.3f}mm"/>' for width in ruling.widths)
    opening = (
        f'<table style="width:{sum(ruling.widths):.3f}mm;font-size:{ruling.size}pt;line-height:{ruling.line:.3f}mm">'
        f"<colgroup>{columns}</colgroup>" + (f"<thead>{rows}</thead>" if rows else "")
    )
    line = head[0][0].line if head and head[0] else 0
    return Frame(opening, sum(heights) + g.IMPRINT_OUTER, line)


def _ending(head: Sequence[Row], lines: Sequence[Sequence[Lines]], at: int) -> int:
    """Most lines of the cells whose last row is `at`: WeasyPrint gives a cell's whole height to that row."""
    return max(
        len(own)
        for number, (row, broken) in enumerate(zip(head, lines, strict=True))
        for cell, own in zip(row, broken, strict=True)
        if number + cell.rows - 1 == at
    )


def _tr(row: Row, lines: Sequence[Lines], height: float, *, first: bool = True, last: bool = True) -> str:
    """`first` and `last` of the strips that its row is divided into."""
    more = ("" if first else " joined on") + ("" if last else " open")
    cells = "".join(_td(cell, own, more) for cell, own in zip(row, lines, strict=True))
    return f'<tr style="height:{height:.3f}mm">{cells}</tr>'


def _td(cell: Cell, lines: Lines, more: str = "") -> str:
    spans = (f' colspan="{cell.span}"' if cell.span > 1 else "") + (
        f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    )
    body = "<br/>".join(lines)
    joined = " joined" if cell.joined else ""
    return f'<td class="{cell.align} {cell.face}{joined}{more}"{spans}>{body}</td>'
