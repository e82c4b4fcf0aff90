"""A document's plain text to its parts. Every non-empty line lands somewhere; unknown ones are paragraphs.

First line title, then 主送 if it ends with a colon; levels 一、（一）1.（1）; 附件：names; 署名 and date; （附注）; then
`附件N` sections. A table is two or more lines with tabs between the cells, or |a|b| lines.
"""

import re
from datetime import date
from itertools import pairwise

from .document import Annex, Block, Column, Document, Paragraph, Table

LEVELS = (
    re.compile(r"[一二三四五六七八九十百]+、"),
    re.compile(r"[（(][一二三四五六七八九十百]+[）)]"),
    re.compile(r"\d{1,3}[.．、](?!\d)"),
    re.compile(r"[（(]\d{1,3}[）)]"),
)
DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
ATTACHED = re.compile(r"附\s*件\s*(?:\d+\s*)?[:：]\s*(.*)")
ATTACHED_ITEM = re.compile(r"\d{1,2}\s*[.．、]\s*(.+)")
ANNEX = re.compile(r"附\s*件\s*(\d{0,2}|[一二三四五六七八九十]{0,3})\s*(?:[:：]\s*(.*))?")
SENTENCE_END = "。；！？，、：…;!?,:"
INVISIBLE = {0xA0: " ", 0xFEFF: None, 0xAD: None, 0x2060: None} | dict.fromkeys(range(0x200B, 0x2010))
SHORT = 28  # a title's or signature's line


class UnreadableText(ValueError):
    """文稿是空的：第一行写标题，空一行后写正文。"""


def parse(text: str) -> Document:
    """Raises UnreadableText when there is no title."""
    lines = [line.strip(" \u3000") for line in text.translate(INVISIBLE).splitlines()]
    main, annexes = _split(lines)
    title, rest = _title(main)
    to, rest = _addressee(rest)
    rest, signed_by, dated, remarks = _closing(rest)
    rest, attached = _attached(rest)
    return Document(
        title=title,
        to=to,
        blocks=_blocks(rest),
        attached=attached,
        signed_by=signed_by,
        dated=dated,
        remarks=remarks,
        annexes=annexes,
    )


def _split(lines: list[str]) -> tuple[list[str], tuple[Annex, ...]]:
    """The main part and the sections that begin with 附件 or 附件N on a line of its own."""
    dated = next((i for i, line in enumerate(lines) if DATE.fullmatch(line)), len(lines))
    starts = [
        i
        for i, line in enumerate(lines)
        if (found := ANNEX.fullmatch(line))
        and i
        and (not found[2] or i > dated)
        and not line.endswith(("：", ":"))
    ]
    bounds = [*starts, len(lines)]
    annexes = tuple(_annex(lines[start:end]) for start, end in pairwise(bounds))
    return lines[: bounds[0]], annexes


def _annex(lines: list[str]) -> Annex:
    found = ANNEX.fullmatch(lines[0])
    number, title = (found[1], found[2] or "") if found else ("", "")
    body = lines[1:]
    if not title:
        title, body = _title(body) if any(body) else ("", [])
    return Annex(f"附件{number}", title, _blocks(body))


def _title(lines: list[str]) -> tuple[str, list[str]]:
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
    return "".join(lines[start : start + 1 + len(more)]), lines[start + 1 + len(more) :]


def _is_text(line: str) -> bool:
    return len(line) > SHORT or line[-1] in SENTENCE_END or _level(line) > 0 or _cells(line) is not None


def _addressee(lines: list[str]) -> tuple[str, list[str]]:
    start = next((i for i, line in enumerate(lines) if line), 0)
    if lines and lines[start].endswith(("：", ":")) and not _level(lines[start]):
        return lines[start][:-1] + "：", lines[start + 1 :]
    return "", lines


def _closing(lines: list[str]) -> tuple[list[str], tuple[str, ...], date | None, tuple[str, ...]]:
    """署名, 成文日期 and 附注 from the end: the last line that is a date, short lines above, （…） below."""
    at = next((i for i in range(len(lines) - 1, -1, -1) if DATE.fullmatch(lines[i])), None)
    if at is None:
        return lines, (), None, ()
    below = [line for line in lines[at + 1 :] if line]
    if not all(re.fullmatch(r"[（(].*[）)]", line) for line in below):
        return lines, (), None, ()
    start = at
    while (
        start and lines[start - 1] and not _is_text(lines[start - 1]) and not ATTACHED.match(lines[start - 1])
    ):
        start -= 1
    year, month, day = (int(part) for part in DATE.fullmatch(lines[at]).groups())  # type: ignore[union-attr]
    try:
        dated = date(year, month, day)
    except ValueError as error:
        raise UnreadableText(f"落款日期“{lines[at]}”在日历上没有，请改正。") from error
    return lines[:start], tuple(lines[start:at]), dated, tuple(below)


def _attached(lines: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """附件说明: the line 附件：… near the end, and numbered ones directly below."""
    at = next((i for i in range(len(lines) - 1, -1, -1) if ATTACHED.fullmatch(lines[i])), None)
    if at is None:
        return lines, ()
    found = [ATTACHED.fullmatch(line)[1] if (line := lines[at]) else ""]  # type: ignore[index]
    end = at + 1
    while end < len(lines) and (ATTACHED_ITEM.fullmatch(lines[end]) or ATTACHED.fullmatch(lines[end])):
        found.append(lines[end])
        end += 1
    if any(lines[end:]):
        return lines, ()  # text follows: the line is part of it
    names = (ATTACHED_ITEM.fullmatch(name) for name in found)
    return lines[:at], tuple(
        match[1] if match else name for match, name in zip(names, found, strict=True) if name
    )


def _blocks(lines: list[str]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and lines[end] and _cells(lines[end]) is not None:
            end += 1
        if end - at >= 2:
            blocks.append(_table([cells for line in lines[at:end] if (cells := _cells(line))]))
        elif lines[at]:
            end = at + 1
            blocks.append(paragraph(lines[at]))
        at = max(end, at + 1)
    return tuple(blocks)


def paragraph(line: str) -> Paragraph:
    """A line that belongs to no table; its mark says its level."""
    return Paragraph(line.replace("\t", " "), _level(line))


def _cells(line: str) -> list[str] | None:
    """The cells of a table line; empty for the ruler |---|---|; None for any other line."""
    if len(line) > 2 and line[0] == line[-1] == "|":
        cells = [cell.strip() for cell in line[1:-1].split("|")]
        return [] if all(re.fullmatch(r":?-+:?", cell) for cell in cells) else cells
    return [cell.strip() for cell in line.split("\t")] if "\t" in line else None


def _table(lines: list[list[str]]) -> Table:
    width = max(map(len, lines))
    head, *rows = [[*line, *[""] * (width - len(line))] for line in lines]
    numeric = [all(re.fullmatch(r"[-+]?[\d,.]+%?|", row[i]) for row in rows) for i in range(width)]
    columns = tuple(
        Column(label, align="center" if number else "left")
        for label, number in zip(head, numeric, strict=True)
    )
    return Table(columns=columns, rows=tuple(map(tuple, rows)))


def _level(line: str) -> int:
    return next((level for level, pattern in enumerate(LEVELS, 1) if pattern.match(line)), 0)
