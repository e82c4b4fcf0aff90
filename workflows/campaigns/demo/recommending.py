"""Cases that units recommend as typical: the town's own three, and one of each of six other units."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from approvals.models import Approval
from approvals.services import decide
from approvals.waiting import pending_of
from foundation.organization.actors import Actor
from workflows.cases.events import Event
from workflows.cases.models import Case, RecommendationProcess
from workflows.cases.recommending import services
from workflows.cases.recommending.owing import items_of
from workflows.cases.register import About, open_case, record_event
from workflows.plans.models import Item
from workflows.tasks.models import Task

from .story import Story

Step = tuple[int, int, int, str, str]  # month, day, hour, who does what, words
DECIDED = ((1, "filed", ""), (5, "informed", ""), (8, "heard", ""), (11, "decided", ""))  # day of June
HANDED_OVER = ((1, "team", ""), (2, "reported", ""), (3, "approved", "head"), (4, "handed_over", ""))
YES = ((12, 15, "head agree"), (15, 9, "clerk agree"), (16, 11, "boss agree"))
MERIT = "违法行为在本地有一定普遍性，处理程序完整，有警示意义。"


@dataclass(frozen=True)
class Tale:
    title: str
    kind: str
    summary: str
    steps: tuple[Step, ...]


def _june(*steps: tuple[int, int, str]) -> tuple[Step, ...]:
    return tuple((6, day, hour, does, "同意。") for day, hour, does in steps)


OWN = (
    Tale(
        "某食品厂关闭可燃气体报警装置案", "referral", "该厂停用并拔除车间可燃气体报警装置，已移送公安机关。",
        _june((15, 9, "liaison recommend"), (15, 15, "head agree"), (16, 9, "clerk agree"), (17, 11, "boss agree")),
    ),
    Tale(
        "某仓库违规储存稀释剂案", "double_penalty", "该仓库未经批准储存稀释剂，对单位和负责人分别作出处罚。",
        _june((18, 9, "liaison recommend"), (18, 15, "head agree"), (19, 9, "clerk agree"), (22, 11, "boss agree")),
    ),
    Tale(
        "某采石场拒不执行停产停业决定案", "referral", "该采石场收到停产停业决定后继续开采。",
        (*_june((17, 9, "liaison recommend"), (17, 15, "head agree")),
         (6, 18, 9, "clerk return", "还没有移送公安机关，移送以后再推荐。")),
    ),
)  # fmt: skip
OTHERS = (
    Tale("某加油站违规卸油案", "double_penalty", "卸油时无人监护，对单位和安全管理人员分别作出处罚。", (
        *_june((12, 9, "liaison recommend"), *YES), (6, 18, 15, "clerk publish", "市政府网站"))),
    Tale("某家具厂拆除除尘设施案", "referral", "该厂为省电拆除木工车间除尘设施，已移送公安机关。", _june(
        (12, 9, "liaison recommend"), *YES)),
    Tale("某工地特种作业无证上岗案", "double_penalty", "两名电焊工无证上岗，对单位和项目负责人分别作出处罚。", (
        *_june((12, 9, "liaison recommend"), (12, 15, "head agree")),
        (6, 16, 9, "clerk disagree", "同类案例已采用三个，本次不再采用。"), )),
    Tale("某塑料厂堵塞疏散通道案", "double_penalty", "该厂用货物堵塞疏散通道，拒不改正。", (
        *_june((15, 9, "liaison recommend"), (15, 15, "head agree")),
        (6, 17, 9, "clerk return", "请写明对个人的处罚。"),
        *_june((18, 9, "liaison recommend"), (18, 15, "head agree"), (22, 9, "clerk agree"), (23, 11, "boss agree")))),
    Tale("某烟花爆竹店超量储存案", "double_penalty", "该店超量储存烟花爆竹。", _june(
        (17, 9, "liaison recommend"), (18, 9, "liaison withdraw"))),
    Tale("某化工厂未报告泄漏案", "referral", "该厂发生泄漏后隐瞒不报，已移送公安机关。", _june(
        (18, 9, "liaison recommend"), (22, 15, "head agree"), (23, 9, "clerk agree"), (24, 11, "boss agree"))),
)  # fmt: skip


def play_recommending(story: Story, town: int, end: dt.datetime) -> None:
    """Nothing after `end` has happened yet."""
    for tale in OWN:
        for case in Case.objects.filter(title=tale.title, unit=town):
            _Run(story, case, end).play(tale)
    owing = Task.objects.filter(plan=story.plan, item__kind=Item.Kind.CASES).exclude(unit=town)
    able = [pk for pk in owing.order_by("unit__order", "unit").values_list("unit", flat=True)
            if {"liaison", "deputy", "head"} <= set(story.hands[pk])]  # fmt: skip
    for unit, tale in zip(able, OTHERS, strict=False):
        if opened := _opened(story, unit, tale, end):
            _Run(story, opened, end).play(tale)


def _opened(story: Story, unit: int, tale: Tale, end: dt.datetime) -> Case | None:
    hands, lines = story.hands[unit], DECIDED if tale.kind == "double_penalty" else HANDED_OVER
    if story.at(story.day(6, 12), 9) > end:
        return None
    team = tuple(pk for post in ("liaison", "deputy") if (pk := hands[post].post))
    file: dict[str, bool | str] = {"letter": True, "report": True, "items": "没有涉案物品", "appraisal": True, "others": True}  # fmt: skip
    about = About(tale.title, "other", team, team, file=file)
    begin, by = story.at(story.day(6, 1), 9), hands["liaison"]
    case = open_case(about=about, unit=unit, actor=by, at=begin)
    for day, step, post in lines:
        at = story.at(story.day(6, day), 10)
        record_event(case=case, event=Event(step, at, post=post), actor=by, at=at)
    return Case.objects.get(pk=case)


@dataclass(frozen=True)
class _Run:
    story: Story
    case: Case
    end: dt.datetime

    def play(self, tale: Tale) -> None:
        for month, day, hour, told, words in tale.steps:
            at = self.story.at(self.story.day(month, day), hour)
            if at <= self.end:
                who, does = told.split()
                self._step(tale, self._actor(who), does, words, at)

    def _actor(self, who: str) -> Actor:
        office = {"clerk": self.story.clerk, "boss": self.story.boss}
        return office.get(who) or self.story.hands[self.case.unit_id][who]

    def _step(self, tale: Tale, actor: Actor, does: str, words: str, at: dt.datetime) -> None:
        if does == "recommend":
            for item in items_of(self.case.unit_id)[:1]:
                said = services.Words(tale.kind, tale.summary, MERIT)
                services.recommend(case=self.case.pk, item=item.pk, words=said, actor=actor, at=at)
            return
        for row in self.case.recommendations.all():
            if does == "withdraw":
                services.withdraw(recommendation=row.pk, actor=actor, at=at)
            elif does == "publish":
                services.publish(recommendation=row.pk, on=at.date(), where=words, actor=actor, at=at)
            else:
                decide(approval_id=self._pending(row.pk).pk, actor=actor, at=at, do=does, opinion=words)

    def _pending(self, row: int) -> Approval:
        found = pending_of(RecommendationProcess.objects.filter(recommendation=row))
        assert found
        return found
