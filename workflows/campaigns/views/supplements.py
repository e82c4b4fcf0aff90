"""补充通知: begun from the campaign, its items changed one by one, sent, issued; and the versions of an item."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.organization.access import only, opened
from foundation.organization.identity import actor_of
from foundation.organization.posts import OFFICE_POSTS
from foundation.organization.refusals import Refused, told_in
from workflows.plans.models import Item, Plan, office_works
from workflows.plans.permissions import sees_plan
from workflows.plans.versions import steps_of, terms_of

from ..models import Supplement
from ..models.supplement import reads_supplement
from ..supplements import services
from ..supplements.content import shown, terms_in
from ..supplements.forms import ItemChangeForm, ReasonForm
from ..supplements.pages import page_of

office = only(*OFFICE_POSTS, says=office_works.says)
ACTS: dict[str, tuple[Callable[..., None], str]] = {
    "send": (services.send, "已送审，等待安办主任审批。"),
    "take-back": (services.take_back, "已撤回，可以继续修改。"),
    "issue": (services.issue, "已印发，未办结的任务已按新的要求接续。"),
    "drop": (services.drop, "已作废，任务不变。"),
}


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"actor": actor_of(request), "at": timezone.now()}


@require_http_methods(["GET", "POST"])
@office
def supplement_new(request: HttpRequest, pk: int) -> HttpResponse:
    plan = get_object_or_404(Plan, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            by = _by(request)
            made = services.start_supplement(plan=pk, reason=form.cleaned_data["reason"], **by)
            messages.success(request, "已起草。下一步：选择要调整的事项。")
            return redirect("supplement", made)
    context = {"plan": plan, "form": form, "row": None, "closing": plan.state == Plan.State.CLOSING}
    return render(request, "campaigns/supplement_reason.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
def supplement(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Supplement.objects.select_related("plan__organ", "document", "drafted_by__person")
    row = opened(request, rows, pk, reads_supplement)
    return render(request, "campaigns/supplement.html", page_of(row, actor_of(request)))


@require_http_methods(["GET", "POST"])
@office
def supplement_reason(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Supplement.objects.select_related("plan"), pk=pk)
    form = ReasonForm(request.POST or None, initial={"reason": row.reason})
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            by = _by(request)
            services.change_reason(supplement=pk, reason=form.cleaned_data["reason"], **by)
            return redirect("supplement", pk)
    context = {"plan": row.plan, "form": form, "row": row}
    return render(request, "campaigns/supplement_reason.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@office
def supplement_item(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Filled with what was written for it, else with what it asks for now."""
    row = get_object_or_404(Supplement.objects.select_related("plan"), pk=pk)
    one = get_object_or_404(row.plan.items.prefetch_related("periods"), pk=item)
    there = row.changes.filter(item=one, base=one.version).first()
    form = ItemChangeForm(request.POST or None, asked=terms_in(there) if there else terms_of(one))
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            by = _by(request)
            if not services.change_item(supplement=pk, item=item, **form.given(), **by):
                messages.info(request, "与现在的要求一致，这一项不调整。")
            return redirect("supplement", pk)
    context = {"row": row, "item": one, "form": form, "now": terms_of(one)}
    return render(request, "campaigns/supplement_item.html", context, status=422 if form.errors else 200)


@require_POST
@office
def supplement_act(request: HttpRequest, pk: int, do: str) -> HttpResponse:
    if do not in ACTS:
        raise Http404("没有这样的办理。")
    get_object_or_404(Supplement, pk=pk)
    service, says = ACTS[do]
    try:
        service(supplement=pk, actor=actor_of(request), at=timezone.now())
        messages.success(request, says)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("supplement", pk)


@require_safe
@login_required
def item_versions(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """What an item asked for at first, and every change of it with its paper."""
    plan = opened(request, Plan.objects.all(), pk, sees_plan)
    one = get_object_or_404(
        Item.objects.select_related("plan").prefetch_related("periods"), plan=plan, pk=item
    )
    steps = steps_of(one)
    first = terms_of(one.versions.order_by("number").first() or one)
    context = {
        "plan": plan,
        "item": one,
        "first": first,
        "steps": [(step, shown(step.changes)) for step in reversed(steps)],
    }
    return render(request, "campaigns/item_versions.html", context)
