"""A document's plain text to its parts. Every non-empty line lands somewhere; unknown ones are paragraphs.

First line title, then 主送 if it ends with a colon; levels 一、（一）1.（1）; 附件：names; 署名 and date; （附注）; then
`附件N` sections. A table is two or more lines with tabs between the cells, or |a|b| lines.
"""

import re
from datetime import date
from itertools import pairwise

from .dates import is_day, open_day, read_day
from .document import Annex, Block, Column, Document, Paragraph, Source, Table

LEVELS = (
    re.compile(r"[一二三四五六七八九十百]+、"),
    re.compile(r"[（(][一二三四五六七八九十百]+[）)]"),
    re.compile(r"\d{1,3}[.．、](?!\d)"),
    re.compile(r"[（(]\d{1,3}[）)]"),
)
ATTACHED = re.compile(r"附\s*件\s*(?:\d+\s*)?[:：]\s*(.*)")
ATTACHED_ITEM = re.compile(r"\d{1,2}\s*[.．、]\s*(.+)")
SENTENCE_END = "。；！？，、：…;!?,:"
ANNEX = re.compile(
    r"附\s*件\s*(\d{0,2}|[一二三四五六七八九十]{0,3})"
    rf"(?:\s*[:：]\s*(.*)|[ \u3000]+([^\t]{{1,60}}(?<![{SENTENCE_END}])))?"
)
ORGAN = re.compile(r"[\u4e00-\u9fff（）〇]+[办局委会府室队司院部处站所校厂社心]")
RUNS_ON = re.compile(r"[^。；！？：:]*[，、,]")  # a line of 主送 that goes on in the next
ADDRESSEE = re.compile(r"(?!.*(?:如下|下列|以下)[：:]$)[^。；！？]*[：:]")
TOTAL = re.compile(r"[合总]\s*计")
REMARK = re.compile(r"(?![（(][一二三四五六七八九十百\d]+[）)])[（(].*[）)]")
SENDS = re.compile(r"特此|此复|此致|妥否|以上|专此|请予")  # last words of a text, whatever ends them
LISTED = re.compile(r"(出席|请假|列席|缺席|参加|主持|记录)(?:人员?|单位)?[:：]\s*(.+)")
# Nothing to see: controls, marks of direction, selectors of a glyph's shape; blanks of other widths
INVISIBLE: dict[int, str | None] = dict.fromkeys(
    code
    for part in ((0, 9), (0x0E, 0x1C), (0x7F, 0x85), (0x86, 0xA0), (0x200B, 0x2010), (0x202A, 0x202F), (0x2060, 0x2070),
                 (0xFE00, 0xFE10), (0xFFF9, 0xFFFC), (0xE0100, 0xE01F0))
    for code in range(*part)
) | {0xAD: None, 0xFEFF: None} | dict.fromkeys((0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F), " ")  # fmt: skip
BLANKS, SEVERAL = re.compile(r"[ \u3000]+"), re.compile(r"[ \u3000]{2,}")  # several names stand apart
LONGEST_NAME = 60  # of an office
SHORT = 28  # a title's or signature's line


class UnreadableText(ValueError):
    """文稿是空的：第一行写标题，空一行后写正文。"""


class Line(str):
    """A line of the source without the blanks around it, which knows its number."""

    number: int

    @classmethod
    def of(cls, text: str, number: int) -> "Line":
        line = cls(text.strip(" \u3000"))
        line.number = number
        return line

    @property
    def words(self) -> "Line":
        """What is no row of a table has no use for tabs: each is a blank."""
        return Line.of(self.replace("\t", " "), self.number)


NOTHING = Line.of("", 0)
Attended = tuple[tuple[str, str], int]  # label and names, and the line they stand in


def parse(text: str) -> Document:
    """Raises UnreadableText when there is no title."""
    lines = [Line.of(line, number) for number, line in enumerate(text.translate(INVISIBLE).splitlines(), 1)]
    main, annexes = _split(lines)
    title, rest = _title(main)
    to, rest = _addressee(rest)
    rest, signed_by, day, remarks = _closing(rest)
    rest, below = _attendance(rest)
    rest, attached = _attached(rest)
    rest, above = _attendance(rest)
    attendance = above + below
    return Document(
        title=title,
        to=to,
        blocks=_blocks(rest),
        attached=attached,
        signed_by=signed_by,
        dated=_date(day),
        open_date=open_day(day) if day and not _date(day) else "",
        attendance=tuple(one for one, _ in attendance),
        remarks=remarks,
        annexes=annexes,
        source=Source(
            title=title.number,
            to=to.number,
            attached=tuple(name.number for name in attached),
            signed_by=tuple(name.number for name in signed_by),
            dated=day.number,
            remarks=tuple(remark.number for remark in remarks),
            attendance=tuple(number for _, number in attendance),
        ),
    )


def _split(lines: list[Line]) -> tuple[list[Line], tuple[Annex, ...]]:
    """The main part and the sections that begin with 附件 or 附件N on a line of its own."""
    dated = next((i for i, line in enumerate(lines) if is_day(line) or _signed_day(line)), len(lines))
    starts = [
        i
        for i, line in enumerate(lines)
        if (found := ANNEX.fullmatch(line))
        and i
        and (not (found[2] or found[3]) or i > dated)
        and not line.endswith(("：", ":"))
    ]
    starts = [start for start in starts if start > dated] or starts
    bounds = [*starts, len(lines)]
    annexes = tuple(_annex(lines[start:end]) for start, end in pairwise(bounds))
    return lines[: bounds[0]], annexes


def _annex(lines: list[Line]) -> Annex:
    label, body = lines[0], lines[1:]
    found = ANNEX.fullmatch(label)
    number, title = (found[1], Line.of(found[2] or found[3] or "", label.number)) if found else ("", NOTHING)
    start = next((at for at, line in enumerate(body) if line), len(body))
    if not title and not _table_end(body, start):
        title, body = _title(body) if any(body) else (NOTHING, [])
    title = title.words
    return Annex(f"附件{number}", title, _blocks(body), label.number, title.number)


def _title(lines: list[Line]) -> tuple[Line, list[Line]]:
    """The first line; further short ones directly below it up to an empty line belong to it."""
    start = next((i for i, line in enumerate(lines) if line), None)
    if start is None:
        raise UnreadableText(UnreadableText.__doc__)
    end = start + 1
    while end < len(lines) and lines[end]:
        end += 1
    more = lines[start + 1 : end]
    if len(more) > 2 or end == len(lines) or any(_is_text(line) for line in more):
        more = []
    end = start + 1 + len(more)
    return Line.of("".join(lines[start:end]), lines[start].number).words, lines[end:]


def _is_text(line: str) -> bool:
    return len(line) > SHORT or line[-1] in SENTENCE_END or _level(line) > 0 or _cells(line) is not None


def _addressee(lines: list[Line]) -> tuple[Line, list[Line]]:
    """A line that ends with a colon, with those above it that end with a comma."""
    start = next((i for i, line in enumerate(lines) if line), 0)
    end = next((i for i in range(start, len(lines)) if not RUNS_ON.fullmatch(lines[i])), start)
    names = lines[start : end + 1]
    whole = "".join(names)
    if names and ADDRESSEE.fullmatch(whole) and not any(map(_level, names)):
        return Line.of(whole[:-1] + "：", lines[start].number).words, lines[end + 1 :]
    return NOTHING, lines


def _closing(lines: list[Line]) -> tuple[list[Line], tuple[Line, ...], Line, tuple[Line, ...]]:
    """署名, 成文日期 and 附注 from the end: the last line that is a date, short lines above, （…） below. The date mostly
    comes from the signing: then the text ends with its 附注."""
    lines = _apart(lines)
    at = next((i for i in range(len(lines) - 1, -1, -1) if is_day(lines[i])), None)
    text, below = _remarks(lines)
    if at is None or any(text[at + 1 :]):
        return text, (), NOTHING, below
    end = at
    while end and not lines[end - 1]:
        end -= 1
    if not (end and ORGAN.fullmatch(lines[end - 1])):
        end = at  # what an empty line parts from the date is no office
    start = end
    while start and _signs(lines[start - 1]):
        start -= 1
    names = [Line.of(name, line.number) for line in lines[start:end] for name in SEVERAL.split(line)]
    return lines[:start], tuple(names), lines[at].words, below


def _apart(lines: list[Line]) -> list[Line]:
    """署名 and date on one line, the last of the text, are two."""
    text, _ = _remarks(lines)
    at = next((i for i in range(len(text) - 1, -1, -1) if text[i]), None)
    both = None if at is None else _signed_day(text[at])
    return lines if at is None or not both else [*lines[:at], *both, *lines[at + 1 :]]


def _signed_day(line: Line) -> tuple[Line, Line] | None:
    """An office and a date, parted by blanks."""
    for gap in BLANKS.finditer(line):
        name, day = line[: gap.start()], line[gap.end() :]
        if is_day(day) and all(_is_office(one) for one in SEVERAL.split(name)):
            return Line.of(name, line.number), Line.of(day, line.number)
    return None


def _is_office(text: str) -> bool:
    return bool(ORGAN.fullmatch(text)) and not _level(text) and len(text) <= LONGEST_NAME


def _remarks(lines: list[Line]) -> tuple[list[Line], tuple[Line, ...]]:
    """附注: lines （…） at the end. A text of nothing else is a text."""
    end = len(lines)
    while end and (not lines[end - 1] or REMARK.fullmatch(lines[end - 1])):
        end -= 1
    below = tuple(line.words for line in lines[end:] if line)
    return (lines[:end], below) if end and below else (lines, ())


def _signs(line: str) -> bool:
    """Whether a line above the date may be an office's name."""
    return bool(line) and not (
        (_is_text(line) and not _is_office(line))
        or ATTACHED.match(line)
        or SENDS.match(line)
        or LISTED.match(line)
    )


def _date(line: str) -> date | None:
    try:
        return read_day(line)
    except ValueError as error:
        raise UnreadableText(f"落款日期“{line}”在日历上没有，请改正。") from error


def _attendance(lines: list[Line]) -> tuple[list[Line], list[Attended]]:
    """出席, 请假 and 列席 at the end of the text (10.3), above 附件说明 or below it."""
    end = len(lines)
    found: list[Attended] = []
    while end and (not lines[end - 1] or LISTED.fullmatch(lines[end - 1])):
        end -= 1
        if match := LISTED.fullmatch(lines[end].words):
            label = match[0][: match.start(2)].rstrip(" \u3000:：")
            found.append(((label, match[2]), lines[end].number))
    return (lines[:end], found[::-1]) if found else (lines, [])


def _attached(lines: list[Line]) -> tuple[list[Line], tuple[Line, ...]]:
    """附件说明: the line 附件：… near the end, and numbered ones directly below."""
    at = next((i for i in range(len(lines) - 1, -1, -1) if ATTACHED.fullmatch(lines[i])), None)
    if at is None:
        return lines, ()
    found = [Line.of(ATTACHED.fullmatch(lines[at])[1], lines[at].number)]  # type: ignore[index]
    end = at + 1
    while end < len(lines) and (ATTACHED_ITEM.fullmatch(lines[end]) or ATTACHED.fullmatch(lines[end])):
        found.append(lines[end])
        end += 1
    if any(lines[end:]):
        return lines, ()  # text follows: the line is part of it
    names = (ATTACHED_ITEM.fullmatch(name) for name in found)
    return lines[:at], tuple(
        (Line.of(match[1], name.number) if match else name).words
        for match, name in zip(names, found, strict=True)
        if name
    )


def _blocks(lines: list[Line]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    at = 0
    while at < len(lines):
        if end := _table_end(lines, at):
            blocks.append(_table(lines[at:end]))
        elif lines[at].strip():
            end = at + 1
            blocks.append(paragraph(lines[at], lines[at].number))
        at = max(end, at + 1)
    return tuple(blocks)


def _table_end(lines: list[Line], at: int) -> int:
    """Behind the last row of the table that begins there; 0 where none does."""
    end = at
    while end < len(lines) and lines[end] and _cells(lines[end]) is not None:
        end += 1
    rows = lines[at:end]
    return end if len(rows) >= 2 and any("\t" in row.strip() or row[0] == "|" for row in rows) else 0


def paragraph(text: str, line: int = 0) -> Paragraph:
    """A line that belongs to no table; its mark says its level."""
    text = text.strip().replace("\t", " ")
    return Paragraph(text, _level(text), line)


def _cells(line: str) -> list[str] | None:
    """The cells of a table line; empty for the ruler |---|---|; None for any other line."""
    if len(line) > 2 and line[0] == line[-1] == "|":
        cells = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line[1:-1])]
        return [] if all(re.fullmatch(r":?-+:?", cell) for cell in cells) else cells
    return [cell.strip() for cell in line.split("\t")] if "\t" in line else None


def _table(lines: list[Line]) -> Table:
    written = [(line.number, cells) for line in lines if (cells := _cells(line))]
    width = max(len(cells) for _, cells in written)
    head, *rows = [(*cells, *[""] * (width - len(cells))) for _, cells in written]
    totals = rows.pop() if len(rows) > 1 and TOTAL.fullmatch(next(filter(None, rows[-1]), "")) else ()
    numeric = [all(re.fullmatch(r"[-+]?[\d,.]+%?|", row[i]) for row in rows) for i in range(width)]
    columns = tuple(
        Column(label, align="center" if number else "left")
        for label, number in zip(head, numeric, strict=True)
    )
    numbers = tuple(number for number, _ in written)
    return Table(columns=columns, rows=tuple(rows), totals=totals, lines=numbers)


def _level(line: str) -> int:
    return next((level for level, pattern in enumerate(LEVELS, 1) if pattern.match(line)), 0)
