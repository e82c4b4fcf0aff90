"""Three invented cases of one town: one on both tracks, one that waits for the head, one that was decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from foundation.organization.actors import Actor
from workflows.cases.events import Event
from workflows.cases.referring.flows import Told
from workflows.cases.referring.services import start_referral, take_step
from workflows.cases.register import About, open_case, record_event
from workflows.cases.wall.sweep import sweep

from .penalties import play_penalties
from .people import seat

FILE: dict[str, bool | str] = {
    "letter": True, "report": True, "items": "没有涉案物品", "appraisal": "鉴定机构出具后补送", "others": True
}  # fmt: skip
Line = tuple[int, int, str, str]  # day of June, hour, step, post
CASES: tuple[tuple[str, tuple[Line, ...]], ...] = (
    ("某食品厂关闭可燃气体报警装置案", (
        (3, 10, "clue", ""), (4, 9, "filed", ""), (8, 15, "suspected", ""), (8, 16, "team", ""), (10, 9, "reported", ""),
        (11, 10, "approved", "head"), (12, 8, "handed_over", ""), (12, 9, "copied", ""), (12, 10, "received", ""),
        (15, 16, "crime_filed", ""), (17, 9, "filing_notice", ""),
    )),
    ("某采石场拒不执行停产停业决定案", ((12, 9, "clue", ""), (12, 15, "filed", ""))),
    ("某仓库违规储存稀释剂案", (
        (1, 9, "filed", ""), (9, 9, "informed", ""), (11, 9, "heard", ""), (17, 16, "decided", ""),
    )),
)  # fmt: skip
REFERRED = CASES[1][0]
REPORT = (
    "该采石场边坡存在重大事故隐患，被责令停产停业后仍组织爆破作业，拒不执行，现场具有发生重大伤亡事故的现实危险，"
    "涉嫌危险作业罪，建议移送公安机关。"
)


def play_cases(moment: Callable[[int, int], dt.datetime], end: dt.datetime) -> None:
    """`moment` is an hour of a day in June; nothing after `end` has happened yet."""
    clerk, deputy = seat("hanguang.lianluo"), seat("hanguang.fenguan")
    by, team = Actor.of(clerk), (clerk.pk, deputy.pk)
    for title, lines in CASES:
        told = [
            (moment(day, hour), step, post) for day, hour, step, post in lines if moment(day, hour) <= end
        ]
        if not told:
            continue
        about = About(title, "emergency", team, team, file=FILE)
        case = open_case(about=about, unit=clerk.unit_id, actor=by, at=told[0][0])
        for at, step, post in told:
            record_event(
                case=case, event=Event(step, at, post=post), actor=by, at=at + dt.timedelta(minutes=30)
            )
        play_penalties(case, title, moment, told[-1][0] + dt.timedelta(hours=1), end, by)
        if title == REFERRED:
            _refer(case, by, moment, end)
    sweep(at=end)


def _refer(case: int, by: Actor, moment: Callable[[int, int], dt.datetime], end: dt.datetime) -> None:
    """Up to the head's desk, where it stays."""
    begun, formed, written = moment(15, 8), moment(15, 9), moment(16, 9)
    report = Told(written, "移送书面报告", f"浛执法报〔{written.year}〕2号", REPORT)
    if written <= end:
        start_referral(case=case, told=Told(begun), actor=by, at=begun)
        take_step(case=case, step="team", told=Told(formed), actor=by, at=formed)
        take_step(case=case, step="reported", told=report, actor=by, at=written)
