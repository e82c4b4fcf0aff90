"""Numbers of the board that are links: each leads to the ledger that finds just as many.

Those of a past day lead nowhere: the ledger tells of now.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from workflows.tasks.hands import Holder
from workflows.tasks.ledger.bands import LABELS
from workflows.tasks.ledger.filters import NOBODY

from .board import Totals
from .look import Look
from .waiting import Standing

SHOWN = 12  # people


class Count(NamedTuple):
    """`name` is spoken before the number; `kind` of light, where that is what it counts."""

    number: int
    url: str
    name: str
    kind: str = ""


@dataclass(frozen=True)
class Hand:
    name: str
    unit: str
    count: Count
    overdue: Count


def sums(totals: Totals | None, look: Look, name: str, **narrowed: object) -> list[Count]:
    """应办, 通过, 超期 of a row, a column or everything."""
    tasks, passed, late = (totals.tasks, totals.passed, totals.overdue) if totals else (0, 0, 0)
    return [
        Count(tasks, look.tasks(state="owed", **narrowed), f"{name}应办"),
        Count(passed, look.tasks(state="passed", **narrowed), f"{name}通过"),
        Count(late, look.tasks(light="overdue", **narrowed), f"{name}超期", "overdue"),
    ]


def near(totals: Totals, look: Look) -> Count:
    return Count(totals.lights["near"], look.tasks(light="near"), "临期", "near")


def bands(rows: Iterable[Standing], look: Look) -> list[tuple[Standing, Count, list[Count]]]:
    """A step a row: how many, and how many in each band."""
    return [
        (
            row,
            Count(row.count, look.tasks(state=row.state), row.name),
            [
                Count(number, look.tasks(state=row.state, age=band), f"{row.name}停留 {LABELS[band]}")
                for band, number in row.bands.items()
            ],
        )
        for row in rows
    ]


def hands(holders: dict[int, list[Holder]], late: set[int], look: Look) -> list[Hand]:
    """Who has most that is late, then who has most; the first few."""
    held: dict[int, list[int]] = {}
    who: dict[int, Holder] = {}
    for task, found in holders.items():
        for one in {one.person: one for one in found}.values():
            held.setdefault(one.person, []).append(task)
            who[one.person] = one
    order = sorted(
        held, key=lambda person: (-len(late.intersection(held[person])), -len(held[person]), person)
    )
    return [_hand(who[one], len(held[one]), len(late.intersection(held[one])), look) for one in order[:SHOWN]]


def _hand(holder: Holder, count: int, overdue: int, look: Look) -> Hand:
    mine = {"holder": holder.person or NOBODY}
    return Hand(
        holder.name, holder.unit,
        Count(count, look.tasks(**mine), holder.name),
        Count(overdue, look.tasks(light="overdue", **mine), f"{holder.name}超期", "overdue"),
    )  # fmt: skip
