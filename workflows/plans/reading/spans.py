"""Half-open code-point spans over the plan's text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from workflows.plans.reading.model import Span

_LINE = re.compile(r"[^\n]+")
_SENTENCE = re.compile(r"[^。！？\n]*[。！？]?[”’」）)]*")


def trim(text: str, span: Span) -> Span:
    """Without the blanks at both ends; an empty span collapses at its start."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def lines(text: str, span: Span) -> list[Span]:
    """The non-blank lines, trimmed."""
    found = (trim(text, match.span()) for match in _LINE.finditer(text, *span))
    return [each for each in found if each[0] < each[1]]


def sentences(text: str, span: Span) -> list[Span]:
    """The sentences, each with its mark; a line end closes a sentence too."""
    found = (trim(text, match.span()) for match in _SENTENCE.finditer(text, *span))
    return [each for each in found if each[0] < each[1]]


def split(text: str, span: Span, marks: str) -> list[Span]:
    """The trimmed parts between any of `marks`."""
    found = (trim(text, match.span()) for match in re.compile(f"[^{marks}]+").finditer(text, *span))
    return [each for each in found if each[0] < each[1]]


def merge(spans: Iterable[Span]) -> list[Span]:
    """Sorted, overlapping and touching spans joined."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        elif start < end:
            joined.append((start, end))
    return joined


def subtract(span: Span, holes: Iterable[Span]) -> list[Span]:
    """What of `span` lies outside all holes."""
    left, start = [], span[0]
    for a, b in merge(holes):
        if a >= span[1]:
            break
        if a > start:
            left.append((start, a))
        start = max(start, b)
    if start < span[1]:
        left.append((start, span[1]))
    return left


def overlapping(span: Span, merged: list[Span]) -> list[Span]:
    """Those of merged spans that share something with `span`; found by halving."""
    begin = bisect_right(merged, span[0], key=lambda each: each[1])
    return merged[begin : bisect_left(merged, span[1], key=lambda each: each[0])]


def inside(span: Span, others: Iterable[Span]) -> bool:
    """Whether one of `others` contains the span."""
    return any(a <= span[0] and span[1] <= b for a, b in others)
