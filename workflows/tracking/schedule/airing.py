"""附件3 beside the register of broadcasts: what was planned and not booked, booked for somebody else, cancelled, shown. Pure."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from .conflicts import Slot
from .times import span_of


@dataclass(frozen=True)
class Airing:
    """One row of the register."""

    row: int
    unit: str
    on: dt.date
    time: str
    programme: str
    subject: str
    state: str


class Stand(StrEnum):
    BOOKED = "booked"
    SHOWN = "shown"
    CANCELLED = "cancelled"
    TAKEN = "taken"  # the slot is another unit's
    UNBOOKED = "unbooked"  # the day is over, and the register has nothing of it


STATES = {"已播": Stand.SHOWN, "取消": Stand.CANCELLED}


@dataclass(frozen=True)
class Found:
    stand: Stand
    airing: Airing | None = None


@dataclass(frozen=True)
class Compared:
    """By the key of a slot; `unplanned`: what is booked and stands in nobody's 附件3."""

    slots: dict[str, Found] = field(default_factory=dict)
    unplanned: list[Airing] = field(default_factory=list)


def compared(slots: Iterable[Slot], airings: Iterable[Airing], today: dt.date) -> Compared:
    """Only what is broadcast is looked at; without any register nothing is missing from it."""
    by_day: dict[dt.date, list[Airing]] = defaultdict(list)
    every = list(airings)
    for one in every:
        by_day[one.on].append(one)
    found, planned = dict[str, Found](), set[int]()
    for slot in slots:
        if not slot.broadcast or not every:
            continue
        there = [one for one in by_day[slot.on] if _one_slot(slot, one)]
        mine = [one for one in there if one.unit == slot.unit]
        planned |= {one.row for one in mine}
        if stand := _stand(slot, mine, there, today):
            found[slot.key] = stand
    return Compared(found, [one for one in every if one.row not in planned])


def _stand(slot: Slot, mine: list[Airing], there: list[Airing], today: dt.date) -> Found | None:
    if mine:
        return Found(STATES.get(mine[0].state, Stand.BOOKED), mine[0])
    if taken := next((one for one in there if one.state != "取消"), None):
        return Found(Stand.TAKEN, taken)
    return Found(Stand.UNBOOKED) if slot.on < today else None


def _one_slot(slot: Slot, airing: Airing) -> bool:
    """Of one programme, where both name one; times that can't be told are one where their words are."""
    ours, theirs = _plain(slot.place), _plain(airing.programme)
    if ours and theirs and ours != theirs:
        return False
    here, there = span_of(slot.time), span_of(airing.time)
    if here is None or there is None:
        return _plain(slot.time) == _plain(airing.time)
    return here[0] < there[1] and there[0] < here[1]


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
