"""Masking by rule: which spans of a text are found, and what each becomes. Pure.

Masking what is masked changes nothing (a property test), so a text may be masked whenever it is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .rules import MaskRule, mask_rules
from .shapes import SHAPES, Known, Place, flat

STARS = "***"
MARK = {"keep": b"\1", "look": b"\2", "mask": b"\3"}  # of a sign that a rule has


@dataclass(frozen=True)
class Span:
    start: int
    end: int
    rule: MaskRule
    becomes: str  # what was there, where it stays


@dataclass(frozen=True)
class Masked:
    text: str
    spans: tuple[Span, ...]  # of the text as it was, in its order; those that are kept are not among them

    @property
    def count(self) -> int:
        return sum(one.rule.does == "mask" for one in self.spans)


@dataclass(frozen=True)
class Piece:
    """Of a masked text, as the page shows it."""

    text: str
    kind: str = ""  # masked, look
    says: str = ""


def mask(text: str, known: Known) -> Masked:
    plain, taken, spans = flat(text), bytearray(len(text)), []
    for rule in mask_rules():
        for place in SHAPES[rule.what](plain, known):
            for start, end in _free(rule, place, taken):
                taken[start:end] = MARK[rule.does] * (end - start)
                if rule.does != "keep":
                    spans.append(Span(start, end, rule, _becomes(rule, text, (start, end), place, known)))
    spans.sort(key=lambda one: one.start)
    return Masked(_replaced(text, spans), tuple(spans))


def pieces(text: str, known: Known) -> list[Piece]:
    """A masked text in pieces: what was masked, and what somebody has to look at."""
    marks = [(one.start, one.end, "look", one.rule.name) for one in mask(text, known).spans]
    shown = sorted({*known.people.values(), STARS}, key=len, reverse=True)
    marks += [
        (*found.span(), "masked", "已遮盖") for found in re.finditer("|".join(map(re.escape, shown)), text)
    ]
    found, last = [], 0
    for start, end, kind, says in sorted(marks):
        if start >= last:
            found += [Piece(text[last:start]), Piece(text[start:end], kind, says)]
            last = end
    return [one for one in (*found, Piece(text[last:])) if one.text]


def _free(rule: MaskRule, place: Place, taken: bytearray) -> Iterator[Place]:
    """The parts of it that no earlier rule has; what is only looked at may be kept already."""
    start, end = place
    if rule.does == "look":
        if not {*taken[start:end]} & {*MARK["mask"], *MARK["look"]}:
            yield place
        return
    for found in re.finditer(b"\0+", bytes(taken[start:end])):
        yield start + found.start(), start + found.end()


def _becomes(rule: MaskRule, text: str, part: Place, place: Place, known: Known) -> str:
    there = text[slice(*part)]
    if rule.does == "look":
        return there
    if rule.what == "person":
        whole = "".join(flat(text[slice(*place)]).split())
        return next(alias for name, alias in known.people.items() if flat(name) == whole)
    return there[: rule.head] + STARS


def _replaced(text: str, spans: Iterable[Span]) -> str:
    parts, last = [], 0
    for one in spans:
        parts += [text[last : one.start], one.becomes]
        last = one.end
    return "".join([*parts, text[last:]])
