"""Advice on a text while it is written: pure, each rule a line of a list. No rule stops anybody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from documents.layout import Meta

from . import headings, marks, numbers, parts
from .model import Advice, Reading

RULES = (*numbers.RULES, *marks.RULES, *headings.RULES, *parts.RULES)
ROUNDS = 4  # a fix may bring another defect to light

__all__ = ["RULES", "Advice", "advise", "apply", "fix_all"]


def advise(text: str, meta: Meta, *, today: dt.date, files: Sequence[str] = ()) -> list[Advice]:
    """In the order of the text. `files`: names of what is attached."""
    reading = Reading(text, meta, today, files)
    return sorted({advice for rule in RULES for advice in rule(reading)})


def apply(text: str, advice: Iterable[Advice]) -> str:
    """The text with these fixes; of two that overlap the first."""
    lines = text.split("\n")
    free = {number: len(line) + 1 for number, line in enumerate(lines, 1)}
    for one in sorted((one for one in advice if one.fix is not None), reverse=True):
        if one.end <= free[one.line]:
            line = lines[one.line - 1]
            lines[one.line - 1] = line[: one.start] + (one.fix or "") + line[one.end :]
            free[one.line] = one.start
    return "\n".join(lines)


def fix_all(text: str, meta: Meta, *, today: dt.date) -> str:
    for _ in range(ROUNDS):
        better = apply(text, advise(text, meta, today=today))
        if better == text:
            break
        text = better
    return text
