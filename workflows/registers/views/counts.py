"""计入统计: what the registers give for 附件2 between two days, and the rows that each number is made of."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundation.organization.access import only
from foundation.organization.posts import OFFICE_POSTS, Post
from workflows.plans.models import Plan
from workflows.tasks.annexes import statistics_on

from ..counting import Counted, counted
from ..library import kinds_on
from ..listing import day_of
from .registers import keeps

SAYS = "登记册的计数只给安委办和审计员看。"


@require_safe
@only(*OFFICE_POSTS, Post.AUDITOR, says=SAYS)
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
    fed = _fed(end)
    closed = set() if keeps else {kind.code for kind in kinds_on(end) if kind.private}
    return [
        {
            "code": row.code, "name": row.name, "cell": cell,
            "whole": found.whole.get(row.code, {}).get(cell.key, 0),
            "said": f"{found.whole.get(row.code, {}).get(cell.key, 0):,} {cell.unit}",
            "own": f"{found.own.get(row.code, {}).get(cell.key, 0):,}",
            "units": sum(1 for numbers in found.units.values() if numbers.get(row.code, {}).get(cell.key)),
            "from": [
                (name, "" if code in closed else _address(code, start, end)) for code, name in fed[row.code, cell.key]
            ],
        }
        for row in statistics_on(end).rows
        for cell in row.cells
        if (row.code, cell.key) in fed
    ]  # fmt: skip


def _fed(end: dt.date) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """(code, cell) → the registers that count for it, each once."""
    fed: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for kind in kinds_on(end):
        for count in kind.counts:
            there = fed.setdefault((count.code, count.cell), [])
            if (kind.code, kind.name) not in there:
                there.append((kind.code, kind.name))
    return fed


def _address(code: str, start: dt.date, end: dt.date) -> str:
    days = urlencode({"start": start.isoformat(), "end": end.isoformat()})
    return f"{reverse('register', args=[code])}?{days}"
