"""SCENARIO.yaml of the command `clocks`: a case, what happened in it, and what somebody wants to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone

from foundation.organization import typed
from foundation.organization.calendar import WorkCalendar
from foundation.organization.schemas import fault
from foundation.organization.yaml_text import read_yaml

from .clocks import Facts
from .events import VIOLATION, Event
from .gates import Matter, Officer
from .library import DEFAULT, pack_for
from .pack import Pack
from .rule_words import FLAGS


class BadScenario(ValueError):
    """SCENARIO 有误。"""


@dataclass(frozen=True)
class Scenario:
    pack: Pack
    facts: Facts
    matter: Matter
    now: dt.datetime
    calendar: WorkCalendar
    events: tuple[Event, ...]
    attempts: tuple[Event, ...]
    violation_ended: dt.date | None


def load(path: Path) -> Scenario:
    """Raises BadScenario or BadPack with the first fault and its path, OSError."""
    try:
        document = read_yaml(path)
    except ValueError as error:
        raise BadScenario(str(error)) from error
    return read(document)


def read(document: Any) -> Scenario:
    if says := fault(document, "clocks_scenario", "SCENARIO"):
        raise BadScenario(says)
    case = document.get("case") or {}
    now = _instant(document["now"], "now")
    events = tuple(_event(one, f"events[{n}]") for n, one in enumerate(document.get("events") or ()))
    attempts = tuple(_event(one, f"attempts[{n}]") for n, one in enumerate(document.get("attempts") or ()))
    opened = min((one.at for one in events), default=now).date()
    pack = pack_for(
        document.get("pack", DEFAULT), _day(case["opened"], "case.opened") if "opened" in case else opened
    )
    pack = pack.for_agency(case.get("agency", "emergency"))
    flags = frozenset(name for name in FLAGS if case.get(name))
    scenario = Scenario(
        pack, Facts(flags, document.get("options") or {}), _matter(case, flags), now,
        _calendar(document.get("calendar") or {}), events, attempts,
        _day(case[VIOLATION], f"case.{VIOLATION}") if VIOLATION in case else None,
    )  # fmt: skip
    _check(scenario)
    return scenario


def _matter(case: Mapping[str, Any], flags: frozenset[str]) -> Matter:
    officers = tuple(Officer(one["name"], one.get("qualified", True)) for one in case.get("officers", ()))
    return Matter(flags, officers, case.get("reviewer", ""), case.get("file", {}))


def violation(day: dt.date | None) -> list[Event]:
    """What clocks have to be told beside the steps: the day begins it."""
    return [Event(VIOLATION, timezone.make_aware(dt.datetime.combine(day, dt.time())))] if day else []


def _event(one: Mapping[str, Any], path: str) -> Event:
    by = one.get("by") or {}
    told = {key: str(one.get(key) or "") for key in ("document", "number", "reason")}
    return Event(one["step"], _instant(one["at"], f"{path}.at"), post=by.get("post", ""), **told)


def _check(scenario: Scenario) -> None:
    """Steps and posts that the pack knows; nothing has happened in the future."""
    for kind, some in (("events", scenario.events), ("attempts", scenario.attempts)):
        for n, one in enumerate(some):
            _known(one.step, scenario.pack.steps, f"{kind}[{n}].step")
            if one.post:
                _known(one.post, scenario.pack.posts, f"{kind}[{n}].by.post")
    for n, one in enumerate(scenario.events):
        if one.at > scenario.now:
            raise BadScenario(
                f"SCENARIO 的 events[{n}].at 晚于 now：{one.at.isoformat()}，还没有发生的请放到 attempts。"
            )
    rules, laws = dict.fromkeys(one.rule for one in scenario.pack.clocks), scenario.pack.laws
    for rule, law in (scenario.facts.chosen or {}).items():
        _known(rule, rules, "options")
        _known(law, laws, f"options.{rule}")


def _known(name: str, known: Any, path: str) -> None:
    if name not in known:
        raise BadScenario(f"SCENARIO 的 {path} 不认识“{name}”，可用的有：{'、'.join(known)}。")


def _instant(text: str, path: str) -> dt.datetime:
    at = typed.instant(text)
    if at is None:
        raise BadScenario(f"SCENARIO 的 {path} 不是时间：{text}，请写成 2026-06-12T10:00:00+08:00。")
    return at


def _day(text: str, path: str) -> dt.date:
    return _instant(text, path).date()


def _calendar(given: Mapping[str, Any]) -> WorkCalendar:
    off = {_day(text, f"calendar.holidays[{n}]"): False for n, text in enumerate(given.get("holidays", ()))}
    on = {_day(text, f"calendar.workdays[{n}]"): True for n, text in enumerate(given.get("workdays", ()))}
    return WorkCalendar(off | on)
