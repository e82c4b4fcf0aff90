"""A campaign copied to another year: the proposal, its days open to change, then the draft."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from foundation.organization import typed
from foundation.organization.access import only
from foundation.organization.identity import actor_of
from foundation.organization.posts import OFFICE_POSTS
from foundation.organization.refusals import told_in
from workflows.plans.models import Plan, office_works

from ..copies.forms import CopyForm
from ..copies.proposing import proposed
from ..copies.services import copy_campaign


@require_http_methods(["GET", "POST"])
@only(*OFFICE_POSTS, says=office_works.says)
def plan_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """`?year=`: the next one after the campaign's, unless another is asked for."""
    plan = get_object_or_404(Plan, pk=pk)
    asked = typed.number(request.GET.get("year", ""))
    usual = (plan.year or timezone.localdate().year) + 1
    year = asked if asked and asked in typed.YEARS else usual
    form = CopyForm(request.POST or None, plan=plan, year=year, rows=proposed(plan, year))
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            made = copy_campaign(plan=pk, wanted=form.wanted(), actor=actor_of(request), at=timezone.now())
            messages.success(request, "已复制成草稿。请逐项核对内容和日期，再送审。")
            return redirect("plan", made)
    context = {"plan": plan, "year": year, "form": form}
    return render(request, "campaigns/copy.html", context, status=422 if form.errors else 200)
