"""What does not fit in the schedules of all units. Pure.

One slot holds one programme: a broadcast takes its channel from every unit, an activity its place from the unit's own
ones alone (会议室 of one town is not that of another). Material is handed in before the day it is shown on. All of it
lies within the campaign.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from .times import span_of

Window = tuple[dt.date | None, dt.date | None]


@dataclass(frozen=True)
class Slot:
    """One line of a unit's 附件3. `broadcast`: it is shown or printed by a medium."""

    key: str  # stable while its task and title stay
    unit: str
    on: dt.date
    time: str
    title: str
    form: str = ""
    place: str = ""
    host: str = ""
    material: dt.date | None = None
    broadcast: bool = False


class Rule(StrEnum):
    SLOT = "slot"
    MATERIAL = "material"
    WINDOW = "window"


@dataclass(frozen=True)
class Conflict:
    """`other`: what it collides with; each of the two has one."""

    rule: Rule
    slot: Slot
    other: Slot | None = None


def conflicts(slots: Iterable[Slot], window: Window) -> list[Conflict]:
    """In the order of the slots."""
    every = list(slots)
    found = defaultdict(list)
    for one, other in _collisions(every):
        found[one.key].append(Conflict(Rule.SLOT, one, other))
        found[other.key].append(Conflict(Rule.SLOT, other, one))
    start, end = window
    for one in every:
        if one.material and one.material >= one.on:
            found[one.key].append(Conflict(Rule.MATERIAL, one))
        if (start and one.on < start) or (end and one.on > end):
            found[one.key].append(Conflict(Rule.WINDOW, one))
    return [conflict for one in every for conflict in found.pop(one.key, ())]


def _collisions(slots: list[Slot]) -> Iterator[tuple[Slot, Slot]]:
    """Pairs in one place whose times overlap; times that can't be told collide with the same words."""
    places: dict[tuple, list[tuple[int, int, Slot]]] = defaultdict(list)
    for one in slots:
        if place := _place(one):
            span = span_of(one.time)
            key = (one.on, *place) if span else (one.on, *place, one.time.strip())
            places[key].append((*(span or (0, 1)), one))
    for there in places.values():
        running: list[tuple[int, Slot]] = []
        for start, end, one in sorted(there, key=lambda found: found[:2]):
            running = [(until, other) for until, other in running if until > start]
            yield from ((other, one) for _, other in running)
            running.append((end, one))


def _place(slot: Slot) -> tuple[str, str] | None:
    """Whose, and what it is called. Without a name nobody can tell; without a time neither."""
    name = "".join(unicodedata.normalize("NFKC", slot.place).split())
    if not name or not slot.time.strip():
        return None
    return ("", name) if slot.broadcast else (slot.unit, name)
