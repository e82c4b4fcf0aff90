"""案件台账: what is looked for, and what a row shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from foundation.organization import typed
from foundation.organization.calendar import WorkCalendar

from .models import Case, CaseClock
from .wall.lights import light_of

CHIPS = {"open": "办理中", "overdue": "已逾期", "closed": "已结案", "all": "全部"}
RUNNING = CaseClock.objects.filter(live=True, due__isnull=False)


def cases_found(rows: QuerySet[Case], wanted: Mapping[str, str], now: dt.datetime) -> QuerySet[Case]:
    """`wanted`: q (words of the title or the unit), only (of CHIPS; open where it makes no sense)."""
    late = Exists(RUNNING.filter(case=OuterRef("pk"), due__lt=now))
    only = {
        "closed": Q(state="closed"), "all": Q(), "overdue": Q(late, state="open"),
    }.get(wanted.get("only", ""), Q(state="open"))  # fmt: skip
    rows = rows.filter(only)
    if words := typed.words(wanted.get("q", "")):
        rows = rows.filter(Q(title__icontains=words) | Q(unit__short_name__icontains=words))
    return rows.prefetch_related(Prefetch("clocks", RUNNING, to_attr="running"))


def row_of(case: Case, now: dt.datetime, calendar: WorkCalendar) -> dict[str, Any]:
    """The nearest of its clocks."""
    if case.state == Case.State.CLOSED:
        return {"case": case, "kind": "done", "words": "已结案"}
    first = next(iter(case.running), None)
    if first is None:
        return {"case": case, "kind": "idle", "words": "没有在走的期限"}
    kind, words = light_of(timezone.localtime(first.due), first.unit, timezone.localtime(now), calendar)
    return {"case": case, "kind": kind, "words": words, "next": first}
