"""The plan's text cut at what was read from it: paragraphs of pieces, the read ones numbered. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Span = tuple[int, int]
OPENING = 12  # characters


@dataclass(frozen=True)
class Piece:
    """`number` 0: plain text."""

    text: str
    number: int = 0
    unread: bool = False


@dataclass(frozen=True)
class Mark:
    number: int
    span: Span
    unread: bool


class Marked:
    """`reading` is the plan's reading as JSON; a value whose span lies inside another's shares its mark.

    `sources`: spans of items; one that nothing was read from gets a mark at its first words.
    """

    def __init__(self, text: str, reading: Mapping[str, Any], sources: Iterable[Sequence[int]] = ()) -> None:
        self.text = text
        unread = {_span(one) for one in reading.get("unread", [])}
        spans = _apart({*_values(reading), *unread}, len(text))
        bare = [(a, b) for a, b in sources if not any(_meet(span, (a, b)) for span in spans)]
        spans = _apart({*spans, *(_opening(text, a, b) for a, b in bare)}, len(text))
        self.marks = [Mark(n, span, span in unread) for n, span in enumerate(spans, 1)]

    def paragraphs(self) -> Iterator[list[Piece]]:
        """The lines that hold something; a mark that runs over a line's end stops there."""
        start = 0
        for line in self.text.split("\n"):
            if line.strip():
                yield list(self._pieces(start, start + len(line)))
            start += len(line) + 1

    def refs(self, value: Mapping[str, Any], source: Sequence[int] = ()) -> list[int]:
        """The numbers of the marks that an item, report or quota was read from; else those in `source`."""
        spans = list(_leaves(value)) or [_span(value if value.get("source") else {"source": source})]
        return [mark.number for mark in self.marks if any(_meet(mark.span, span) for span in spans)]

    def number_at(self, span: Iterable[int]) -> int:
        """The mark at this span, 0 for none."""
        start, end = span
        return next((mark.number for mark in self.marks if _meet(mark.span, (start, end))), 0)

    def _pieces(self, start: int, end: int) -> Iterator[Piece]:
        for mark in self.marks:
            a, b = mark.span
            if start <= a < end:
                yield Piece(self.text[start:a])
                yield Piece(self.text[a : min(b, end)], mark.number, mark.unread)
                start = min(b, end)
        yield Piece(self.text[start:end])


def _values(reading: Mapping[str, Any]) -> Iterator[Span]:
    for kind in ("items", "reports", "quotas"):
        for value in reading.get(kind, []):
            yield from _leaves(value)
    yield from (_span(one) for one in reading.get("periods", []))


def _leaves(value: Mapping[str, Any]) -> Iterator[Span]:
    for kind in ("responsible", "from", "dates", "quantities"):
        yield from (_span(one) for one in value.get(kind) or [])


def _span(value: Mapping[str, Any]) -> Span:
    start, end = value["source"] if value.get("source") else (0, 0)
    return start, end


def _opening(text: str, start: int, end: int) -> Span:
    """Up to the first stop, at most a dozen characters."""
    stops = [at for at in (text.find(mark, start, end) for mark in "，。；：、\n") if at > start]
    return start, min([end, start + OPENING, *stops])


def _apart(spans: Iterable[Span], length: int) -> list[Span]:
    """In the order of the text, none over another: the shorter of two wins, it says more exactly where."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda one: (one[1] - one[0], one)):
        if 0 <= span[0] < span[1] <= length and not any(_meet(span, other) for other in kept):
            kept.append(span)
    return sorted(kept)


def _meet(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]
