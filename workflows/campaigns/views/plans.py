"""The list of plans, and the page of one: its draft beside the text, later the campaign."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundation.files.services import files_of
from foundation.organization.access import only, opened
from foundation.organization.identity import actor_of
from foundation.organization.pages import page_of
from foundation.organization.posts import OFFICE_POSTS, UNIT_POSTS
from workflows.plans.models import Plan
from workflows.plans.pages import draft_page
from workflows.plans.permissions import SEERS, sees_plan

from ..chart import chart_of
from ..pages import campaign_page, plans_of, timeline_of
from ..waiting import waits_for

DRAFT = (Plan.State.DRAFT, Plan.State.IN_APPROVAL)
ROWS = 20  # of a page: each is counted, and may have ten thousand tasks


@require_safe
@only(*SEERS, *UNIT_POSTS, says=sees_plan.says)
def plans(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    page = page_of(request, plans_of(actor, timezone.localdate()), unit="个", size=ROWS)
    for one in page.rows:
        one.closed = one.total - one.open
    return render(request, "campaigns/plans.html", {"page": page, "office": actor.post_code in OFFICE_POSTS})


@require_safe
@login_required
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    actor, day = actor_of(request), timezone.localdate()
    row = opened(request, Plan.objects.select_related("organ", "drafted_by__person"), pk, sees_plan)
    sources = {"sources": files_of("plans.plan", pk)}
    if row.state in DRAFT:
        return render(request, "campaigns/draft.html", {**_draft(row, actor.post_code), **sources})
    return render(request, "campaigns/campaign.html", {**campaign_page(row, actor=actor, day=day), **sources})


def _draft(row: Plan, post: str) -> dict[str, Any]:
    office, waiting = post in OFFICE_POSTS, row.state == Plan.State.IN_APPROVAL
    return {
        **draft_page(row),
        "bar": office,
        "editable": office and not waiting,
        "waiting": waits_for(row) if waiting else "",
        "timeline": timeline_of(row, edits=True),
        "chart": chart_of(row),
    }
