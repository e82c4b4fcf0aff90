"""A scheme of assessment as data: rules with their points, grades, bonus and veto. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from foundation.organization.dated import version_on


@dataclass(frozen=True)
class Rule:
    """`of`: its points. `measure`: how it is scored (scoring.py), with which `numbers`. `report`: the report it is about."""

    code: str
    name: str
    of: Decimal
    measure: str
    report: str
    numbers: Mapping[str, Decimal]


@dataclass(frozen=True)
class Grade:
    name: str
    least: Decimal


@dataclass(frozen=True)
class Counted:
    """A bonus that registers tell of: so many points for every row of a register that says one of these things, or for
    every work that was selected (`chosen`)."""

    register: str
    points: Decimal
    when: Mapping[str, tuple[str, ...]]
    chosen: bool = False


@dataclass(frozen=True)
class Bonus:
    """`counted`: None where the office alone knows of it."""

    code: str
    name: str
    most: Decimal
    counted: Counted | None = None


@dataclass(frozen=True)
class Veto:
    """Whatever the score: the grade is this one."""

    code: str
    name: str
    grade: str


@dataclass(frozen=True)
class Scheme:
    code: str
    version: int
    name: str
    effective_from: dt.date
    verified: bool
    basis: str
    rules: tuple[Rule, ...]
    grades: tuple[Grade, ...]  # the highest first
    bonus_most: Decimal
    bonuses: tuple[Bonus, ...]
    vetoes: tuple[Veto, ...]
    appeal_days: int  # working days

    def grade_of(self, score: Decimal) -> str:
        return next(grade.name for grade in self.grades if score >= grade.least)


def scheme_on(schemes: Sequence[Scheme], day: dt.date) -> Scheme:
    """The one in force on that day; before the first, the first."""
    return version_on(sorted(schemes, key=lambda one: one.version), day)
