"""The papers of a dispatch: the 通知 with its table of items, and a task list for every unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone

from documents.issuing.heads.choosing import head_for
from documents.layout.dates import chinese_date
from documents.models import Document
from documents.sealing.services import mark, seal_for, use_seal
from documents.services import register_document
from foundation.organization.actors import Actor
from foundation.organization.models import Unit
from workflows.plans.deliverables import Deliverable
from workflows.plans.models import Duty, Item, Plan
from workflows.tasks.models import Task

ITEM_COLUMNS = [
    {"label": "序号", "width": 14, "align": "center"},
    {"label": "事项"},
    {"label": "牵头单位", "width": 38},
    {"label": "配合单位", "width": 36},
    {"label": "完成时限", "width": 34, "align": "center"},
    {"label": "应交材料", "width": 42},
]
UNIT_COLUMNS = [
    {"label": "序号", "width": 14, "align": "center"},
    {"label": "事项"},
    {"label": "角色", "width": 16, "align": "center"},
    {"label": "完成时限", "width": 34, "align": "center"},
    {"label": "应交材料", "width": 90},
]


@transaction.atomic
def register_notice(*, plan: Plan, actor: Actor, at: dt.datetime) -> int:
    """The dispatch 通知, numbered; its annex is the table of items. It is an official paper: marked, and sealed where
    the organ has one seal that whoever dispatches may use. Returns the document's id."""
    items = plan.items.filter(disposition=Item.Disposition.DISPATCH).prefetch_related(
        "periods", Prefetch("duties", Duty.objects.select_related("unit", "group"))
    )
    content = {
        "text": _text(plan, len(items), at),
        "annexes": [{"label": "附件", "title": "任务分工表", "table": _items_table(items)}],
    }
    title = f"关于下达{_bare(plan.title)}任务的通知"
    return official(plan=plan, title=title, content=content, actor=actor, at=at, reason="下达任务的通知")


def official(
    *, plan: Plan, title: str, content: dict[str, Any], actor: Actor, at: dt.datetime, reason: str
) -> int:
    """A numbered 通知 about the campaign under the organ's 版头 for one, marked and sealed (`reason` stands in the register
    of seals)."""
    head = head_for(plan.organ, Document.Kind.NOTICE, timezone.localdate(at))
    pk = register_document(
        kind=Document.Kind.NOTICE, title=title, organ=plan.organ, subject="plans.plan", subject_id=plan.pk,
        content=content | (head.said if head else {}), actor=actor, at=at, numbered=True, code=head.code if head else "",
    )  # fmt: skip
    mark(document=pk, actor=actor, at=at)
    if seal := seal_for(organ=plan.organ_id, actor=actor, at=at):
        use_seal(document=pk, seal=seal, actor=actor, at=at, reason=reason)
    return pk


def register_task_lists(*, plan: Plan, actor: Actor, at: dt.datetime) -> int:
    """A task list for each unit that has tasks and no list yet; returns how many were made."""
    there = Document.objects.filter(subject="plans.plan", subject_id=plan.pk, kind=Document.Kind.TASK_LIST)
    units = Unit.objects.filter(tasks__plan=plan, tasks__imported=False).distinct()
    missing = list(units.exclude(pk__in=there.values("unit")))
    for unit in missing:
        tasks = Task.objects.filter(plan=plan, unit=unit, imported=False).select_related("item")
        register_document(
            kind=Document.Kind.TASK_LIST, title=f"{unit.short_name}任务清单", organ=plan.organ, unit=unit,
            subject="plans.plan", subject_id=plan.pk, actor=actor, at=at,
            content={"table": _unit_table(plan, unit, tasks.order_by("item__order"))},
        )  # fmt: skip
    return len(missing)


def _text(plan: Plan, count: int, at: dt.datetime) -> str:
    """The notice in plain text, as render_document takes it."""
    liaison = "各单位联络员请登录系统签收任务，按时限办理并报送；未明确联络员的单位，请于收到本通知后5个工作日内明确1名。"
    return "\n".join(
        [
            f"关于下达{_bare(plan.title)}任务的通知",
            "各镇（街）、各有关部门和单位：",
            f"《{plan.title}》已经批准。现将{count}项任务下达给你们，请认真组织实施。",
            "一、按时签收",
            liaison,
            "二、如实报送",
            "材料由本单位分管负责人、主要负责人审批后报市安委办审核；不涉及的事项，请说明理由申请免报。",
            "三、严格时限",
            "任务以所列日期当日24时为限，遇休息日不顺延。逾期未报的，按规定督办。",
            "附件：任务分工表",
        ]
    )


def _bare(title: str) -> str:
    """《…方案》 as it stands in another title."""
    return f"《{title}》"


def _items_table(items: Iterable[Item]) -> dict[str, Any]:
    rows = [
        [
            item.mark,
            item.title,
            _who(item, Duty.Role.LEAD),
            _who(item, Duty.Role.ASSIST),
            _due(period.due_on for period in item.periods.all()),
            _papers(item),
        ]
        for item in items
    ]
    return {"columns": ITEM_COLUMNS, "rows": rows, "landscape": True}


def _unit_table(plan: Plan, unit: Unit, tasks: Iterable[Task]) -> dict[str, Any]:
    rows = [
        [task.item.mark, task.item.title, task.get_role_display(), _due([task.due_on]), _papers(task.item)]
        for task in tasks
    ]
    return {
        "columns": UNIT_COLUMNS,
        "rows": rows,
        "title": f"{unit.short_name}任务清单",
        "facts": plan.title,
        "unit": f"共{len(rows)}项",
        "landscape": True,
    }


def _who(item: Item, role: str) -> str:
    names = [(d.unit or d.group) for d in item.duties.all() if d.role == role]
    return "、".join(dict.fromkeys(str(name) for name in names))


def _due(days: Iterable[dt.date | None]) -> str:
    return "、".join(chinese_date(day) for day in days if day) or "—"


def _papers(item: Item) -> str:
    return "、".join(Deliverable(code).label for code in item.deliverables)
