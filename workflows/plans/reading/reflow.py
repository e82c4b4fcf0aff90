"""Line ends that stand in the wrong place: a plan on one line, and lines cut at the width of a page."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any

from workflows.plans.reading.model import Item, Reading, Responsible, Span, System, Unread
from workflows.plans.reading.numbering import mark_at
from workflows.plans.reading.spans import lines
from workflows.plans.reading.tables import column_of

_FEW = 5  # a plan on so few lines was pasted without its line ends
_PAGE = 60  # no page holds more characters on a line
_PART = re.compile(r"(?:(?<=[\s。；;：:）)])|^)(?P<label>[一二三四五六七八九十]{1,2})、")
_POINT = re.compile(
    r"(?:(?<=[。；;：:])|(?<=[。；;：:] ))(?:(?P<label>\d{1,2})[.．、](?!\d)|[（(](?P<paren>[一二三四五六七八九十]{1,2})[）)])"
)
_ORDER = ["", *"一二三四五六七八九十", *("十" + digit for digit in "一二三四五六七八九")]
#: values that repeat the words of their span
_WORDS: dict[type, str] = {Item: "text", Responsible: "phrase", Unread: "text", System: "name"}


def reflow(text: str) -> tuple[str, list[int]]:
    """The text with line ends where parts begin and end, and for each of its characters the place in `text`."""
    every = lines(text, (0, len(text)))
    cuts = _parts(text, every) if len(every) <= _FEW else []
    edits = [*((at, at, "\n") for at in cuts), *((a, b, "") for a, b in _joints(text, every))]
    edits += [(at, at + 1, "\n") for at in _cells(text, every)]
    if not edits:
        return text, []
    flowing, places, at = [], [], 0
    for start, end, words in sorted(edits):
        flowing += [text[at:start], words]
        places += [*range(at, start), *([start] * len(words))]
        at = end
    return "".join([*flowing, text[at:]]), [*places, *range(at, len(text))]


def restore(reading: Reading, text: str, places: list[int]) -> Reading:
    """The reading of a reflowed text with its spans, and the words that repeat a span, as in `text`."""
    moved: Reading = _moved(reading, text, places)
    return moved


def _moved(value: Any, text: str, places: list[int]) -> Any:
    if isinstance(value, tuple):
        if len(value) == 2 and all(type(each) is int for each in value):
            return _place(value, places)
        return tuple(_moved(each, text, places) for each in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    moved = {f.name: _moved(getattr(value, f.name), text, places) for f in fields(value)}
    if name := _WORDS.get(type(value)):
        moved[name] = text[slice(*moved["source"])]
    return replace(value, **moved)


def _place(span: Span, places: list[int]) -> Span:
    start, end = span
    if start == end:
        at = places[start] if start < len(places) else places[-1] + 1
        return at, at
    return places[start], places[end - 1] + 1


def _cells(text: str, every: list[Span]) -> list[int]:
    """The tabs between the cells of tables whose rows are one line each; the first names the columns."""
    tabs, in_table = [], False
    for start, end in every:
        cells = text[start:end].split("\t")
        named = [column_of(cell) for cell in cells]
        in_table = len(cells) > 1 and (
            in_table or (len(cells) > 2 and named[0] == "number" and None not in named)
        )
        tabs += [at for at in range(start, end) if in_table and text[at] == "\t"]
    return tabs


def _parts(text: str, every: list[Span]) -> list[int]:
    """Where 一、 二、 … and the points below them begin inside a line."""
    cuts = []
    for line in every:
        parts = _counting(list(_PART.finditer(text, *line)))
        if len(parts) < 2:
            continue
        ends = [*parts[1:], line[1]]
        cuts += [at for at in parts if at > line[0]]
        for begin, end in zip(parts, ends, strict=True):
            points = list(_POINT.finditer(text, begin, end))
            cuts += _counting([m for m in points if m["label"]])
            cuts += _counting([m for m in points if m["paren"]])
    return sorted(set(cuts))


def _counting(matches: list[re.Match[str]]) -> list[int]:
    """The places of the marks that count up from one, without gaps."""
    found: list[int] = []
    for match in matches:
        label = next(word for word in match.groups() if word)
        if label in (str(len(found) + 1), _ORDER[min(len(found) + 1, len(_ORDER) - 1)]):
            found.append(match.start())
    return found if len(found) > 1 else []


def _joints(text: str, every: list[Span]) -> list[Span]:
    """The line ends, with blanks around them, that merely end a line of the page."""
    widths = [_width(text, line) for line in every]
    page = max(widths, default=0)
    full = [
        width >= page - 3 and text[end - 1] not in "。；：！？;:"
        for width, (_, end) in zip(widths, every, strict=True)
    ]
    if not 15 <= page <= _PAGE or sum(full) < max(5, len(every) // 3):
        return []
    pairs = zip(every, every[1:], full, strict=False)
    gaps = [(a[1], b[0]) for a, b, is_full in pairs if is_full and mark_at(text, b) is None]
    return [gap for gap in gaps if text[slice(*gap)].count("\n") == 1]


def _width(text: str, line: Span) -> float:
    """In full-width characters, with the indent."""
    begin = text.rfind("\n", 0, line[0]) + 1
    return sum(0.5 if ord(c) < 256 else 1 for c in text[begin : line[1]])
