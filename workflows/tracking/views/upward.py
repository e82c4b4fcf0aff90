"""对上报送: the register, a duty of it, and how one comes in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.organization import typed
from foundation.organization.access import only, opened
from foundation.organization.addresses import chips_of
from foundation.organization.doings import Tried
from foundation.organization.identity import actor_of
from foundation.organization.keyset import Key, page_of
from foundation.organization.posts import OFFICE_POSTS
from foundation.organization.refusals import told_in
from foundation.organization.services import working_calendar
from workflows.plans.models import Plan
from workflows.plans.permissions import IN_FORCE

from ..models import UpwardDuty
from ..permissions import READERS, keeps_upward, sees_upward
from ..upward import services
from ..upward.acting import DOINGS
from ..upward.forms import DutyForm
from ..upward.pages import CHIPS, found, lit
from ..upward.pages import page_of as duty_page
from ..upward.proposing import proposals

SOONEST = (Key("due_on"), Key("pk"))


@require_safe
@only(*READERS, says=sees_upward.says)
def upward(request: HttpRequest) -> HttpResponse:
    today, seat = timezone.localdate(), request.identity  # type: ignore[attr-defined]
    calendar = working_calendar(today.year - 1, today.year + 1)
    rows = found(UpwardDuty.objects.filter(sees_upward.q(seat.pk, today)), request.GET)
    page = page_of(rows.select_related("handler__person", "plan"), SOONEST, request.GET, 30)
    here = request.GET.get("only", "open")
    labels = {code: label for code, (label, _) in CHIPS.items()}
    office = seat.post in OFFICE_POSTS
    context = {
        "page": page, "rows": [lit(one, today, calendar) for one in page.rows], "office": office,
        "chips": chips_of(request.GET, "only", labels, here if here in CHIPS else "open"),
        "q": request.GET.get("q", ""), "only": here, "proposed": _proposed() if office else [],
    }  # fmt: skip
    return render(request, "tracking/upward.html", context)


def _proposed() -> list[tuple[Plan, list[Any]]]:
    plans = Plan.objects.filter(state__in=IN_FORCE).exclude(state="archived").select_related("organ")
    return [(plan, those) for plan in plans if (those := proposals(plan))]


@require_http_methods(["GET", "POST"])
@only(*OFFICE_POSTS, says=keeps_upward.says)
def upward_new(request: HttpRequest) -> HttpResponse:
    """`?plan=1&report=2` begins with what the plan says there."""
    organ = request.identity.unit_id  # type: ignore[attr-defined]
    form = DutyForm(request.POST or None, organ=organ, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        pk = services.add_duty(values=form.values(), actor=actor_of(request), at=timezone.now())
        messages.success(request, "已登记，到期以前会提醒。")
        return redirect("upward_duty", pk)
    return render(request, "tracking/upward_new.html", {"form": form}, status=422 if form.errors else 200)


def _initial(request: HttpRequest) -> dict[str, Any]:
    plan = (
        Plan.objects.filter(pk=typed.number(request.GET.get("plan", "")) or 0).select_related("organ").first()
    )
    number = typed.number(request.GET.get("report", "0"))
    one = next((one for one in proposals(plan) if one.number == number), None) if plan else None
    about = {"plan": plan} if plan else {}
    if one is None:
        return about
    return about | {
        "kind": one.kind,
        "title": one.title,
        "to": one.to,
        "due_on": one.due_on,
        "basis": one.basis,
    }


@require_safe
@login_required
def upward_duty(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _opened(request, pk))


@require_http_methods(["GET", "POST"])
@only(*OFFICE_POSTS, says=keeps_upward.says)
def upward_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = _opened(request, pk)
    form = DutyForm(request.POST or None, instance=row, organ=row.organ_id)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            services.change_duty(duty=pk, values=form.values(), actor=actor_of(request), at=timezone.now())
            return redirect("upward_duty", pk)
    context = {"form": form, "row": UpwardDuty.objects.get(pk=pk)}
    return render(request, "tracking/upward_new.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def upward_act(request: HttpRequest, pk: int, do: str) -> HttpResponse:
    row, doing = _opened(request, pk), DOINGS.get(do)
    if doing is None:
        raise Http404("没有这种办理方式。")
    form = doing.filled(do, request.POST, files=request.FILES)
    if doing.happens(request, form, duty=pk):
        return redirect("upward_duty", pk)
    return _page(request, row, tried=(do, form))


def _opened(request: HttpRequest, pk: int) -> UpwardDuty:
    rows = UpwardDuty.objects.select_related("organ", "plan", "handler__person")
    return opened(request, rows, pk, sees_upward)


def _page(request: HttpRequest, row: UpwardDuty, tried: Tried | None = None) -> HttpResponse:
    today = timezone.localdate()
    calendar = working_calendar(today.year - 1, today.year + 1)
    context = duty_page(row, actor_of(request), today, calendar, tried)
    return render(request, "tracking/upward_duty.html", context, status=422 if tried else 200)
