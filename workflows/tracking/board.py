"""The board: units down, items across, a light in every cell. Pure: facts, a day and a calendar go in."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from foundation.organization.calendar import WorkCalendar
from foundation.organization.lights import Light
from workflows.tasks.deadlines import light_for
from workflows.tasks.querysets import PASSED

from .facts import Fact
from .standing import URGENCY, urgency

WAIVED = "waived"


@dataclass(frozen=True)
class Cell:
    """What a unit owes for an item: the most urgent of its tasks, and how many there are (periods)
    and have passed."""

    task: int
    state: str
    light: Light
    tasks: int
    passed: int


@dataclass(frozen=True)
class Totals:
    """Numbers of tasks: `tasks` 应办 (not the waived ones), `passed`, and one for every light."""

    tasks: int
    passed: int
    lights: dict[str, int]

    @property
    def overdue(self) -> int:
        return self.lights["overdue"]

    def as_json(self) -> dict[str, int]:
        return {"tasks": self.tasks, "passed": self.passed, **self.lights}


@dataclass(frozen=True)
class Board:
    """`cells` by (unit, item); the totals of a unit, of an item, and of everything."""

    cells: dict[tuple[int, int], Cell]
    units: dict[int, Totals]
    items: dict[int, Totals]
    totals: Totals


def draw(facts: Iterable[Fact], today: dt.date, calendar: WorkCalendar) -> Board:
    # A campaign has few due days, and counting working days is what costs.
    lights: dict[tuple, Light] = {}
    lit = []
    for fact in facts:
        key = (fact.state, fact.due_on, fact.first_submitted_at)
        if key not in lights:
            lights[key] = light_for(cast(Any, fact), today, calendar)
        lit.append((fact, lights[key]))
    cells, by_unit, by_item = defaultdict(list), defaultdict(list), defaultdict(list)
    for one in lit:
        cells[one[0].unit, one[0].item].append(one)
        by_unit[one[0].unit].append(one)
        by_item[one[0].item].append(one)
    return Board(
        {place: _cell(found) for place, found in cells.items()},
        {unit: _totals(found) for unit, found in by_unit.items()},
        {item: _totals(found) for item, found in by_item.items()},
        _totals(lit),
    )


Lit = tuple[Fact, Light]


def _cell(found: list[Lit]) -> Cell:
    fact, light = min(found, key=lambda one: urgency(one[1]))
    passed = sum(one.state in PASSED for one, _ in found)
    return Cell(fact.task, fact.state, light, len(found), passed)


def _totals(found: list[Lit]) -> Totals:
    lights = Counter(light.kind for _, light in found)
    return Totals(
        sum(fact.state != WAIVED for fact, _ in found),
        sum(fact.state in PASSED for fact, _ in found),
        {kind: lights[kind] for kind in URGENCY},
    )
