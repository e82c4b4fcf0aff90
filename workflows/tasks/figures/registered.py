"""What registers hold beside the figures of units, told from above: tasks knows no register. The room that keeps them
gives its opener in AppConfig.ready."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Protocol

from workflows.plans.models import Plan

from ..statistics import Kepts, Numbers, Place


class Book(Protocol):
    """Rows of one campaign up to a day, read once. A day that is None is open."""

    def of(self, unit: str, start: dt.date | None, end: dt.date) -> Kepts:
        """What this unit has to report itself, by its code."""

    def whole(self, start: dt.date | None, end: dt.date) -> Numbers:
        """All there is, also what no unit reports."""

    def places(self, code: str, cell: str, start: dt.date | None, end: dt.date) -> tuple[Place, ...]:
        """Where the rows of that cell stand."""


Opener = Callable[[Plan, dt.date, int | None], Book]  # (campaign, up to, of one unit alone)

_opener: list[Opener] = []


def opened_by(opener: Opener) -> None:
    _opener[:] = [opener]


def book_of(plan: Plan, until: dt.date, unit: int | None = None) -> Book:
    return _opener[0](plan, until, unit)
