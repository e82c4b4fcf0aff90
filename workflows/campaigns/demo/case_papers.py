"""Papers of the demo's cases: of the referral its letter, report and list, of the double penalty both decisions and its
recommendation. All invented."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from foundation.organization.actors import Actor
from workflows.cases.models import Case, Decision
from workflows.cases.papers.services import make_paper

from .people import seat

Typed = dict[str, str]
LETTER: Typed = {
    "to": "英德市公安局", "number": "浛府移〔2026〕1号", "offence": "134-1(1)", "copy": "英德市人民检察院", "officer": "镇应急管理办公室经办人",
    "facts": "5月31日至6月2日，该厂为避免报警影响生产，关闭生产车间可燃气体报警装置，主机断电三日，期间车间正常使用燃气。\n"
    "现场检查时燃气管道阀门处检出可燃气体，存在发生爆炸的现实危险。",
}  # fmt: skip
REPORT: Typed = {
    "source": "镇应急管理办公室日常检查发现。", "offence": LETTER["offence"], "facts": LETTER["facts"],
    "opinion": "该厂及其主要负责人的行为涉嫌危险作业罪，建议移送公安机关处理。",
}  # fmt: skip
DECISION: Typed = {
    "address": "浛洸镇工业路", "heard": "当事人进行了陈述，没有提出异议。", "review": "英德市人民政府", "court": "英德市人民法院",
    "facts": "经查，该公司未建立危险作业管理制度，在丙类仓库储存稀释剂1.2吨。", "evidence": "现场检查笔录、询问笔录",
}  # fmt: skip
RECOMMENDATION: Typed = {
    "meaning": "企业和主要负责人一并受到处罚，促使辖区内二十余家仓储企业开展自查，对危险作业管理有警示作用。",
}
PAPERS: dict[str, tuple[tuple[int, int, str, Typed], ...]] = {  # day of June, hour, paper
    "某食品厂关闭可燃气体报警装置案": (
        (11, 11, "approval", {}), (11, 15, "report", REPORT), (11, 16, "materials", {}), (11, 17, "letter", LETTER),
    ),
    "某仓库违规储存稀释剂案": ((17, 19, "penalty", DECISION), (19, 15, "recommendation", RECOMMENDATION)),
}  # fmt: skip


def play_papers(moment: Callable[[int, int], dt.datetime], end: dt.datetime) -> None:
    """`moment` is an hour of a day in June; nothing after `end` has been made yet."""
    clerk = seat("hanguang.lianluo")
    for case in Case.objects.filter(title__in=PAPERS, unit=clerk.unit_id).order_by("pk"):
        for day, hour, paper, typed in PAPERS[case.title]:
            if moment(day, hour) <= end:
                _make(case, paper, typed, Actor.of(clerk), moment(day, hour))


def _make(case: Case, paper: str, typed: Typed, by: Actor, at: dt.datetime) -> None:
    """A decision that was not taken by then has no paper."""
    decisions = Decision.objects.filter(case=case, struck_at=None).values_list("pk", flat=True)
    for about in list(decisions) if paper == "penalty" else [0]:
        make_paper(case=case.pk, paper=paper, about=about, typed=typed, actor=by, at=at)
