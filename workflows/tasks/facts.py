"""What a task declares of itself, for the conditions of a route's steps: facts of the content that is signed."""

from __future__ import annotations

import datetime as dt

from approvals.engine.routes import Fact

from .content import Content
from .models import Task

DECLARED: dict[str, type] = {
    "单位类别": str,
    "已过期限": bool,
    "申请免报": bool,
    "附件数": int,
    "推荐案例数": int,
}


def facts_of(task: Task, content: Content | None, day: dt.date) -> dict[str, Fact]:
    """`content` is None where a waiver is asked for."""
    told = content or {}
    return {
        "单位类别": task.unit.get_kind_display(),
        "已过期限": task.due_on is not None and day > task.due_on,
        "申请免报": content is None,
        "附件数": len(told.get("attachments", [])),
        "推荐案例数": len(told.get("cases", [])),
    }
