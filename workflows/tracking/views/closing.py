"""收尾 of a campaign: the checklist, the summary drafted from facts, everything in one package."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from foundation.organization.access import only, opened
from foundation.organization.identity import actor_of
from foundation.organization.posts import OFFICE_POSTS
from foundation.organization.refusals import Refused
from workflows.plans.models import Plan, office_works
from workflows.plans.permissions import sees_plan

from ..closing.checklist import checklist
from ..closing.packing import start_packing
from ..closing.summary import draft_summary
from ..permissions import READERS

SAYS = "收尾清单只给安委办、领导和审计员看。"


@require_safe
@only(*READERS, says=SAYS)
def closing(request: HttpRequest, pk: int) -> HttpResponse:
    plan = _plan(request, pk)
    points = checklist(plan)
    context = {
        "section": "plans", "plan": plan, "points": points, "left": sum(1 for one in points if one.count),
        "works": request.identity.post in OFFICE_POSTS, "ended": plan.state in ("closing", "archived"),  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "tracking/closing.html", context)


@require_POST
@login_required
def closing_summary(request: HttpRequest, pk: int) -> HttpResponse:
    plan = opened(request, Plan.objects.defer("text", "reading"), pk, office_works)
    draft = draft_summary(plan=plan.pk, actor=actor_of(request), at=timezone.now())
    messages.success(request, "已按系统里的数字起草，请补写后送核。")
    return redirect("draft_edit", draft)


@require_POST
@login_required
def closing_package(request: HttpRequest, pk: int) -> HttpResponse:
    plan = opened(request, Plan.objects.defer("text", "reading"), pk, office_works)
    try:
        return redirect(start_packing(plan=plan.pk, actor=actor_of(request), at=timezone.now()))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("closing", pk)


def _plan(request: HttpRequest, pk: int) -> Plan:
    return opened(request, Plan.objects.defer("text", "reading"), pk, sees_plan)
