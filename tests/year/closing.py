"""How the year ends: nothing stays undecided, the units are scored and object, both campaigns go into the archive."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from documents.archiving.packing import start_package
from documents.models import ArchiveItem
from foundation.jobs import queue
from foundation.jobs.progress import Progress
from foundation.organization.actors import Actor
from workflows.campaigns import services as campaigns
from workflows.tasks import services as tasks
from workflows.tasks.models import Extension, Task
from workflows.tracking.assessment import keeping
from workflows.tracking.closing.packing import start_packing
from workflows.tracking.models import Appeal, Assessment, Slip
from workflows.tracking.supervision import services as slips

from .world import Year

PACKED = 6  # 件
GIVEN = (("media", "2", "省级媒体报道"), ("works", "1.5", "作品入选"), ("praise", "3", "上级通报表扬"))


def begin(year: Year) -> None:
    """收尾, and what the office adds by hand: a bonus for some, a veto for one."""
    for plan in (year.monthly, year.campaign):
        campaigns.begin_closing(plan=plan, actor=year.clerk, at=year.at(11, 10))
    units = year.playing()
    by: dict[str, Any] = {"plan": year.campaign, "actor": year.clerk, "at": year.at(11, 20)}
    for unit, (code, points, why) in zip(units, GIVEN, strict=False):
        keeping.adjust(unit=unit.pk, code=code, points=Decimal(points), why=why, **by)
    keeping.adjust(unit=units[-1].pk, code="accident", points=Decimal(), why="发生较大事故", **by)


def call_off(year: Year) -> None:
    """What never came is called off, with the reason; so is what nobody decided on."""
    by: dict[str, Any] = {"actor": year.clerk, "at": year.at(11, 10)}
    for task in Extension.objects.filter(state="asked").order_by("pk").values_list("task", flat=True):
        tasks.refuse_extension(task=task, reason="活动已经结束。", **by)
    for pk in Task.objects.unfinished().exclude(state="accepted").order_by("pk").values_list("pk", flat=True):
        tasks.cancel(task=pk, reason="活动结束仍未办结，按未完成处理。", **by)
    for pk in (
        Slip.objects.filter(state__in=("issued", "received", "replied"))
        .order_by("pk")
        .values_list("pk", flat=True)
    ):
        slips.void(slip=pk, why="活动结束。", **by)
    through = Task.objects.filter(state="accepted").order_by("pk").values_list("pk", flat=True)
    tasks.archive(tasks=list(through), **by)


def score(year: Year) -> None:
    """定稿 of the first version; every third unit that lost points objects to the first line in which it did."""
    keeping.fix(plan=year.campaign, actor=year.boss, at=year.at(11, 10))
    first = Assessment.objects.get(plan=year.campaign)
    for n, unit in enumerate(year.playing()):
        lost = [rule for rule, points in keeping.losses_of(first, unit.code).items() if points]
        head = year.seat(unit.code, "head")
        if lost and head and n % 3 == 0:
            about: dict[str, Any] = {"actor": Actor.of(head), "at": year.at(11, 20)}
            keeping.appeal(
                assessment=first.pk, unit=unit.pk, rule=lost[0], reason="当日系统故障，已电话说明。", **about
            )


def hear(year: Year) -> None:
    """Every other objection is upheld, and what that changes is fixed as the second version."""
    for n, one in enumerate(
        Appeal.objects.filter(state="filed").select_related("assessment", "unit").order_by("pk")
    ):
        lost = keeping.losses_of(one.assessment, one.unit.code)[one.rule]
        points = min(lost, Decimal(1)) if n % 2 == 0 else Decimal()
        keeping.decide(appeal=one.pk, points=points, answer="经核实。", actor=year.boss, at=year.at(11, 10))
    keeping.fix(plan=year.campaign, actor=year.boss, at=year.at(11, 20))


def archive(year: Year) -> None:
    """Everything becomes 件; the package of all of them is asked for."""
    for plan in (year.monthly, year.campaign):
        campaigns.archive(plan=plan, actor=year.boss, at=year.at(11, 10))
    for plan in (year.monthly, year.campaign):
        start_packing(plan=plan, actor=year.clerk, at=year.at(11, 20))


def hand_over(year: Year) -> None:
    """The first of them as a package, as they would be handed over."""
    items = list(ArchiveItem.objects.order_by("pk").values_list("pk", flat=True)[:PACKED])
    at = year.at(11, 10)
    claimed = queue.claim(at, pk=start_package(items=items, actor=year.clerk, at=at).pk)
    assert claimed
    queue.run(Progress(claimed, clock=lambda: at))
