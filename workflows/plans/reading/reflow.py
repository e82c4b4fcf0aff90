"""Line ends that stand in the wrong place: a plan on one line, and lines cut at the width of a page."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, fields, is_dataclass, replace
from itertools import pairwise
from typing import Any

from workflows.plans.reading.columns import column_of
from workflows.plans.reading.fields import is_field_line
from workflows.plans.reading.model import Item, Reading, Responsible, Span, System, Unread
from workflows.plans.reading.numbering import mark_at
from workflows.plans.reading.spans import inside, lines, overlapping

_FEW = 5  # a plan on so few lines was pasted without its line ends
_PAGE = 60  # no page holds more characters on a line
_FOLIO = re.compile(
    r"[-—–－]\s*\d{1,3}\s*[-—–－]|第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?|\d{1,3}\s*/\s*\d{1,3}"
)
_CLOSED = "。：！？；:;!?…"
_OPENERS = {"《": "》", "“": "”", "（": "）"}
_PART = re.compile(r"(?:(?<=[\s。；;：:）)])|^)(?P<label>[一二三四五六七八九十]{1,2})、")
_POINT = re.compile(
    r"(?:(?<=[。；;：:])|(?<=[。；;：:] ))(?:(?P<label>\d{1,2})[.．、](?!\d)|[（(](?P<paren>[一二三四五六七八九十]{1,2})[）)])"
)
_ORDER = ["", *"一二三四五六七八九十", *("十" + digit for digit in "一二三四五六七八九")]
#: values that repeat the words of their span
_WORDS: dict[type, str] = {Item: "text", Responsible: "phrase", Unread: "text", System: "name"}


def reflow(text: str) -> tuple[str, list[int]]:
    """The text with line ends where parts begin and end, and for each of its characters the place in `text`."""
    whole = lines(text, (0, len(text)))
    furniture = _furniture(text, whole)
    every = [line for line in whole if line not in furniture]
    cuts = _parts(text, every) if len(every) <= _FEW else []
    joints = _joints(text, every, furniture)
    edits = [*((at, at, "\n") for at in cuts), *((a, b, "") for a, b in joints)]
    edits += [(a, b, "") for a, b in furniture if not overlapping((a, b), joints)]
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
    """The reading of a reflowed text with its spans, and the words that repeat a span, as in `text`.

    Page numbers and running heads stand with the preamble.
    """
    moved: Reading = _moved(reading, text, places)
    known = [*(i.source for i in moved.items), *moved.preamble]
    aside = [line for line in _furniture(text, lines(text, (0, len(text)))) if not inside(line, known)]
    return replace(moved, preamble=tuple(sorted([*moved.preamble, *aside])))


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
        in_table = len(cells) > 1 and (in_table or (len(cells) > 2 and None not in named))
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


def _furniture(text: str, every: list[Span]) -> set[Span]:
    """Page numbers pasted in with the text, and the running heads beside them."""
    folios = [i for i, line in enumerate(every) if _FOLIO.fullmatch(text[slice(*line)])]
    beside = {every[j] for i in folios for j in (i - 1, i + 1) if 0 <= j < len(every)}
    heads = {words for line in beside if not re.search("[。；，：:]", words := text[slice(*line)])}
    counted = Counter(text[slice(*line)] for line in every)
    heads = {words for words in heads if counted[words] > 1 and len(words) <= 40}
    return {every[i] for i in folios} | {line for line in every if text[slice(*line)] in heads}


def _joints(text: str, every: list[Span], furniture: set[Span]) -> list[Span]:
    """The line ends, with blanks around them, that merely end a line of the page."""
    page = _page(text, every)
    found = []
    for a, b in pairwise(every):
        gap = a[1], b[0]
        blank = text[slice(*gap)].count("\n") > 1 and not any(gap[0] <= f[0] < gap[1] for f in furniture)
        if blank or mark_at(text, b) or is_field_line(text, b):
            continue
        if _breaks_off(text, a, b) or (page and _is_open(text, a, page) and not _begins(text, b, page)):
            found.append(gap)
    return found


def _breaks_off(text: str, a: Span, b: Span) -> bool:
    """Whether a line ends in the middle of a list or a name that the next one closes."""
    if text[a[1] - 1] in "，、":
        return True
    for opener, closer in _OPENERS.items():
        opened = text.rfind(opener, *a)
        if opened >= 0 and text.find(closer, opened, a[1]) < 0:
            closes, opens = text.find(closer, *b), text.find(opener, *b)
            return closes >= 0 and not 0 <= opens < closes
    return False


@dataclass(frozen=True)
class _Page:
    """Its width, whether lines of three quarters count as full, and whether paragraphs are indented."""

    width: float
    ragged: bool
    indented: bool


def _page(text: str, every: list[Span]) -> _Page | None:
    """How the lines of a text were cut; None where they are paragraphs."""
    widths = [_width(text, line) for line in every]
    width = max(widths, default=0)
    if not 15 <= width <= _PAGE:
        return None
    indents = sum(_indent(text, line) > 0 for line in every)
    tight, ragged = (
        _Page(width, False, 0 < indents < len(every)),
        _Page(width, True, 0 < indents < len(every)),
    )
    if sum(_is_open(text, line, tight) for line in every) >= max(5, len(every) // 3):
        return tight
    cells = any(column_of(text[slice(*line)]) for line in every)
    cut = [a for a, b in pairwise(every) if _is_open(text, a, ragged) and not mark_at(text, b)]
    return ragged if len(cut) >= max(4, len(every) // 4) and not cells else None


def _is_open(text: str, line: Span, page: _Page) -> bool:
    """A full line that closes no sentence."""
    width = _width(text, line)
    if text[line[1] - 1] in _CLOSED:
        return False
    return width >= page.width - 3 or (
        page.ragged and width >= page.width * 0.75 and bool(re.search("[，。；、]", text[slice(*line)]))
    )


def _begins(text: str, line: Span, page: _Page) -> bool:
    """Whether an indent says that a paragraph begins."""
    return page.indented and page.ragged and _indent(text, line) > 0


def _indent(text: str, line: Span) -> int:
    return line[0] - (text.rfind("\n", 0, line[0]) + 1)


def _width(text: str, line: Span) -> float:
    """In full-width characters, with the indent."""
    begin = text.rfind("\n", 0, line[0]) + 1
    return sum(0.5 if ord(c) < 256 else 1 for c in text[begin : line[1]])
