"""A case told in lines: "03-02 09:00 reported", "03-03 10:00 approved head"."""

from __future__ import annotations

import datetime as dt

from workflows.cases.clocks import Clock, Facts, clocks
from workflows.cases.events import Event
from workflows.cases.gates import Matter, Officer, Verdict, effective, judge
from workflows.cases.library import pack_for

from .test_counting import CALENDAR, at

PACK = pack_for("work_safety", dt.date(2026, 3, 1)).for_agency("emergency")
NOW = at("12-01 09:00")
MATTER = Matter(
    officers=(Officer("甲"), Officer("乙")),
    file={"letter": True, "report": True, "items": "没有涉案物品", "appraisal": True, "others": True},
)


def events(*lines: str) -> list[Event]:
    found = []
    for line in lines:
        day, time, step, *post = line.split()
        found.append(Event(step, at(f"{day} {time}"), post=post[0] if post else "", reason="事实不清"))
    return found


def running(*lines: str, now: dt.datetime = NOW, pack=PACK, **chosen: str) -> list[Clock]:
    return clocks(pack, Facts(chosen=chosen), events(*lines), now, CALENDAR)


def clock(rule: str, *lines: str, now: dt.datetime = NOW, flags: frozenset[str] = frozenset()) -> Clock:
    found = clocks(PACK, Facts(flags), events(*lines), now, CALENDAR)
    (one,) = [clock for clock in found if clock.rule.rule == rule]
    return one


def verdict(attempt: str, *lines: str, matter: Matter = MATTER) -> Verdict:
    (event,) = events(attempt)
    return judge(PACK, matter, effective(PACK, events(*lines)), event, CALENDAR)


def why(attempt: str, *lines: str, matter: Matter = MATTER) -> str:
    return "；".join(verdict(attempt, *lines, matter=matter).why)
