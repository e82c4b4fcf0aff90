"""Which column of a file is which of ours: as it was the last time, else by its name. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from .kind import Column, Kind
from .values import narrowed

BRACKETS = re.compile(r"[（(\[【].*?[)）\]】]|[\s:：*]")


def matched(kind: Kind, heads: Sequence[str], remembered: Mapping[str, str]) -> dict[str, str]:
    """{column: head}; a column that nothing fits is not in it, and a head is taken once."""
    found: dict[str, str] = {}
    for fits in (_before(remembered), _named, _called, _alike):
        free = [head for head in heads if head not in found.values()]
        for column in kind.columns:
            if column.key not in found and (head := _first(free, column, fits)):
                found[column.key] = head
                free.remove(head)
    return found


Fits = Callable[[Column, str], bool]


def _first(heads: Iterable[str], column: Column, fits: Fits) -> str:
    return next((head for head in heads if fits(column, head)), "")


def _before(remembered: Mapping[str, str]) -> Fits:
    return lambda column, head: remembered.get(head) == column.key


def _named(column: Column, head: str) -> bool:
    return _plain(head) == _plain(column.name)


def _called(column: Column, head: str) -> bool:
    return _plain(head) in {_plain(name) for name in column.also}


def _alike(column: Column, head: str) -> bool:
    """One holds the other: 阅读量（次）, 文章阅读量."""
    plain, names = _plain(head), [_plain(name) for name in (column.name, *column.also)]
    return any(len(name) > 1 and (name in plain or (len(plain) > 1 and plain in name)) for name in names)


def _plain(name: str) -> str:
    return BRACKETS.sub("", narrowed(name)).casefold()
