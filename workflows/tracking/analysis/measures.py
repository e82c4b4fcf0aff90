"""The measures of a set of tasks: shares in time and at the first go, working time by step. Pure."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from approvals.engine.dwell import A_DAY
from workflows.tasks.querysets import PASSED

from ..waiting import STEPS
from .steps import Course, Stay
from .worktime import WorkTime


@dataclass(frozen=True)
class Followed:
    """One task: where it stands, when it was due and came, its course. Days and moments are the office's own."""

    task: int
    unit: int
    item: int
    state: str
    due_on: dt.date | None
    came_on: dt.date | None
    course: Course


class Share(NamedTuple):
    part: int
    whole: int

    @property
    def value(self) -> float | None:
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True)
class Times:
    """Working days, 6.5 hours each: of what ended, and apart from it of what still goes on."""

    count: int
    mean: float | None
    median: float | None
    longest: float | None
    open: int
    open_mean: float | None


@dataclass(frozen=True)
class Measures:
    tasks: int
    in_time: Share
    passed: Share
    first: Share
    returns: int
    whole: Times
    steps: Mapping[str, Times]


class Clock(NamedTuple):
    """What the measures are worked out with."""

    now: dt.datetime
    time: WorkTime

    @property
    def today(self) -> dt.date:
        return self.now.date()


@dataclass(frozen=True)
class Followings:
    """Every task of a campaign that was worked on in the system, followed up to the clock's moment."""

    tasks: list[Followed]
    reasons: dict[str, int]  # why the office returned what, by Remark.Reason
    clock: Clock


def measure(tasks: Iterable[Followed], clock: Clock) -> Measures:
    """应报: handed in, or past its due day; what was waived or has no due day is in no share of being in time.
    What was cancelled is not among the tasks, as on the board."""
    found = list(tasks)
    owed = [one for one in found if one.state != "waived"]
    due = [one for one in owed if one.due_on and (one.came_on or one.due_on < clock.today)]
    judged = [one.course.first for one in found if one.course.first is not None]
    stays: dict[str, list[Stay]] = {step: [] for step in STEPS}
    for one in found:
        for stay in one.course.stays:
            stays[stay.step].append(stay)
    return Measures(
        len(found),
        Share(sum(_in_time(one) for one in due), len(due)),
        Share(sum(one.state in PASSED for one in owed), len(owed)),
        Share(sum(judged), len(judged)),
        sum(one.course.returns for one in found),
        times([one.course.whole for one in found if one.course.whole], clock),
        {step: times(of, clock) for step, of in stays.items()},
    )  # fmt: skip


def measure_by(
    tasks: Iterable[Followed], keys: Callable[[Followed], Iterable[Hashable]], clock: Clock
) -> dict[Hashable, Measures]:
    """A task that has several keys counts under each of them."""
    sets: dict[Hashable, list[Followed]] = defaultdict(list)
    for one in tasks:
        for key in keys(one):
            sets[key].append(one)
    return {key: measure(found, clock) for key, found in sets.items()}


def times(stays: Iterable[Stay], clock: Clock) -> Times:
    ended: list[float] = []
    going: list[float] = []
    for stay in stays:
        span = clock.time.between(stay.start, stay.end or clock.now) / A_DAY
        (ended if stay.end else going).append(span)
    return Times(
        len(ended), _mean(ended), median(ended) if ended else None, max(ended, default=None),
        len(going), _mean(going),
    )  # fmt: skip


def _mean(spans: list[float]) -> float | None:
    return sum(spans) / len(spans) if spans else None


def _in_time(one: Followed) -> bool:
    return one.came_on is not None and one.due_on is not None and one.came_on <= one.due_on
