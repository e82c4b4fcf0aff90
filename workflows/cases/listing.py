"""案件台账: what is looked for, and what a row shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet

from foundation.organization import typed

from .models import Case

CHIPS = {"open": "办理中", "overdue": "已逾期", "closed": "已结案", "all": "全部"}


def cases_found(rows: QuerySet[Case], wanted: Mapping[str, str], now: dt.datetime) -> QuerySet[Case]:
    """`wanted`: q (words of the title or the unit), only (of CHIPS; open where it makes no sense)."""
    only = {
        "closed": Q(state="closed"), "all": Q(), "overdue": Q(state="open", next_due__lt=now),
    }.get(wanted.get("only", ""), Q(state="open"))  # fmt: skip
    rows = rows.filter(only)
    if words := typed.words(wanted.get("q", "")):
        rows = rows.filter(Q(title__icontains=words) | Q(unit__short_name__icontains=words))
    return rows


def light_of(due: dt.datetime | None, now: dt.datetime) -> tuple[str, str]:
    """(kind of light, words): the time that is left in the unit in which one acts."""
    if due is None:
        return "idle", "没有在走的期限"
    left = due - now
    if left < dt.timedelta():
        return "overdue", f"逾期 {_span(-left)}"
    return ("near" if left <= dt.timedelta(days=1) else "ok"), f"剩 {_span(left)}"


def _span(time: dt.timedelta) -> str:
    hours = int(time.total_seconds() // 3600)
    if hours < 48:
        minutes = int(time.total_seconds() // 60) % 60
        return f"{hours} 小时 {minutes} 分" if hours else f"{minutes} 分"
    return f"{time.days} 天"


def row_of(case: Case, now: dt.datetime) -> dict[str, Any]:
    kind, words = light_of(case.next_due, now) if case.state == Case.State.OPEN else ("done", "已结案")
    return {"case": case, "kind": kind, "words": words}
