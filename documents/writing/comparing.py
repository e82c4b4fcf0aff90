"""Two people wrote on one draft: what the later one sees of the other's text."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple


class Change(NamedTuple):
    """Lines that differ; `line` in one's own text, counted from 1."""

    line: int
    theirs: str
    mine: str


def differences(theirs: str, mine: str) -> list[Change]:
    return list(_differences(theirs.split("\n"), mine.split("\n")))


def _differences(theirs: list[str], mine: list[str]) -> Iterator[Change]:
    for kind, a, b, c, d in SequenceMatcher(None, theirs, mine, autojunk=False).get_opcodes():
        if kind != "equal":
            yield Change(c + 1, "\n".join(theirs[a:b]), "\n".join(mine[c:d]))
