"""What `clocks` prints of a scenario (docs/schemas/clocks.json)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .clocks import Clock, clocks
from .gates import Verdict, effective, in_order, judge
from .pack import Pack
from .scenario import Scenario, violation


def told(scenario: Scenario) -> dict[str, Any]:
    happened = [*violation(scenario.violation_ended), *scenario.events]
    found = clocks(scenario.pack, scenario.facts, happened, scenario.now, scenario.calendar)
    return {
        "clocks": [_clock(scenario.pack, one) for one in found],
        "steps": [_step(scenario.pack, one) for one in verdicts(scenario)],
    }


def verdicts(scenario: Scenario) -> Iterable[Verdict]:
    """Of everything that happened and was tried, in order of time; what was tried changes nothing."""
    pack, counting = scenario.pack, effective(scenario.pack, scenario.events)
    tried = in_order(pack, [*scenario.events, *scenario.attempts])
    return [judge(pack, scenario.matter, counting, one, scenario.calendar) for one in tried]


def _clock(pack: Pack, one: Clock) -> dict[str, Any]:
    return {
        "rule": one.rule.rule,
        "name": one.rule.name,
        "who": one.rule.who,
        "basis": pack.cite(*one.cites),
        "starts": one.starts.isoformat(),
        "due": one.due.isoformat() if one.due else None,
        "unit": one.limit.unit.value,
        "status": one.status.value,
        "verified": one.verified,
    }


def _step(pack: Pack, one: Verdict) -> dict[str, Any]:
    return {
        "step": one.event.step,
        "at": one.event.at.isoformat(),
        "allowed": one.allowed,
        "why": "；".join(one.why),
        "basis": pack.cite(*one.cites),
    }
