"""SCRIPT.json: who holds which post, who stands for whom, and the commands in their order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.dateparse import parse_date

from foundation.organization import typed
from foundation.organization.calendar import WorkCalendar
from foundation.organization.schemas import fault

from ..engine.routes import Fact, Person


class BadScript(ValueError):
    """SCRIPT 有误。"""


@dataclass(frozen=True)
class Proxy:
    """代理 from day to day, both included, on the routes named or on all."""

    owner: Person
    to: Person
    start: dt.date
    end: dt.date
    routes: tuple[str, ...]

    def holds(self, at: dt.datetime | None, route: str) -> bool:
        in_time = at is None or self.start <= at.date() <= self.end
        return in_time and (not self.routes or route in self.routes)


@dataclass(frozen=True)
class Line:
    """One command of the script."""

    by: Person
    do: str
    args: Mapping[str, Any]
    at: dt.datetime | None


@dataclass(frozen=True)
class Script:
    initiator: Person
    unit: str
    facts: Mapping[str, Fact]
    holders: Mapping[str, list[Person]]
    superior: Mapping[str, Person]
    proxies: tuple[Proxy, ...]
    calendar: WorkCalendar
    items: Mapping[str, str]
    lines: tuple[Line, ...] = field(default=())


def read(document: Any) -> Script:
    """Raises BadScript with the first fault and its path."""
    if says := fault(document, "approvals_script", "SCRIPT"):
        raise BadScript(says)
    context = document["context"]
    return Script(
        context["initiator"],
        context.get("unit", "unit"),
        context.get("facts") or {},
        context.get("holders") or {},
        context.get("superior") or {},
        tuple(_proxy(n, one) for n, one in enumerate(context.get("proxies") or [])),
        _calendar(context.get("calendar") or {}),
        context.get("items") or {},
        tuple(_line(n, one) for n, one in enumerate(document["commands"])),
    )


def _line(n: int, one: dict[str, Any]) -> Line:
    at = _instant(one["at"], f"commands[{n}].at") if one.get("at") else None
    return Line(one.get("by") or "", one["do"], one.get("args") or {}, at)


def _instant(text: str, path: str) -> dt.datetime:
    at = typed.instant(text)
    if at is None:
        raise BadScript(f"SCRIPT 的 {path} 不是时间：{text}，请写成 2026-06-12T10:00:00+08:00。")
    return at


def _proxy(n: int, one: dict[str, Any]) -> Proxy:
    path = f"context.proxies[{n}]"
    start = _day(one.get("start") or "0001-01-01", f"{path}.start")
    end = _day(one.get("end") or "9999-12-31", f"{path}.end")
    if end < start:
        raise BadScript(f"SCRIPT 的 {path} 不对：止日早于起日，请改正。")
    if one["from"] == one["to"]:
        raise BadScript(f"SCRIPT 的 {path} 不对：不能由本人代理本人，请改正。")
    return Proxy(one["from"], one["to"], start, end, tuple(one.get("routes") or ()))


def _day(text: str, path: str) -> dt.date:
    """A day, or the day of an instant; a proxy may run to the end of all days."""
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    return day or _instant(text, path).date()


def _calendar(given: dict[str, list[str]]) -> WorkCalendar:
    kinds = (("holidays", False), ("workdays", True))
    return WorkCalendar(
        {
            _day(text, f"context.calendar.{name}[{n}]"): works
            for name, works in kinds
            for n, text in enumerate(given.get(name, []))
        }
    )
