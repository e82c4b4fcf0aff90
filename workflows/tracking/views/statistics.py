"""统计汇总: what all units report, added up; every total leads to its cells, every cell to its submission."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from foundation.organization.access import only
from foundation.organization.identity import actor_of
from foundation.organization.posts import OFFICE_POSTS, OVERSEERS, UNIT_POSTS
from foundation.organization.services import working_calendar
from workflows.plans.models import office_works
from workflows.tasks.figures.kinds import KIND_NAMES
from workflows.tasks.papers import register_statistics

from ..links import rooms
from ..statistics import page
from ..statistics.asked import ONLY, RANGES, Asked, asked, campaigns
from ..statistics.exporting import start_export

SAYS = "统计汇总只给各单位、安委办、领导和审计员看。"
readers = only(*UNIT_POSTS, *OFFICE_POSTS, *OVERSEERS, says=SAYS)


@require_safe
@readers
def statistics(request: HttpRequest) -> HttpResponse:
    today, actor = timezone.localdate(), actor_of(request)
    plans = campaigns(actor, today)
    wanted = asked(request.GET, plans, actor, today)
    context: dict[str, Any] = {
        "section": "statistics", "rooms": rooms("statistics"), "plans": plans, "asked": wanted,
    }  # fmt: skip
    if wanted:
        figures = wanted.figures(actor, today)
        calendar = working_calendar(today.year - 1, today.year + 1)
        context |= page.summary(figures) | _about(actor.post_code) | {
            "figures": figures,
            "rows": page.rows(figures, wanted, wanted.whole(actor)),
            "warnings": list(page.warnings(figures)),
            "late": page.missing(figures, today, calendar),
        }  # fmt: skip
    return render(request, "tracking/statistics.html", context)


def _about(post: str) -> dict[str, Any]:
    return {
        "own": post in UNIT_POSTS,
        "office": post in OFFICE_POSTS,
        "periods": KIND_NAMES.items(),
        "ranges": [(code, label) for code, (label, _) in RANGES.items()],
        "onlys": ONLY.items(),
    }


@require_safe
@readers
def statistics_cells(request: HttpRequest) -> HttpResponse:
    """The cells that one total is the sum of."""
    today, actor = timezone.localdate(), actor_of(request)
    wanted = asked(request.GET, campaigns(actor, today), actor, today)
    if wanted is None:
        raise Http404("没有要统计的活动。")
    figures, code = wanted.figures(actor, today), request.GET.get("code", "")
    column = next((one for one in figures.found.columns if one.code == code), None)
    if column is None:
        raise Http404("没有这一项。")
    private = actor.post_code not in OVERSEERS
    context = {
        "section": "statistics", "asked": wanted, "column": column, "figures": figures,
        "total": figures.found.totals[code], "up": wanted.at("statistics"), "period": KIND_NAMES[wanted.period],
        "lines": [page.line_of(figures, line, code, private) for line in figures.found.lines],
        "kept": page.kept_of(figures, code, wanted.whole(actor), private),
    }  # fmt: skip
    return render(request, "tracking/statistics_cells.html", context)


def _posted(request: HttpRequest) -> Asked:
    today, actor = timezone.localdate(), actor_of(request)
    wanted = asked(request.POST, campaigns(actor, today), actor, today)
    if wanted is None:
        raise Http404("没有要统计的活动。")
    return wanted


@require_POST
@only(*OFFICE_POSTS, says=office_works.says)
def statistics_paper(request: HttpRequest) -> HttpResponse:
    """汇总统计表 of exactly what the page shows."""
    wanted, actor = _posted(request), actor_of(request)
    figures = wanted.figures(actor, timezone.localdate())
    register_statistics(figures=figures, actor=actor, at=timezone.now())
    messages.success(request, "正在生成汇总统计表，生成后列在公文里。")
    return redirect(wanted.at("statistics"))


@require_POST
@readers
def statistics_export(request: HttpRequest) -> HttpResponse:
    """A workbook of exactly what the page shows, made in the background."""
    return redirect(start_export(asked=_posted(request), actor=actor_of(request), at=timezone.now()))
