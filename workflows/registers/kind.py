"""What a register is, as dated data (kinds/*.yaml): its columns, what makes a row the same row, what it counts for. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from foundation.organization.numerals import GREATEST

TYPES = ("text", "date", "instant", "integer", "money", "url", "choice", "unit", "item")
NUMBERS = ("integer", "money")
EXACT, LEAST, NONE = USES = ("exact", "least", "none")  # all there is; a part of it; not what a unit reports
Cells = Mapping[str, Any]  # what a row holds: {"channel": "英德发布", "reads": 1200}


@dataclass(frozen=True)
class Column:
    """One 栏目. `also`: what other systems call it in the files they export; `most`: beyond it a number is no number."""

    key: str
    name: str
    type: str
    required: bool = False
    choices: tuple[str, ...] = ()
    unit: str = ""
    most: int = GREATEST
    length: int = 200
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Count:
    """What a cell of 附件2 takes from this register.

    `take`: "rows", "sum" of one column, "distinct" values of columns (each once, in whichever register it stands),
    "greatest" of one column for every different `each`, added up. `by_day`: the day that decides whether a row lies in
    an interval, where it isn't the register's own. `when`: {column: values that count, "" for an empty one}. `units`:
    what it is to the cell that a unit reports, of USES.
    """

    code: str
    cell: str
    take: str
    of: tuple[str, ...]
    each: tuple[str, ...]
    by_day: str
    when: Mapping[str, tuple[str, ...]]
    units: str


@dataclass(frozen=True)
class Order:
    """One day of a row lies before another; `or_same`: or is the same."""

    earlier: str
    later: str
    or_same: bool


@dataclass(frozen=True)
class Lead:
    """Which rows can become a case, and how its 案由 and source are put together: {column} stands for what it says."""

    when: Mapping[str, tuple[str, ...]]
    title: str
    source: str
    day: str


@dataclass(frozen=True)
class Kind:
    """A register as it stands from `effective_from` on. `private`: auditors don't read it."""

    code: str
    name: str
    says: str
    private: bool
    effective_from: dt.date
    verified: bool
    basis: str
    columns: tuple[Column, ...]
    identity: tuple[str, ...]  # columns that make a row the same row
    day: str
    unit: str  # the column of the unit it is about; empty: the office's own
    chips: str  # the choice column that its list is narrowed by
    names: str  # the column that names a row to a person
    counts: tuple[Count, ...]
    orders: tuple[Order, ...]
    lead: Lead | None
    votes: str  # where its rows are judged and selected: the column of what the public voted; else empty

    @cached_property
    def by_key(self) -> dict[str, Column]:
        return {column.key: column for column in self.columns}

    @property
    def title(self) -> Column:
        return self.by_key[self.names]


def holds(when: Mapping[str, Sequence[str]], cells: Cells) -> bool:
    return all(cells.get(key, "") in values for key, values in when.items())


def read_kinds(found: Mapping[str, Any]) -> list[Kind]:
    """Every version of one file, in order; raises ValueError where the columns it names are not there."""
    kinds = [_kind(found, version) for version in found["versions"]]
    for kind in kinds:
        if unknown := _named(kind) - kind.by_key.keys():
            raise ValueError(f"{kind.code}: {'、'.join(sorted(unknown))} 不在栏目里。")
    return sorted(kinds, key=lambda one: one.effective_from)


def _kind(found: Mapping[str, Any], version: Mapping[str, Any]) -> Kind:
    lead = version.get("lead")
    return Kind(
        found["code"], found["name"], found["says"], found.get("private", False),
        dt.date.fromisoformat(version["effective_from"]), version["verified"], version["basis"],
        tuple(_column(one) for one in version["columns"]), tuple(version["identity"]), version["day"],
        version.get("unit", ""), version.get("chips", ""), version["names"],
        tuple(_count(one, version["day"]) for one in version.get("counts", [])),
        tuple(Order(one["earlier"], one["later"], one.get("or_same", False)) for one in version.get("orders", [])),
        Lead(_when(lead), lead["title"], lead["source"], lead["day"]) if lead else None, version.get("votes", ""),
    )  # fmt: skip


def _column(one: Mapping[str, Any]) -> Column:
    plain = {name: value for name, value in one.items() if name not in ("choices", "also")}
    return Column(**plain, choices=tuple(one.get("choices", ())), also=tuple(one.get("also", ())))


def _count(one: Mapping[str, Any], day: str) -> Count:
    return Count(
        one["code"], one["cell"], one["take"], tuple(one.get("of", ())), tuple(one.get("each", ())),
        one.get("by_day", day), _when(one), one["units"],
    )  # fmt: skip


def _when(one: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(values) for key, values in one.get("when", {}).items()}


def _named(kind: Kind) -> set[str]:
    """Every column that the rest of it speaks of."""
    named = {*kind.identity, kind.day, kind.unit, kind.chips, kind.names, kind.votes} - {""}
    for count in kind.counts:
        named |= {*count.of, *count.each, count.by_day, *count.when}
    for order in kind.orders:
        named |= {order.earlier, order.later}
    return named | ({kind.lead.day, *kind.lead.when} if kind.lead else set())
