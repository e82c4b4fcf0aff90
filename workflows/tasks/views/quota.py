"""案例推荐指标 of a campaign: all units for the office, its own row for a unit."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundation.organization import typed
from foundation.organization.access import opened
from foundation.organization.identity import actor_of
from foundation.organization.pages import page_of
from foundation.organization.posts import UNIT_POSTS
from workflows.cases.kinds import CaseKind
from workflows.plans.models import Plan
from workflows.plans.permissions import sees_plan

from ..quota.facts import quota_of
from ..quota.page import chips_of, line_of, narrowed
from ..quota.verdict import WORDS


@require_safe
@login_required
def plan_recommendations(request: HttpRequest, pk: int) -> HttpResponse:
    actor, today = actor_of(request), timezone.localdate()
    plan = opened(request, Plan.objects.defer("text", "reading"), pk, sees_plan)
    rows = quota_of(plan, actor, today)
    chosen, words = request.GET.get("only", ""), typed.words(request.GET.get("q", ""))
    chosen = chosen if chosen in WORDS else "all"
    # Units are a few hundred, and whether one has met it is worked out: pages by number, as on the board.
    page = page_of(request, cast(Any, narrowed(rows, chosen, words)), unit="个单位")
    context = {
        "section": "plans", "plan": plan, "own": actor.post_code in UNIT_POSTS, "total": len(rows), "page": page,
        "lines": [line_of(row, actor) for row in page.rows], "chips": chips_of(rows, chosen), "only": chosen,
        "q": words, "kinds": CaseKind.labels, "due": max((one.task.due_on for one in rows if one.task.due_on), default=None),
    }  # fmt: skip
    return render(request, "tasks/quota.html", context)
