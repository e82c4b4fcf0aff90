"""Import of units and people: every row goes through the forms and services of the pages, in one transaction.

The preview does the same and takes it back, so that it shows what would happen. One error: nothing is written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from .actors import Actor
from .refusals import Refused
from .tables import Row

ADDED, CHANGED, SAME = "新增", "修改", "不变"
Act = Callable[["Run", Row], str]  # one row; ADDED, CHANGED or SAME


@dataclass(frozen=True)
class Kind:
    """What can be imported. `title`: the column that names a row to a person; `once`: the columns that no two rows of a
    file have alike, for the second would write over the first unseen."""

    name: str
    says: str
    columns: Sequence[str]
    required: Sequence[str]
    title: str
    act: Act
    once: Sequence[str]


@dataclass(frozen=True)
class Line:
    number: int
    title: str
    what: str  # ADDED, CHANGED, SAME, or the error
    wrong: bool = False


@dataclass
class Run:
    """One import: by whom and when, what came of each row, and the passwords of new accounts, to be shown once."""

    actor: Actor
    at: dt.datetime
    lines: list[Line] = field(default_factory=list)
    added_people: list[int] = field(default_factory=list)
    first: dict[tuple[str, ...], int] = field(default_factory=dict)  # the row that had these words first

    @property
    def errors(self) -> list[Line]:
        return [line for line in self.lines if line.wrong]

    @property
    def changes(self) -> list[Line]:
        return [line for line in self.lines if line.what in (ADDED, CHANGED)]

    def count(self, what: str) -> int:
        return sum(line.what == what for line in self.lines)


def run(kind: Kind, rows: Sequence[Row], *, actor: Actor, at: dt.datetime, keep: bool) -> Run:
    """Do it; take it back unless `keep`, and in any case where a row has an error."""
    done = Run(actor, at)
    with transaction.atomic():
        for row in rows:
            done.lines.append(_line(kind, row, done))
            done.first.setdefault(_key(kind, row), row.number)
        if done.errors or not keep:
            transaction.set_rollback(True)
    return done


def _line(kind: Kind, row: Row, done: Run) -> Line:
    title = row.cells[kind.title] or "（空）"
    try:
        if before := done.first.get(_key(kind, row)):
            said = "、".join(f"{name}“{row.cells[name]}”" for name in kind.once if row.cells[name])
            raise Refused(f"与第 {before} 行重复：{said}，请只留一行。")
        return Line(row.number, title, kind.act(done, row))
    except Refused as refusal:
        return Line(row.number, title, str(refusal), wrong=True)


def _key(kind: Kind, row: Row) -> tuple[str, ...]:
    return tuple(row.cells[name] for name in kind.once)
