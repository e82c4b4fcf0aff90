"""通报名单: late tasks that came to a rung of it, and the 通报 drafted from them."""

from __future__ import annotations

import datetime as dt
from itertools import groupby

from django.db.models import Exists, OuterRef, QuerySet

from documents.issuing.services import start_draft
from documents.layout.dates import chinese_date
from foundation.organization.actors import Actor
from foundation.organization.refusals import Refused
from workflows.plans.models import Plan
from workflows.tasks.models import Task
from workflows.tasks.querysets import awaited

from ..models import Slip


def listed() -> QuerySet[Task]:
    """Still not handed in; unit by unit, the longest late first."""
    slips = Slip.objects.filter(task=OuterRef("pk"), due_on=OuterRef("due_on"), listed=True).exclude(
        state="void"
    )
    rows = Task.objects.filter(awaited(), Exists(slips)).select_related("item", "unit", "plan")
    return rows.order_by("plan", "unit__order", "unit", "due_on", "pk")


def draft_circular(*, plan: int, actor: Actor, at: dt.datetime) -> int:
    """An official document of the kind 通报, to be looked over like any other. Returns the draft."""
    rows = list(listed().filter(plan=plan))
    if not rows:
        raise Refused("通报名单是空的，没有要通报的任务。")
    whose = Plan.objects.select_related("organ").get(pk=plan)
    return start_draft(
        kind="circular", organ=whose.organ, text=text_of(whose, rows, at.date()), actor=actor, at=at
    )


def text_of(plan: Plan, rows: list[Task], day: dt.date) -> str:
    units = [(unit.short_name, list(tasks)) for unit, tasks in groupby(rows, key=lambda task: task.unit)]
    lines = [
        f"{n}.{name}：{'；'.join(_said(task) for task in tasks)}。"
        for n, (name, tasks) in enumerate(units, 1)
    ]
    return "\n\n".join([
        "关于部分单位未按时完成报送任务的通报",
        "各镇（街）人民政府（办事处），市安委会有关成员单位：",
        f"截至{chinese_date(day)}，《{plan.title}》下达的任务中，有{len(units)}个单位的{len(rows)}件任务超期未报，经蓝色、黄色、红色督办仍未完成。"
        "现将有关情况通报如下：",
        "一、超期未报的单位和任务",
        *lines,
        "二、下一步要求",
        "上述单位要由主要负责人牵头，立即补报，并书面说明原因和整改措施。其他单位要引以为戒，确保按时报送。",
    ]) + "\n"  # fmt: skip


def _said(task: Task) -> str:
    name = f"第{task.item.mark}项{task.item.title}" if task.item.kind == "activity" else task.item.title
    return f"{name}（应于{chinese_date(task.due_on)}前报送）" if task.due_on else name
