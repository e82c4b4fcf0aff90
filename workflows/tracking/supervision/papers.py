"""The paper of a slip: 督办单 by documents/layout/forms.yaml, under the number the sweep gave it."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, QuerySet

from documents.layout.dates import chinese_date
from documents.layout.forms import slip as form
from documents.models import Document
from documents.services import register_document
from foundation.organization.actors import SYSTEM
from foundation.organization.calendar import WorkCalendar
from foundation.organization.models import Unit
from foundation.organization.quoting import quoted
from workflows.plans.models import Item
from workflows.tasks.models import Task

from ..models import Slip
from .reading import ladder_for, rung_of

LABEL = "tracking.slip"


def without_paper() -> QuerySet[Slip]:
    there = Document.objects.filter(subject=LABEL, subject_id=OuterRef("pk"))
    rows = Slip.objects.filter(~Exists(there)).exclude(state=Slip.State.VOID).order_by("pk")
    return rows.select_related("task__item", "task__plan", "unit", "organ")


def register_slip(*, slip: Slip, calendar: WorkCalendar, at: dt.datetime) -> int:
    """Returns the document's id."""
    title = f"{slip.unit.short_name}{quoted(slip.task.item.title)}督办单"
    return register_document(
        kind=Document.Kind.SUPERVISION, title=title, organ=slip.organ, unit=slip.unit, subject=LABEL, subject_id=slip.pk,
        code=slip.code, number=slip.number, issued_on=slip.issued_on, content=content_of(slip, calendar), actor=SYSTEM,
        at=at,
    )  # fmt: skip


def content_of(slip: Slip, calendar: WorkCalendar) -> dict[str, object]:
    """As papers.form_of takes it."""
    ladder, rung = ladder_for(slip.due_on), rung_of(slip.due_on, slip.rung)
    late = calendar.between(slip.due_on, slip.issued_on)
    values = {
        "督办编号": slip.full_number,
        "督办级别": f"{slip.get_colour_display()}（{slip.rung}）",
        "承办单位": slip.unit.name,
        "协办单位": _assisting(slip.task) or "无",
        "交办日期": chinese_date(slip.issued_on),
        "办结时限": f"{chinese_date(slip.reply_by)}前书面回复",
        "督办事项": f"{_item(slip.task.item)}应于{chinese_date(slip.due_on)}前报送，至今未报，已超期{late}个工作日。",
        "督办依据": f"{quoted(slip.task.plan.title)}；到期未报的任务按超期天数逐级督办。",
        "办理要求": rung.asks if rung else "",
    }
    note = "" if ladder.verified else "注：督办规则为通行做法，依据待核。"
    made = form("督办单", values, note=note)
    return {"title": made.title, "facts": made.facts, "content": made.content, "note": made.note}


def _item(item: Item) -> str:
    number = f"第{item.mark}项" if item.kind == Item.Kind.ACTIVITY else item.mark
    return f"{number}{quoted(item.title)}"


def _assisting(task: Task) -> str:
    """Units that help the lead with the same item; none are named to who helps himself."""
    if task.role != "lead":
        return ""
    units = Unit.objects.filter(tasks__item=task.item_id, tasks__period=task.period_id, tasks__role="assist")
    return "、".join(units.values_list("short_name", flat=True)[:20])
