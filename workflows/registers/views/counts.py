"""计入统计: what the registers give for 附件2 between two days, and the rows that each number is made of."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundation.organization.access import only
from foundation.organization.posts import OFFICE_POSTS, OVERSEERS
from workflows.plans.models import Plan
from workflows.tasks.annexes import statistics_on

from ..beside import address_of, feeding
from ..counting import Counted, counted
from ..library import kinds_on
from ..listing import day_of
from .registers import keeps

SAYS = "登记册的计数只给安委办、领导和审计员看。"


@require_safe
@only(*OFFICE_POSTS, *OVERSEERS, says=SAYS)
def register_counts(request: HttpRequest) -> HttpResponse:
    """Without days in the address: those of the campaign in force, up to today."""
    today = timezone.localdate()
    plan = Plan.objects.filter(state__in=("running", "closing")).first()
    start = day_of(request.GET.get("start", "")) or (plan and plan.starts_on) or dt.date(today.year, 1, 1)
    end = day_of(request.GET.get("end", "")) or today
    form = statistics_on(end)
    context = {
        "section": "registers", "start": start.isoformat(), "end": end.isoformat(), "form": form,
        "lines": _lines(counted(None, start, end), start, end, keeps(request)), "wrong": end < start,
    }  # fmt: skip
    return render(request, "registers/counts.html", context)


def _lines(found: Counted, start: dt.date, end: dt.date, keeps: bool) -> list[dict[str, Any]]:
    """Cells that a register counts for, also where it gave nothing."""
    kinds = kinds_on(end)
    return [
        {
            "code": row.code, "name": row.name, "cell": cell,
            "whole": found.whole.get(row.code, {}).get(cell.key, 0),
            "said": f"{found.whole.get(row.code, {}).get(cell.key, 0):,} {cell.unit}",
            "own": f"{found.own.get(row.code, {}).get(cell.key, 0):,}",
            "units": sum(1 for numbers in found.units.values() if numbers.get(row.code, {}).get(cell.key)),
            "from": [
                (one.name, "" if one.private and not keeps else address_of(one.code, f"{row.code}.{cell.key}", start, end))
                for one in fed
            ],
        }
        for row in statistics_on(end).rows
        for cell in row.cells
        if (fed := feeding(kinds, row.code, cell.key))
    ]  # fmt: skip
