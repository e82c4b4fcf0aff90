"""Whether one unit has met the quota of cases. Pure: what was recommended, the plan's alternatives and today go in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from foundation.organization.calendar import WorkCalendar
from foundation.organization.lights import Light, light_of
from workflows.cases.kinds import CaseKind
from workflows.cases.models.recommendations import OPEN, STANDING, TAKEN

from ..querysets import IN_REVIEW, PASSED

Counts = dict[str, int]  # by kind


class Stand(StrEnum):
    MET = "met"  # the office adopted enough
    REVIEW = "review"  # enough is there, and still being looked at
    ANSWERED = "answered"  # fewer or none, with a reason that the office accepted; or waived
    MISSING = "missing"


WORDS = {Stand.MISSING: "未够数", Stand.REVIEW: "审核中", Stand.MET: "已达标", Stand.ANSWERED: "已说明"}
MISSED = "未达标"  # of what is missing once the window is over


@dataclass(frozen=True)
class Handed:
    """One recommended case: its kind, its state, the day on which it was first recommended."""

    kind: str
    state: str
    on: dt.date


@dataclass(frozen=True)
class Owed:
    """What one unit owes for one task, and what is there. `typed`: cases of other systems in the last submission."""

    state: str  # of the task
    due_on: dt.date | None
    typed_on: dt.date | None = None
    typed: Mapping[str, int] = field(default_factory=dict)
    reasoned: bool = False  # the last submission gives a reason for fewer or none
    handed: Iterable[Handed] = ()


@dataclass(frozen=True)
class Verdict:
    stand: Stand
    light: Light
    recommended: Counts
    taken: Counts
    returned: int
    lacks: Counts  # of each alternative; any one would do

    @property
    def words(self) -> str:
        return MISSED if self.light.kind == "overdue" else WORDS[self.stand]

    @property
    def lacks_says(self) -> str:
        """还差 1 个一案双罚，或 1 个行刑衔接."""
        names = dict(CaseKind.choices)
        ways = [f"{number} 个{names.get(kind, kind)}" for kind, number in self.lacks.items()]
        return f"还差 {'，或 '.join(ways)}" if ways else "还没有推荐"


def judge(ways: Iterable[tuple[str, int]], owed: Owed, today: dt.date, calendar: WorkCalendar) -> Verdict:
    """`ways` are the plan's alternatives; without any, one case of any kind is asked for."""
    alternatives = tuple(ways)
    handed = [one for one in owed.handed if _in_time(one.on, owed)]
    typed = owed.typed if _in_time(owed.typed_on, owed) else {}
    passed, under = owed.state in PASSED, owed.state in IN_REVIEW
    taken = _counted(handed, TAKEN, typed if passed else {})
    recommended = _counted(handed, STANDING, typed if passed or under else {})
    if _enough(alternatives, taken):
        stand = Stand.MET
    elif owed.state == "waived" or (owed.reasoned and passed):
        stand = Stand.ANSWERED
    elif _enough(alternatives, recommended) or (owed.reasoned and under):
        stand = Stand.REVIEW
    else:
        stand = Stand.MISSING
    lacks = {kind: least - recommended.get(kind, 0) for kind, least in alternatives}
    returned = sum(one.state in OPEN for one in owed.handed)
    return Verdict(stand, _light(stand, owed, today, calendar), recommended, taken, returned, lacks)


def _in_time(on: dt.date | None, owed: Owed) -> bool:
    """By the day on which it was first handed in; the window is judged once it is over."""
    return on is not None and (owed.due_on is None or on <= owed.due_on)


def _counted(handed: Iterable[Handed], states: tuple[str, ...], typed: Mapping[str, int]) -> Counts:
    found = dict(typed)
    for one in handed:
        if one.state in states:
            found[one.kind] = found.get(one.kind, 0) + 1
    return found


def _enough(ways: tuple[tuple[str, int], ...], counts: Counts) -> bool:
    if not ways:
        return any(counts.values())
    return any(counts.get(kind, 0) >= least for kind, least in ways)


def _light(stand: Stand, owed: Owed, today: dt.date, calendar: WorkCalendar) -> Light:
    if stand == Stand.REVIEW:
        return Light("ok")
    return light_of(owed.due_on, today, calendar, done=stand != Stand.MISSING, idle=True)
