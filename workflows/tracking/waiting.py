"""停留: what stands in which step for how long, and the average. Pure: the board's facts, a day and a calendar go in."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from foundation.organization.calendar import WorkCalendar
from workflows.tasks.ledger.bands import BANDS, band_of, stood

from .facts import Fact

STEPS = {
    "issued": "等签收", "received": "单位填报", "returned": "退回补正", "unit_review": "单位审批",
    "waiver_review": "免报审核", "office_review": "办公室审核",
}  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """Tasks in one state: how many, how many in each band, how many working days on average and at most."""

    state: str
    name: str
    count: int
    bands: dict[str, int]
    average: float
    longest: int


def standings(facts: Iterable[Fact], today: dt.date, calendar: WorkCalendar) -> list[Standing]:
    """In the order of the procedure; steps in which nothing stands are left out."""
    since: dict[str, list[dt.date]] = {state: [] for state in STEPS}
    for fact in facts:
        if fact.state in since and fact.changed:
            since[fact.state].append(timezone.localdate(fact.changed))
    days = {day: stood(day, today, calendar) for found in since.values() for day in found}
    return [_standing(state, [days[day] for day in found]) for state, found in since.items() if found]


def _standing(state: str, days: list[int]) -> Standing:
    bands = Counter(map(band_of, days))
    return Standing(
        state,
        STEPS[state],
        len(days),
        {band: bands[band] for band in BANDS},
        sum(days) / len(days),
        max(days),
    )
