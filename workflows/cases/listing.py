"""案件台账: what is looked for, and what a row shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from foundation.organization import typed
from foundation.organization.calendar import WorkCalendar

from .models import Case, CaseClock
from .wall.lights import light_of
from .wall.listing import due_said

CHIPS = {
    "open": "办理中", "overdue": "已逾期", "closed": "已结案", "double": "一案双罚", "crime": "涉嫌犯罪", "all": "全部",
}  # fmt: skip
RUNNING = CaseClock.objects.filter(live=True, due__isnull=False)


def cases_found(rows: QuerySet[Case], wanted: Mapping[str, str], now: dt.datetime) -> QuerySet[Case]:
    """`wanted`: q (words of the title or the unit), only (of CHIPS; open where it makes no sense)."""
    late = Exists(RUNNING.filter(case=OuterRef("pk"), due__lt=now))
    double = Q(double="principal") if settings.CASE_PRINCIPAL else ~Q(double="")
    only = {
        "closed": Q(state="closed"), "all": Q(), "overdue": Q(late, state="open"), "double": double, "crime": Q(crime=True),
    }.get(wanted.get("only", ""), Q(state="open"))  # fmt: skip
    rows = rows.filter(only)
    if words := typed.words(wanted.get("q", "")):
        rows = rows.filter(Q(title__icontains=words) | Q(unit__short_name__icontains=words))
    return rows.prefetch_related(Prefetch("clocks", RUNNING, to_attr="running"))


def row_of(case: Case, now: dt.datetime, calendar: WorkCalendar) -> dict[str, Any]:
    """The nearest of its clocks."""
    told = {"case": case, "tags": _tags(case)}
    if case.state == Case.State.CLOSED:
        return {**told, "kind": "done", "words": "已结案"}
    first = next(iter(case.running), None)
    if first is None:
        return {**told, "kind": "idle", "words": "没有在走的期限"}
    kind, words = light_of(timezone.localtime(first.due), first.unit, timezone.localtime(now), calendar)
    return {**told, "kind": kind, "words": words, "next": first, "due": due_said(first.due, first.unit)}


def _tags(case: Case) -> list[str]:
    double = case.double == Case.Double.PRINCIPAL or (case.double and not settings.CASE_PRINCIPAL)
    return [*(["一案双罚"] if double else []), *(["涉嫌犯罪"] if case.crime else [])]
