"""Typical cases: every few weeks a unit begins one. Most are decided and recommended; of some nothing more is heard, and
their clocks run out."""

from __future__ import annotations

import datetime as dt
from typing import Any

from approvals.services import decide
from approvals.waiting import pending_of
from foundation.organization.actors import Actor
from workflows.cases.events import Event
from workflows.cases.models import RecommendationProcess
from workflows.cases.recommending import services
from workflows.cases.recommending.owing import items_of
from workflows.cases.register import About, open_case, record_event

from .world import YEAR, Year

FIRST, APART, MOST = dt.date(YEAR, 6, 8), 13, 8  # working days between two; how many there are
STORY = {0: "clue", 1: "filed", 6: "informed", 9: "heard", 12: "decided", 13: "recommend", 14: "head", 15: "office_clerk",
         16: "office_head"}  # fmt: skip
FILE: dict[str, bool | str] = {
    "letter": True, "report": True, "items": "没有涉案物品", "appraisal": True, "others": True
}  # fmt: skip
WORDS = services.Words(
    "double_penalty", "对单位和主要负责人分别作出处罚。", "在本地有一定普遍性，有警示意义。"
)


def go_on(year: Year) -> None:
    for n in range(MOST):
        begun = year.calendar.add(year.calendar.next_working(FIRST), APART * n)
        step = STORY.get(year.calendar.between(begun, year.today)) if year.today >= begun else None
        if step == "clue":
            _open(year, n)
        elif step and n in year.cases and not (n % 3 == 2 and step != "filed"):
            _step(year, *year.cases[n], step)


def _open(year: Year, n: int) -> None:
    owing = [one for one in year.playing() if {"liaison", "deputy", "head"} <= set(year.hands[one.code])]
    unit = [one for one in owing if items_of(one.pk)][n % 3]
    hands, by = year.hands[unit.code], year.actor(unit.code, "liaison")
    team = (hands["liaison"].pk, hands["deputy"].pk)
    about = About(f"某企业第 {n + 1} 起违法案", "emergency", team, team, file=FILE)
    case = open_case(about=about, unit=unit.pk, actor=by, at=year.at(15, 10))
    year.cases[n] = case, unit.code
    record_event(case=case, event=Event("clue", year.at(15, 10)), actor=by, at=year.at(15, 10))


def _step(year: Year, case: int, unit: str, step: str) -> None:
    hand = year.hands.get(unit, {}).get("liaison")
    if hand is None:
        return
    about: dict[str, Any] = {"actor": Actor.of(hand), "at": year.at(15, 10)}
    if step in ("filed", "informed", "heard", "decided"):
        record_event(case=case, event=Event(step, year.at(15, 10)), **about)
    elif step == "recommend":
        item = items_of(hand.unit_id)[0]
        services.recommend(case=case, item=item.pk, words=WORDS, **about)
    else:
        where = unit if step == "head" else "anweiban"
        waits = pending_of(RecommendationProcess.objects.filter(recommendation__case=case))
        assert waits
        decide(
            approval_id=waits.pk,
            actor=year.actor(where, step),
            at=year.at(15, 10),
            do="agree",
            opinion="同意。",
        )
