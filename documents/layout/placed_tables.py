"""Tables, as CSS has them and `cells` counts on: rules lie on the boundaries of rows and columns, half of each is its
cell's. Pure."""

from collections.abc import Iterator
from itertools import accumulate, groupby
from typing import NamedTuple
from xml.etree.ElementTree import Element

from documents import fonts

from . import geometry as g
from .placed import HALF, Bar, Part, Run, Strange, length, points, runs_of, style_of, width_of


class Box(NamedTuple):
    """A cell: its columns, what its lines are, whether there is no rule above it, what is free above and below them."""

    first: int
    end: int
    align: str
    lines: list[list[Run]]
    joined: bool
    pads: tuple[float, float]


class Row(NamedTuple):
    group: str
    boxes: list[Box]
    least: float


class Grid:
    """A table at its place."""

    def __init__(self, table: Element, top: float) -> None:
        style = style_of(table)
        self.pitch = length(style["line-height"])
        self.size = points(style["font-size"])
        self.rows = list(_rows(table, self.size))
        widths = [length(style_of(one)["width"]) for one in table.iterfind("colgroup/col")]
        if not self.rows or any(row.boxes[-1].end != len(widths) for row in self.rows):
            raise Strange
        self.across = list(accumulate(widths, initial=g.IMPRINT_OUTER / 2))
        self.free = [[self._free(at, box) for box in row.boxes] for at, row in enumerate(self.rows)]
        heights = map(self._height, range(len(self.rows)))
        self.down = list(accumulate(heights, initial=top + g.IMPRINT_OUTER / 2))

    @property
    def bottom(self) -> float:
        return self.down[-1] + g.IMPRINT_OUTER / 2

    def part(self) -> Part:
        groups = groupby(enumerate(self.rows), key=lambda item: item[1].group)
        inside = [Part(name, tuple(self._row(at) for at, _ in members)) for name, members in groups]
        return Part("table", (*inside, *self._lying(), *self._standing()))

    def _above(self, at: int, column: int) -> float:
        """The weight of the rule above a row in a column; after the last, that below all."""
        if at in (0, len(self.rows)):
            return g.IMPRINT_OUTER
        box = next(one for one in self.rows[at].boxes if one.first <= column < one.end)
        hidden = box.joined and self.rows[at].group == self.rows[at - 1].group
        return 0.0 if hidden else g.TABLE_RULE

    def _beside(self, column: int) -> float:
        return g.IMPRINT_OUTER if column in (0, len(self.across) - 1) else g.TABLE_RULE

    def _free(self, at: int, box: Box) -> tuple[float, float]:
        """What a cell keeps free above and below its lines: padding, and half of the rules."""
        above, below = (max(self._above(n, c) for c in range(box.first, box.end)) / 2 for n in (at, at + 1))
        return above + box.pads[0], below + box.pads[1]

    def _height(self, at: int) -> float:
        row, kept = self.rows[at], self.free[at]
        return max(
            row.least,
            *(sum(free) + len(box.lines) * self.pitch for box, free in zip(row.boxes, kept, strict=True)),
        )

    def _row(self, at: int) -> Part:
        cells = (
            Part("td", tuple(self._placed(at, box, *free)), span=box.end - box.first)
            for box, free in zip(self.rows[at].boxes, self.free[at], strict=True)
        )
        return Part("tr", tuple(cells))

    def _placed(self, at: int, box: Box, above: float, below: float) -> Iterator[Run]:
        """Its lines, in the middle of what is free."""
        top = (self.down[at] + above + self.down[at + 1] - below - len(box.lines) * self.pitch) / 2
        start = self.across[box.first] + self._beside(box.first) / 2 + g.TABLE_PAD_X
        room = self.across[box.end] - self._beside(box.end) / 2 - g.TABLE_PAD_X - start
        for number, line in enumerate(box.lines):
            free = max(0.0, room - sum(map(width_of, line)))
            left = start + {"left": 0.0, "center": free / 2, "right": free}[box.align]
            for run in line:
                base = top + (number + 0.5) * self.pitch + HALF * self.size
                yield run._replace(left=left, base=base)
                left += width_of(run)

    def _lying(self) -> Iterator[Bar]:
        columns = range(len(self.across) - 1)
        for at, y in enumerate(self.down):
            for weight, members in groupby(columns, key=lambda column, at=at: self._above(at, column)):  # type: ignore[misc]
                own = list(members)
                left = self.across[own[0]] - self._beside(own[0]) / 2
                right = self.across[own[-1] + 1] + self._beside(own[-1] + 1) / 2
                if weight:
                    yield Bar(left, y - weight / 2, right - left, weight, stroked=True)

    def _standing(self) -> Iterator[Bar]:
        for column, x in enumerate(self.across):
            weight = self._beside(column)
            outer = column in (0, len(self.across) - 1)
            divides = [outer or any(box.first == column for box in row.boxes) for row in self.rows]
            for there, members in groupby(range(len(divides)), key=divides.__getitem__):
                own = list(members)
                if there:
                    top, bottom = self.down[own[0]], self.down[own[-1] + 1]
                    yield Bar(x - weight / 2, top, weight, bottom - top, stroked=True)


def _rows(table: Element, size: float) -> Iterator[Row]:
    for group in table:
        if group.tag == "colgroup":
            continue
        for row in group:
            yield Row(group.tag, list(_boxes(row, size)), length(style_of(row)["height"]))


def _boxes(row: Element, size: float) -> Iterator[Box]:
    column = 0
    for cell in row:
        if cell.get("rowspan"):
            raise Strange
        kind = set((cell.get("class") or "").split())
        (align,) = kind & ALIGNS
        (face,) = kind & set(fonts.FACES)
        end = column + int(cell.get("colspan", "1"))
        pads = (0.0 if "on" in kind else g.TABLE_PAD_Y, 0.0 if "open" in kind else g.TABLE_PAD_Y)
        yield Box(column, end, align, list(_lines(cell, face, size)), "joined" in kind, pads)
        column = end


ALIGNS = {"left", "center", "right"}


def _lines(cell: Element, face: str, size: float) -> Iterator[list[Run]]:
    """Between its breaks; none in a cell that is empty."""
    line = Element("line")
    line.text = cell.text
    if not len(cell) and not cell.text:
        return
    for child in cell:
        if child.tag == "br":
            yield list(runs_of(line, (face, 0.0), size))
            line = Element("line")
            line.text = child.tail
        else:
            line.append(child)
    yield list(runs_of(line, (face, 0.0), size))
