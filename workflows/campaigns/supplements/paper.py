"""The 通知 of a 补充通知: why, and a table of what every item asked for and asks for now."""

from __future__ import annotations

import datetime as dt
from typing import Any

from documents.models import Document
from foundation.organization.actors import Actor

from ..models import Supplement
from ..papers import official
from .content import Proposed, proposed

COLUMNS = [
    {"label": "序号", "width": 14, "align": "center"},
    {"label": "事项", "width": 50},
    {"label": "内容", "width": 24, "align": "center"},
    {"label": "原要求"},
    {"label": "调整为"},
]


def register_supplement(*, supplement: Supplement, actor: Actor, at: dt.datetime) -> tuple[int, str]:
    """Its id, and what it is called where a task names it: 某安办〔2026〕5号."""
    pk = official(
        plan=supplement.plan, title=str(supplement), content=_content(supplement), actor=actor, at=at,
        reason="补充通知",
    )  # fmt: skip
    return pk, Document.objects.get(pk=pk).full_number


def _content(row: Supplement) -> dict[str, Any]:
    items = proposed(row)
    text = "\n".join(
        [
            str(row),
            "各镇（街）、各有关部门和单位：",
            f"{row.reason.rstrip('。')}。现对《{row.plan.title}》中{len(items)}项任务的要求作如下调整，请遵照执行。",
            "一、尚未办结的任务",
            "自本通知印发之日起按调整后的要求办理，截止日期以调整后的为准；已经批准延期且更晚的，按批准的日期。",
            "二、已经通过审核的任务",
            "按原要求办结，不需重新报送。",
            "附件：调整事项对照表",
        ]
    )
    return {"text": text, "annexes": [{"label": "附件", "title": "调整事项对照表", "table": _table(items)}]}


def _table(items: list[Proposed]) -> dict[str, Any]:
    rows = [
        [one.item.mark, one.item.title, change.label, change.before, change.after]
        for one in items
        for change in one.changes
    ]
    return {"columns": COLUMNS, "rows": rows, "landscape": True}
