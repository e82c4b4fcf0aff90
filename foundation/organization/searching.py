"""搜索: one box for everything. A room says in AppConfig.ready what of it can be found and by whom:

    searching.register(Kind("tasks.task", "任务", SEERS, found, line, more))

`found` gives only rows that the seat may see, so that nothing unseen is counted, let alone named.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from .finding.folding import Piece, marked
from .finding.grams import words_of
from .models import Appointment
from .typed import clean
from .typed import words as cut

MOST = 100  # counted no further
SHOWN = 5


@dataclass(frozen=True)
class Asked:
    """Who looks for what: `text` as it was typed, `words` folded for texts, `said` as names are compared."""

    seat: Appointment
    day: dt.date
    text: str

    @property
    def words(self) -> list[str]:
        return words_of(self.text)

    @property
    def said(self) -> list[str]:
        return self.text.split()

    @classmethod
    def of(cls, seat: Appointment, day: dt.date, text: str) -> Asked:
        return cls(seat, day, cut(clean(text)))


@dataclass(frozen=True)
class Hit:
    """`title` and `excerpt` may be plain, or pieces with what was found marked."""

    url: str
    title: str
    facts: tuple[str, ...] = ()
    excerpt: list[Piece] | None = None


@dataclass(frozen=True)
class Kind:
    """`hit` takes one row of `found`; `more` is the address of the list that finds all of them, empty for none."""

    code: str
    label: str
    posts: tuple[str, ...]
    found: Callable[[Asked], QuerySet]
    hit: Callable[[Any, Asked], Hit]
    more: Callable[[Asked], str] = lambda asked: ""


@dataclass(frozen=True)
class Group:
    kind: Kind
    count: int  # MOST at most
    hits: list[tuple[Hit, list[Piece]]]
    more: str


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    KINDS[kind.code] = kind


def groups(asked: Asked) -> Iterable[Group]:
    """Kinds in which something was found: a query each for those in which nothing was, else two."""
    if not asked.words:
        return
    for kind in KINDS.values():
        if asked.seat.post in kind.posts and (group := _group(kind, asked)):
            yield group


def _group(kind: Kind, asked: Asked) -> Group | None:
    rows = kind.found(asked)
    ids = list(rows.values_list("pk", flat=True)[:MOST])
    if not ids:
        return None
    place = {pk: at for at, pk in enumerate(ids[:SHOWN])}
    shown = sorted(rows.filter(pk__in=ids[:SHOWN]), key=lambda row: place[row.pk])
    hits = [kind.hit(row, asked) for row in shown]
    more = kind.more(asked) if len(ids) > len(hits) else ""
    return Group(kind, len(ids), [(hit, marked(hit.title, asked.words)) for hit in hits], more)
