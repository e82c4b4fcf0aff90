"""分析: how long the steps took, what came in time and passed at the first go, why the office returned it."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from foundation.organization.access import only
from foundation.organization.actors import Actor
from foundation.organization.identity import actor_of
from foundation.organization.pages import page_of
from foundation.organization.posts import OFFICE_POSTS, OVERSEERS, UNIT_POSTS
from foundation.organization.ranges import ranges
from foundation.organization.services import working_calendar

from ..analysis import asked as asking
from ..analysis.exporting import start_export
from ..analysis.facts import followed
from ..analysis.measures import Followings, Measures, measure
from ..analysis.numbers import days, percent
from ..analysis.table import cells, in_order, reason_rows, rows_by, step_cells, steps_of
from ..links import rooms
from ..waiting import STEPS

SAYS = "分析只给各单位、安委办、领导和审计员看。"
ROWS = 100  # a page of units
readers = only(*UNIT_POSTS, *OFFICE_POSTS, *OVERSEERS, says=SAYS)


@require_safe
@readers
def analysis(request: HttpRequest) -> HttpResponse:
    now, actor = timezone.localtime(), actor_of(request)
    plans = asking.campaigns(actor, now.date())
    wanted = asking.asked(request.GET, plans, actor)
    context: dict[str, Any] = {
        "section": "statistics", "rooms": rooms("analysis"), "plans": plans, "asked": wanted, "now": now,
        "own": actor.post_code in UNIT_POSTS,
    }  # fmt: skip
    if wanted:
        context |= _told(request, wanted, actor, now)
    return render(request, "tracking/analysis.html", context)


def _told(request: HttpRequest, wanted: asking.Asked, actor: Actor, now: dt.datetime) -> dict[str, Any]:
    units = wanted.units(actor, now.date())
    found = followed(wanted.plan.pk, units, working_calendar(), now)
    rows = in_order(rows_by(wanted.by, wanted.plan, units, found), wanted.order)
    page = page_of(request, cast(Any, rows), unit="行", size=ROWS)
    return {
        "there": bool(found.tasks),
        "page": page,
        "lines": [(row, cells(row.measures, wanted.of)) for row in page.rows],
        "steps": list(STEPS.values()),
        "reasons": reason_rows(found.reasons),
        "bys": asking.BY.items(),
        "ofs": asking.OF.items(),
        "orders": asking.ORDERS.items(),
        "ranges": ranges(),
        "by_name": asking.BY[wanted.by].removeprefix("按"),
    } | _whole(found)


def _whole(found: Followings) -> dict[str, Any]:
    whole: Measures = measure(found.tasks, found.clock)
    figures = [
        percent("按时率", whole.in_time), percent("一次通过率", whole.first),
        days("从下达到通过（工作日）", whole.whole.mean, f"中位数 {days('', whole.whole.median).words}"),
    ]  # fmt: skip
    return {
        "tasks": whole.tasks,
        "returns": whole.returns,
        "figures": figures,
        "step_lines": [(name, times.count, step_cells(times)) for name, times in steps_of(whole)],
    }


@require_POST
@readers
def analysis_export(request: HttpRequest) -> HttpResponse:
    """A workbook of all tables of what the page shows, made in the background."""
    actor = actor_of(request)
    wanted = asking.asked(request.POST, asking.campaigns(actor, timezone.localdate()), actor)
    if wanted is None:
        raise Http404("没有可分析的活动。")
    return redirect(start_export(asked=wanted, actor=actor, at=timezone.now()))
