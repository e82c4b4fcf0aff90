"""A piece of advice and what its rules look at."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from documents.layout import Document, Meta, Paragraph, UnreadableText, parse

HAN = "\u3400-\u4dbf\u4e00-\u9fff"


@dataclass(frozen=True, order=True)
class Advice:
    """`start` and `end` are offsets in the line, half open; `fix` stands for what lies between, None where only the
    writer can know."""

    line: int  # counted from 1
    start: int
    end: int
    code: str
    says: str = field(compare=False)
    fix: str | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Reading:
    """A text with what is known of it."""

    text: str
    meta: Meta
    today: dt.date
    files: Sequence[str] = ()  # names of what is attached

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def document(self) -> Document:
        """Empty while the text can't be read."""
        try:
            return parse(self.text)
        except UnreadableText:
            return Document(title="")

    @property
    def issued_on(self) -> dt.date:
        return self.meta.issued_on or self.document.dated or self.today

    @property
    def paragraphs(self) -> list[Paragraph]:
        return [block for block in self.document.blocks if isinstance(block, Paragraph)]

    def at(self, line: int, code: str, says: str, found: str = "", fix: str | None = None) -> Advice:
        """About a line, or the words `found` in it."""
        text = self.lines[line - 1]
        start = text.find(found) if found else len(text) - len(text.lstrip(" \u3000\t"))
        start = max(start, 0)
        return Advice(line, start, start + len(found) if found else len(text.rstrip()), code, says, fix)


Rule = Callable[[Reading], Iterator[Advice]]
Fix = Callable[[re.Match[str]], str | None]


def each(code: str, pattern: str, says: str, fix: Fix = lambda match: None, group: int | str = 0) -> Rule:
    """Wherever the pattern is found in a line; `says` may name the match's {0}."""
    compiled = re.compile(pattern)

    def rule(reading: Reading) -> Iterator[Advice]:
        for number, line in enumerate(reading.lines, 1):
            for match in compiled.finditer(line):
                start, end = match.span(group)
                yield Advice(number, start, end, code, says.format(match[group]), fix(match))

    return rule
