"""Units: the list, one of them, a new one; and the address book, which is for everybody."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from .. import typed
from ..access import only
from ..forms import UnitForm
from ..identity import actor_of
from ..listing import units_found
from ..models import Appointment, Unit
from ..pages import page_of
from ..permissions import EDITORS, ONLY_EDITORS, ONLY_READERS, READERS, edits_unit
from ..refusals import told_in
from ..units import save_unit, usual_groups


def _listed(request: HttpRequest) -> dict[str, Any]:
    words, kind, bare = (
        typed.words(request.GET.get("q", "")),
        request.GET.get("kind", ""),
        "bare" in request.GET,
    )
    rows = units_found(words, kind=kind, only_bare=bare, on=timezone.localdate())
    chips = [{"label": "全部", "url": "?", "current": not kind and not bare}]
    chips += [
        {"label": label, "url": f"?kind={code}", "current": kind == code and not bare}
        for code, label in Unit.Kind.choices
    ]
    chips.append({"label": "无联络员", "url": "?bare", "kind": "overdue", "current": bare})
    return {"page": page_of(request, rows, unit="个"), "q": words, "chips": chips, "kind": kind, "bare": bare}


@require_safe
@only(*READERS, says=ONLY_READERS)
def units(request: HttpRequest) -> HttpResponse:
    context = {**_listed(request), "editable": _may_add(request)}
    return render(request, "organization/units.html", context)


@require_safe
@login_required
def address_book(request: HttpRequest) -> HttpResponse:
    return render(request, "organization/address_book.html", _listed(request))


@require_http_methods(["GET", "POST"])
@only(*EDITORS, says=ONLY_EDITORS)
def unit_new(request: HttpRequest) -> HttpResponse:
    usual = {"kind": Unit.Kind.DEPARTMENT, "groups": usual_groups(Unit.Kind.DEPARTMENT)}
    form = UnitForm(request.POST or None, initial=usual)
    if request.method == "POST" and (saved := _saved(request, form, None)):
        return saved
    return _form(request, form, None)


@require_http_methods(["GET", "POST"])
@only(*READERS, says=ONLY_READERS)
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Unit, pk=pk)
    may = edits_unit(row, actor_of(request), timezone.localdate())
    form = UnitForm(request.POST or None, instance=get_object_or_404(Unit, pk=pk))
    if request.method == "POST":
        if not may:
            raise PermissionDenied(edits_unit.says)
        if saved := _saved(request, form, row):
            return saved
    return _form(request, form, row, editable=may and not row.ended_on)  # one that ended stays as it was


def _may_add(request: HttpRequest) -> bool:
    return request.identity.post in EDITORS  # type: ignore[attr-defined]


def _saved(request: HttpRequest, form: UnitForm, row: Unit | None) -> HttpResponse | None:
    if not form.is_valid():
        return None
    groups, actor = form.cleaned_data["groups"], actor_of(request)
    with told_in(form):
        kept, changed = save_unit(
            unit=row, values=form.values(), groups=groups, actor=actor, at=timezone.now()
        )
        messages.success(
            request, f"已保存“{kept.short_name}”。" if changed else f"“{kept.short_name}”没有改动。"
        )
        return redirect("unit", kept.pk)
    return None


def _form(request: HttpRequest, form: UnitForm, row: Unit | None, *, editable: bool = True) -> HttpResponse:
    today = timezone.localdate()
    seats = Appointment.objects.filter(unit=row, revoked=False) if row else Appointment.objects.none()
    ordered = seats.select_related("person").order_by("post", "-end", "-start")
    context = {
        "form": form,
        "row": row,
        "editable": editable,
        "seats": [seat for seat in ordered if seat.end >= today and seat.person.is_active],
        "past": [seat for seat in ordered if seat.end < today or not seat.person.is_active],
    }
    return render(
        request, "organization/unit.html", context, status=422 if form.is_bound and form.errors else 200
    )
