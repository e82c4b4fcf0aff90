"""The assessment of a campaign as it stands today, and as `assess` prints it (docs/schemas/assess.json)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from foundation.organization.services import working_calendar
from workflows.plans.models import Plan

from .gathering import facts_of
from .reading import schemes
from .scheme import Scheme, scheme_on
from .scoring import Clock, Line, Result, ranked, score


def scheme_of(plan: Plan, today: dt.date) -> Scheme:
    """In force on the campaign's last day; of one without an end, today."""
    return scheme_on(schemes(), plan.ends_on or today)


def assess(plan: Plan, today: dt.date) -> list[tuple[int, Result]]:
    """(place, result) of every unit, the best first. What is due later takes nothing off yet."""
    calendar = working_calendar()
    scheme, clock = scheme_of(plan, today), Clock(today, calendar)
    return ranked(score(scheme, facts, clock) for facts in facts_of(plan, today, calendar, scheme.bonuses))


def report(plan: Plan, today: dt.date) -> dict[str, Any]:
    scheme = scheme_of(plan, today)
    units = [as_json(result) for _, result in assess(plan, today)]
    return {"scheme": scheme.code, "version": scheme.version, "units": units}


def as_json(result: Result) -> dict[str, Any]:
    return {
        "unit": result.unit,
        "score": plain(result.score),
        "grade": result.grade,
        "lines": [_line(line) for line in result.lines],
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "rule": line.rule, "points": plain(line.points), "of": plain(line.of), "why": line.why,
        "evidence": list(line.evidence),
    }  # fmt: skip


def plain(points: Decimal) -> int | float:
    """Points have two places, which a JSON number holds exactly enough."""
    return int(points) if points == points.to_integral_value() else float(points)
