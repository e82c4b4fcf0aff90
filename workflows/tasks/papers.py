"""The papers of tasks: 审批单 of one, with every opinion; 汇总统计表 over many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Max
from django.utils import timezone

from approvals.chapters import chapters_of
from approvals.given import Given, all_given
from documents.layout.dates import chinese_date
from documents.models import Document
from documents.opinions import opinions_of
from documents.services import register_document
from foundation.organization.actors import Actor
from foundation.organization.models import Unit
from foundation.organization.quoting import quoted
from workflows.plans.models import Item, Period

from .annexes import Row, statistics_on
from .content import CASE_KINDS
from .figures.consolidation import LAST, accepted_only
from .figures.facts import Figures, figures_of, period_of
from .figures.kinds import KIND_NAMES
from .models import Submission, Task

LABEL = "tasks.task"
COLUMNS = [
    {"label": "代码", "width": 18, "align": "center", "runs_on": True},
    {"label": "项目", "runs_on": True},
    {"label": "指标", "width": 34, "align": "center"},
    {"label": "单位", "width": 18, "align": "center"},
    {"label": "镇（街）", "width": 26, "align": "right", "group": "其中"},
    {"label": "部门", "width": 26, "align": "right", "group": "其中"},
    {"label": "合计", "width": 30, "align": "right"},
]
TOWNS = (Unit.Kind.TOWN, Unit.Kind.SUBDISTRICT)


def register_approval_form(
    *, task: Task, actor: Actor, at: dt.datetime, issued_on: dt.date | None = None
) -> int:
    """The 审批单 of a task as it stands now; of the day `issued_on`, else of today. Returns the document's id."""
    last = task.submissions.order_by("-version").first()
    given = all_given(chapters_of(LABEL, task.pk))
    title = f"{task.unit.short_name}{quoted(task.item.title)}审批单"
    content = {
        "title": "任务审批单",
        "facts": _facts(task, last),
        "content": _content(last),
        "opinions": opinions_of(given),
        "attachments": _attachments(last, given),
    }
    return register_document(
        kind=Document.Kind.APPROVAL_FORM, title=title, organ=task.plan.organ, unit=task.unit, subject=LABEL,
        subject_id=task.pk, content=content, actor=actor, at=at, issued_on=issued_on,
    )  # fmt: skip


def _facts(task: Task, last: Submission | None) -> list[list[str]]:
    number = f"第{task.item.mark}项" if task.item.kind == task.item.Kind.ACTIVITY else task.item.mark
    return [
        ["活动", task.plan.title],
        ["任务", f"{number} {task.item.title}"],
        ["单位", task.unit.name],
        ["角色", task.get_role_display()],
        ["完成时限", _day(task.due_on)],
        ["首次提交", _minute(task.first_submitted_at)],
        ["提交版本", f"第{last.version}版" if last else "未提交"],
        ["当前状态", task.get_state_display()],
        ["填报人", f"{last.author.person.name}（{last.author.get_post_display()}）" if last else "—"],
    ]


def _content(last: Submission | None) -> list[list[str]]:
    """What was handed in, part by part; empty parts don't appear."""
    if last is None:
        return []
    content = last.content
    parts = [
        ["工作小结", content.get("summary", "")],
        ["特色亮点", content.get("highlights", "")],
        ["活动记录", "\n".join(_record(one) for one in content.get("records", []))],
        ["统计数据", _numbers(content.get("statistics"))],
        [
            "典型案例",
            "\n".join(_case(one) for one in content.get("cases", [])) or content.get("cases_note", ""),
        ],
    ]
    return [part for part in parts if part[1]]


def _record(one: dict[str, Any]) -> str:
    place = f"在{one['place']}" if one.get("place") else ""
    day = _day(dt.date.fromisoformat(one["held_on"]))
    return f"{day}{place}{one['form']}，{one['sessions']}场{one['people']}人。{one['text']}"


def _case(one: dict[str, Any]) -> str:
    return f"{CASE_KINDS.get(one.get('kind', ''), '')} {one.get('title', '')}"


def _numbers(filled: dict[str, Any] | None) -> str:
    if not filled:
        return ""
    form = statistics_on(dt.date.fromisoformat(filled["form"]))
    said = [_line(row, filled["rows"].get(row.code, {})) for row in form.rows]
    return "\n".join(line for line in said if line)


def _line(row: Row, cells: dict[str, int]) -> str:
    counted = [f"{cell.name}{cells[cell.key]}{cell.unit}" for cell in row.cells if cells.get(cell.key)]
    return f"{row.code} {row.name}：{'，'.join(counted)}" if counted else ""


def _attachments(last: Submission | None, given: list[Given]) -> list[dict[str, Any]]:
    """What was handed in, then what was given with opinions."""
    handed_in = last.content.get("attachments", []) if last else []
    found = [{key: one[key] for key in ("name", "size", "sha256")} for one in handed_in]
    return found + [
        {"name": f"{file.name}（{one.person}的意见附件）", "size": file.size, "sha256": file.file.sha256}
        for one in given
        for file in one.files
    ]


def register_statistics(*, figures: Figures, actor: Actor, at: dt.datetime) -> int:
    """汇总统计表 over the figures that are given: totals are derived, never typed. Returns the document's id."""
    plan, found = figures.plan, figures.found
    due = f"（{_day(found.due)}报送）" if found.due and found.due != LAST else ""
    name = f"{KIND_NAMES[found.period]}汇总统计表{due}"
    table = {
        "columns": COLUMNS,
        "rows": list(_totals(figures)),
        "title": name if plan.year is None else f"{plan.year}年活动{name}",
        "facts": f"填报单位：{plan.organ.short_name}　统计截至：{_day(found.cutoff)}",
        "unit": f"已报{len(found.lines)}家，应报{len(found.lines) + len(found.missing)}家",
        "note": _note(figures),
        "landscape": True,
    }
    return register_document(
        kind=Document.Kind.STATISTICS, title=f"{plan.title}{name}", organ=plan.organ, subject="plans.plan",
        subject_id=plan.pk, content={"table": table}, actor=actor, at=at,
    )  # fmt: skip


def register_statistics_of(*, item: Item, actor: Actor, at: dt.datetime) -> int:
    """Of one reporting duty, over what the office accepted so far."""
    due = Period.objects.filter(item=item).aggregate(due=Max("due_on"))["due"]
    found = figures_of(item.plan, period_of(item), timezone.localdate(at), due=due)
    accepted = replace(found, found=accepted_only(found.found))
    return register_statistics(figures=accepted, actor=actor, at=at)


def _note(figures: Figures) -> str:
    """What the table stands on, and who is not in it."""
    form, missing = figures.found.form, figures.found.missing
    basis = "" if form.verified else f"{form.basis}。"
    late = "、".join(figures.units[one.unit].short_name for one in missing)
    return f"注：{basis}合计由各单位的报送自动汇总。{f'未列入：{late}。' if late else ''}"


def _totals(figures: Figures) -> Iterable[list[str]]:
    found = figures.found
    towns = [line for line in found.lines if figures.units[line.unit].kind in TOWNS]
    shown = ""
    for column in found.columns:
        row = next(one for one in found.form.rows if one.code == column.row)
        first = ["", ""] if column.row == shown else [row.code, row.name]
        of_towns, shown = sum(line.cells[column.code] for line in towns), column.row
        total = found.totals[column.code]
        numbers = (of_towns, total - of_towns, total)
        yield [*first, row.cell(column.key).name, column.unit, *(f"{number:,}" for number in numbers)]


def _day(day: dt.date | None) -> str:
    return chinese_date(day) if day else "—"


def _minute(at: dt.datetime | None) -> str:
    return f"{_day(timezone.localdate(at))} {timezone.localtime(at):%H:%M}" if at else "—"
