"""Parties, acts and decisions of the demo's cases, all invented: by the title of the case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from foundation.organization.actors import Actor
from workflows.cases.parties.decisions import publish_decision
from workflows.cases.parties.facts import ActFacts, DecisionFacts, EvidenceFacts, HarmFacts, PartyFacts
from workflows.cases.parties.services import add_row, tell_harm
from workflows.cases.publishing.services import draft_publication, submit_publication


@dataclass(frozen=True)
class Fined:
    """`decisions`: (day of June, of the works or its head, number, article, amount). What falls on the works is published
    three days on; what falls on its head waits for the review of its text."""

    works: PartyFacts
    head: str
    act: ActFacts
    facts: tuple[str, ...] = ()
    evidence: tuple[tuple[str, str], ...] = ()  # kind, name
    decisions: tuple[tuple[int, str, int, str, int], ...] = ()


FINED = {
    "某食品厂关闭可燃气体报警装置案": Fined(
        PartyFacts("entity", "浛洸镇稻香村口食品厂", "91441881MA0ANBAN18"), "彭岳临",
        ActFacts("5月31日至6月2日关闭生产车间可燃气体报警装置，主机断电三日", "99(4)"), ("alarm_disabled",),
        (("media", "现场照片 14 张"), ("data", "报警主机断电记录"), ("record", "现场检查笔录")),
    ),
    "某采石场拒不执行停产停业决定案": Fined(
        PartyFacts("entity", "浛洸镇北坑采石场", "91441881MA0ANBAN2B"), "罗汉溪",
        ActFacts("未采取措施消除边坡坍塌隐患，经责令停产停业后继续开采", "102", "first"), ("order_refused",),
        (("document", "责令停产停业决定书和送达回证"), ("media", "夜间开采的视频")),
        ((12, "works", 41, "102", 50_000),),
    ),
    "某仓库违规储存稀释剂案": Fined(
        PartyFacts("entity", "浛洸镇同兴仓储有限公司", "91441881MA0ANBAN3E"), "邱牧之",
        ActFacts("未建立危险作业管理制度，在丙类仓库储存稀释剂 1.2 吨", "101", "first"), (),
        (("record", "现场检查笔录"), ("statement", "对仓库负责人的询问笔录")),
        ((17, "works", 42, "101", 60_000), (17, "head", 43, "94-1", 25_000)),
    ),
}  # fmt: skip


def play_penalties(
    case: int,
    title: str,
    moment: Callable[[int, int], dt.datetime],
    since: dt.datetime,
    end: dt.datetime,
    by: Actor,
) -> None:
    """Recorded after the steps of the case; what was decided or published after `end` is not known yet."""
    told = FINED[title]

    def add(facts: Any, at: dt.datetime) -> int:
        return add_row(case=case, facts=facts, actor=by, at=at)

    works = add(told.works, since)
    parties = {
        "works": works,
        "head": add(PartyFacts("person", told.head, of=works, role="principal"), since),
    }
    act = add(told.act, since)
    for kind, name in told.evidence:
        add(EvidenceFacts(kind, name, since.date()), since)
    if told.facts:
        tell_harm(case=case, facts=HarmFacts(facts=told.facts), actor=by, at=since)
    for day, who, number, article, amount in told.decisions:
        on, out = moment(day, 18), moment(day + 3, 17)
        if on > end:
            continue
        at, number_said = max(on, since), f"英应急罚〔{on.year}〕{number}号"
        row = add(DecisionFacts(parties[who], act, number_said, on.date(), article, "first", amount), at)
        if who == "head":
            _to_review(case, row, moment(day + 1, 10), end, by)
        elif out <= end:
            publish_decision(case=case, row=row, on=out.date(), actor=by, at=max(out, at))


def _to_review(case: int, decision: int, at: dt.datetime, end: dt.datetime, by: Actor) -> None:
    if at > end:
        return
    drafted, _ = draft_publication(case=case, decision=decision, actor=by, at=at)
    submit_publication(publication=drafted, checked=True, actor=by, at=at + dt.timedelta(minutes=20))
