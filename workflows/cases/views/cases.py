"""案件: the ledger, one case, its progress."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.organization import access
from foundation.organization.access import only
from foundation.organization.addresses import chips_of
from foundation.organization.identity import actor_of
from foundation.organization.keyset import NEWEST, page_of
from foundation.organization.models import Appointment
from foundation.organization.refusals import Refused, told_in
from foundation.organization.services import working_calendar

from ..forms import CaseForm, EventForm, initial_of
from ..library import DEFAULT, pack_for
from ..listing import CHIPS, cases_found, row_of
from ..loading import every_pack
from ..models import Case, CaseEvent, ReferralProcess
from ..papers.showing import papers_shown
from ..parties.showing import parties_shown
from ..permissions import OPENERS, sees_case, works_on_case
from ..proceeding import cards_of, clock_of, rows_of
from ..publishing.pages import section_of as publications_of
from ..recommending.pages import section_of
from ..referring.offers import choices_of, offers_of
from ..referring.progress import context_of
from ..register import change_case, look, open_case, record_event, standing, strike_event
from ..rule_words import TRACKS
from ..sources import sources_of
from ..standing import pack_of

SAYS = sees_case.says


@require_safe
@only(*OPENERS, says=SAYS)
def cases(request: HttpRequest) -> HttpResponse:
    now, here = timezone.now(), request.GET.get("only", "open")
    here = here if here in CHIPS else "open"
    rows = _seen(request).select_related("unit")
    page = page_of(cases_found(rows, request.GET, now), NEWEST, request.GET, 20)
    calendar = working_calendar(now.year - 1, now.year + 1)
    context = {
        "section": "cases", "page": page, "rows": [row_of(one, now, calendar) for one in page.rows], "q": request.GET.get("q", ""),
        "only": here, "chips": chips_of(request.GET, "only", CHIPS, here),
    }  # fmt: skip
    return render(request, "cases/cases.html", context)


def _seen(request: HttpRequest) -> Any:
    return Case.objects.filter(sees_case.q(request.identity.pk, timezone.localdate()))  # type: ignore[attr-defined]


def opened(request: HttpRequest, pk: int, rule: Any = sees_case) -> Case:
    rows = Case.objects.select_related("unit").prefetch_related("team__person")
    return access.opened(request, rows, pk, rule)


@require_safe
@login_required
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """Two tracks side by side, the clocks, what may come next. Every look is written down."""
    row, now = opened(request, pk), timezone.now()
    look(case=pk, actor=actor_of(request), at=now)
    events = CaseEvent.objects.select_related("by__person", "struck_by__person")
    prefetch_related_objects([row], Prefetch("events", events))  # read once, for the law and for the page
    stands, works = standing(row, now), works_on_case(row, actor_of(request), timezone.localdate())
    rows = list(row.events.all())
    shown, seat = parties_shown(stands, works=works), actor_of(request).post or 0
    context = {
        "section": "cases", "case": row, "works": works, **shown,
        "papers": papers_shown(stands, shown, works=works, seat=seat, day=timezone.localdate()),
        "clocks": [clock_of(stands, one) for one in stands.clocks], "cards": cards_of(stands),
        "next": clock_of(stands, stands.next) if stands.next else None,
        "rows": rows_of(stands, rows), "happened": len(rows), "titles": list(TRACKS.items()),
        "missing": stands.missing, "sources": sources_of(pk, actor_of(request), timezone.localdate()),
    }  # fmt: skip
    context |= section_of(row, actor_of(request), timezone.localdate())
    context |= publications_of(row, works)
    context |= context_of(row, stands, actor_of(request), works)
    return render(request, "cases/case.html", context)


@require_http_methods(["GET", "POST"])
@only(*OPENERS, says=SAYS)
def case_new(request: HttpRequest) -> HttpResponse:
    seat = request.identity  # type: ignore[attr-defined]
    pack = pack_for(DEFAULT, timezone.localdate(), every_pack()).for_agency("emergency")
    people = _people(seat.unit_id)
    first = {"agency": "other", "team": [seat.pk]}
    form = CaseForm(request.POST or None, people=people, papers=pack, initial=first)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            pk = open_case(about=form.about(), unit=seat.unit_id, actor=actor_of(request), at=timezone.now())
            messages.success(request, "已登记。接着记录发现线索、立案等进展。")
            return redirect("case", pk)
    return render(
        request, "cases/edit.html", {"section": "cases", "form": form}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
@login_required
def case_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = opened(request, pk, works_on_case)
    pack = pack_of(row, every_pack())
    form = CaseForm(request.POST or None, people=_people(row.unit_id), papers=pack, initial=initial_of(row))
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            change_case(case=pk, about=form.about(), actor=actor_of(request), at=timezone.now())
            messages.success(request, "已保存，时限已重新计算。")
            return redirect("case", pk)
    context = {"section": "cases", "form": form, "case": row}
    return render(request, "cases/edit.html", context, status=422 if form.errors else 200)


def _people(unit: int) -> Any:
    rows = Appointment.objects.in_force(timezone.localdate()).filter(unit=unit)
    return rows.select_related("person", "unit").order_by("post", "pk")


@require_http_methods(["GET", "POST"])
@login_required
def case_record(request: HttpRequest, pk: int) -> HttpResponse:
    row, now = opened(request, pk, works_on_case), timezone.localtime()
    stands = standing(row, now)
    first = {"at": now.replace(second=0, microsecond=0), "step": request.GET.get("step", "")}
    offers = offers_of(stands, but=ReferralProcess.STEPS if ReferralProcess.running(pk) else ())
    form = EventForm(request.POST or None, pack=stands.pack, steps=choices_of(offers), initial=first)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            record_event(case=pk, event=form.event(), actor=actor_of(request), at=timezone.now())
            messages.success(request, f"已记录“{stands.pack.steps[form.cleaned_data['step']].name}”。")
            return redirect("case", pk)
    refused = [one for one in offers if one.why]
    context = {"section": "cases", "form": form, "case": row, "refused": refused}
    return render(request, "cases/record.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def case_strike(request: HttpRequest, pk: int, event: int) -> HttpResponse:
    opened(request, pk, works_on_case)
    try:
        strike_event(
            case=pk, event=event, why=request.POST.get("why", ""), actor=actor_of(request), at=timezone.now()
        )
        messages.success(request, "已更正，时限已重新计算。")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("case", pk)
