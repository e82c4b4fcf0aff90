"""A table on paper: column widths and type size from its content, upright or lying, the head on every page."""

from collections.abc import Sequence
from html import escape
from itertools import groupby

from . import geometry as g
from .cells import Cell, Row, Ruling, ruled
from .characters import clusters
from .document import Column, Table
from .setting import Strip, set_small, text_width

WIDEST = 14  # characters a column asks for at most before its text wraps
NARROWEST = 2
WHOLE = 6  # a cell as long as this, or a longer quantity, is cut only where nothing else helps
LABEL = 3  # characters that a label takes before it wraps, when there is no room for more
SPARED = 0.7  # of the narrowest column: what no column gives up, and takes no part when room is left
TALL = 12  # lines: a taller row may be divided between pages


class TooWide(ValueError):
    """表格栏目太多，在纸上排不下。"""

    def __init__(self, table: Table, *, lying: bool, annex: str = "") -> None:
        self.table, self.lying = table, lying
        name = (f"{annex}的" if annex else "") + (f"表格“{table.title}”" if table.title else "表格")
        advice = "减少栏目或拆成两张表" if lying else "移到附件里单独成表（附件的表可以横放），或者减少栏目"
        super().__init__(f"{name}有{len(table.columns)}栏，用最小的字也排不下：请{advice}。")


def lies(table: Table) -> bool:
    """Whether the table needs the page on its side: asked for, or too wide upright even in the smallest type."""
    if table.landscape is not None:
        return table.landscape
    return sum(_wishes(table, g.TABLE_SIZES[1])) > g.WIDTH


def set_table(table: Table, *, width: float, room: float) -> list[Strip]:
    """The table's strips for a type area `width` × `room` mm: facts and unit line, rows, note. Not its title.

    Raises TooWide when not even the smallest type helps."""
    ruling = ruling_of(table, width)
    return [
        *_above(table, width),
        *ruled(ruling, body_rows(table), head=head_rows(table), room=room - 2 * g.PITCH, tall=TALL),
        *(set_small(table.note, width=width) if table.note else []),
    ]


def ruling_of(table: Table, width: float) -> Ruling:
    """The largest type in which its columns fit, and how wide they are."""
    size = next((size for size in g.TABLE_SIZES if sum(_wishes(table, size)) <= width), g.TABLE_SIZES[-1])
    if sum(_floors(table, size)) > width:
        raise TooWide(table, lying=width > g.WIDTH)
    return Ruling(_widths(table, size, width - g.IMPRINT_OUTER), size)


def body_rows(table: Table) -> list[Row]:
    """Its own, and last its totals."""
    rows: list[Row] = [
        [
            Cell(
                i,
                text,
                align=column.align,
                keep=_runs_on(table, number + 1),
                joined=column.runs_on and not text,
                line=_line(table, number + 1),
            )
            for i, (column, text) in _cells(table, row)
        ]
        for number, row in enumerate(table.rows)
    ]
    if table.totals:
        line = _line(table, len(table.rows) + 1)
        rows.append(
            [
                Cell(i, text, align=c.align, face="hei", line=line)
                for i, (c, text) in _cells(table, table.totals)
            ]
        )
    return rows


def _cells(table: Table, row: Sequence[str]) -> enumerate[tuple[Column, str]]:
    return enumerate(zip(table.columns, row, strict=True))


def _runs_on(table: Table, number: int) -> bool:
    """Whether a row belongs to the one above it."""
    row = table.rows[number] if number < len(table.rows) else ()
    return any(column.runs_on and not text for column, text in zip(table.columns, row, strict=False))


def _line(table: Table, number: int) -> int:
    """The line of the source that a row stands on; the head is row 0."""
    return table.lines[number] if number < len(table.lines) else 0


def head_rows(table: Table) -> list[Row]:
    """One line of labels, or two when columns stand in groups."""
    columns, line = table.columns, _line(table, 0)
    labels = [Cell(i, c.label, align="center", face="hei", line=line) for i, c in enumerate(columns)]
    if not any(column.group for column in columns):
        return [labels]
    upper: list[Cell] = []
    for group, members in groupby(enumerate(columns), key=lambda item: item[1].group):
        places = [i for i, _ in members]
        if group:
            upper.append(Cell(places[0], group, len(places), "center", "hei", line=line))
        else:
            upper += [Cell(i, columns[i].label, align="center", face="hei", rows=2) for i in places]
    return [upper, [label for label in labels if columns[label.at].group]]


def _wishes(table: Table, size: float) -> list[float]:
    """Millimetres each column would like: its longest cell, within bounds, or what it was given."""
    em = size * g.PT
    return [
        column.width or _around(size, min(label, 5 * em), *(min(cell, WIDEST * em) for cell in cells))
        for column, label, cells in _lengths(table, size)
    ]


def _needs(table: Table, size: float) -> list[float]:
    """Millimetres each column takes before it is cut more than text must be."""
    em = size * g.PT
    longest = [max((_longest_piece(cell, size) for cell in cells), default=0.0) for cells in _cells_of(table)]
    return [
        column.width
        or _around(
            size,
            min(label, LABEL * em),
            min(piece, WIDEST * em),
            *(min(cell, WHOLE * em) for cell in cells),
        )
        for (column, label, cells), piece in zip(_lengths(table, size), longest, strict=True)
    ]


def _floors(table: Table, size: float) -> list[float]:
    """Millimetres below which no column goes: two characters, and a number or a word of letters is never cut, unless it is
    too long to be one (an address)."""
    em = size * g.PT
    longest = [[_longest_value(cell, size) for cell in cells] for cells in _cells_of(table)]
    return [
        column.width or _around(size, *(piece if piece <= WIDEST * em else WHOLE * em for piece in pieces))
        for column, pieces in zip(table.columns, longest, strict=True)
    ]


def _longest_value(text: str, size: float) -> float:
    values = (piece for piece in clusters(text) if any(char.isascii() and char.isalnum() for char in piece))
    return max((text_width(piece, "fang", size) for piece in values), default=0.0)


def _longest_piece(text: str, size: float) -> float:
    return max((text_width(piece, "fang", size) for piece in clusters(text)), default=0.0)


def _cells_of(table: Table) -> list[list[str]]:
    """Column by column, without labels."""
    texts = [*table.rows, *([table.totals] if table.totals else [])]
    return [[row[i] for row in texts] for i in range(len(table.columns))]


def _lengths(table: Table, size: float) -> list[tuple[Column, float, list[float]]]:
    """Of each column its label's length and its cells'."""
    return [
        (column, text_width(column.label, "hei", size), [text_width(cell, "fang", size) for cell in cells])
        for column, cells in zip(table.columns, _cells_of(table), strict=True)
    ]


def _around(size: float, *lengths: float) -> float:
    """Millimetres of a column that holds text of these."""
    least = NARROWEST * size * g.PT
    return _narrowest(size) - least + max((least, *lengths))


def _narrowest(size: float) -> float:
    """Millimetres of a column of two characters."""
    return 2 * g.TABLE_PAD_X + g.TABLE_RULE + 0.1 + NARROWEST * size * g.PT


def _widths(table: Table, size: float, width: float) -> tuple[float, ...]:
    """All columns together as wide as the type area; given widths stay when there is another to give way."""
    wishes = _wishes(table, size)
    free = [not column.width for column in table.columns]
    fixed = sum(wish for wish, loose in zip(wishes, free, strict=True) if not loose)
    flexible = sum(wishes) - fixed
    if not flexible or fixed >= width:
        return tuple(wish * width / sum(wishes) for wish in wishes)
    needs = wishes if sum(wishes) <= width else _needs(table, size)
    told = zip(wishes, needs, _floors(table, size), free, strict=True)
    columns = [(wish, need, floor) for wish, need, floor, loose in told if loose]
    shared = iter(_shared(columns, width - fixed, _narrowest(size) * SPARED))
    return tuple(next(shared) if loose else wish for wish, loose in zip(wishes, free, strict=True))


def _shared(columns: list[tuple[float, float, float]], room: float, least: float) -> list[float]:
    """Room for columns that would like and need so much, and take no less than their floor: more than they like in
    proportion, less in what they like beyond their need, and below that the widest first."""
    liked, needed, _ = (sum(part) for part in zip(*columns, strict=True))
    if liked <= room:
        base = least * len(columns)
        return [least + (wish - least) * (room - base) / (liked - base) for wish, *_ in columns]
    if needed <= room:
        part = (room - needed) / (liked - needed)
        return [need + (wish - need) * part for wish, need, _ in columns]
    held: list[int] = []  # at their floor
    while True:
        needs = [need for at, (_, need, _) in enumerate(columns) if at not in held]
        level = _level(needs, room - sum(columns[at][2] for at in held))
        below = [
            at for at, (_, need, floor) in enumerate(columns) if at not in held and min(need, level) < floor
        ]
        if not below:
            return [floor if at in held else min(need, level) for at, (_, need, floor) in enumerate(columns)]
        held += below


def _level(needs: list[float], room: float) -> float:
    """What the widest are cut to, so that all have room."""
    level, left = room, room
    for number, need in enumerate(sorted(needs)):
        level = left / (len(needs) - number)
        if need > level:
            break
        left -= need
    return level


def _above(table: Table, width: float) -> list[Strip]:
    """填报单位 at the left, 单位 at the right."""
    if not (table.facts or table.unit):
        return []
    ends = f"<span>{escape(table.facts)}</span><span>{escape(table.unit)}</span>"
    return [Strip(f'<p class="ends fang" style="width:{width:.3f}mm">{ends}</p>', g.SMALL_PITCH, keep=True)]
