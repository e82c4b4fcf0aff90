"""People: the list, one of them with their posts, a new one, a one-time password."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import typed
from ..access import only
from ..forms import AppointForm, EndForm, PersonForm
from ..identity import actor_of
from ..listing import people_found
from ..models import Appointment, Person, Unit
from ..pages import page_of
from ..passwords import hand_out
from ..permissions import (
    EDITORS,
    ONLY_EDITORS,
    ONLY_READERS,
    READERS,
    edits_appointment,
    edits_person,
    posts_given_by,
)
from ..refusals import Refused, told_in
from ..services import add_person, appoint, change_person, end_appointment


@require_safe
@only(*READERS, says=ONLY_READERS)
def people(request: HttpRequest) -> HttpResponse:
    words, state, unit = (typed.words(request.GET.get(name, "")) for name in ("q", "state", "unit"))
    chosen = typed.number(unit)
    where = Unit.objects.filter(pk=chosen).first() if chosen else None
    rows = people_found(words, unit=where.pk if where else None, state=state, on=timezone.localdate())
    chips = [
        {"label": label, "url": f"?state={code}" if code else "?", "current": state == code and not where}
        for code, label in states()
    ]
    batch = QueryDict(mutable=True)
    batch.update({"q": words, "state": state, "unit": str(where.pk) if where else ""})
    context = {
        "batch": batch.urlencode(),
        "page": page_of(request, rows, unit="人"),
        "q": words,
        "chips": chips,
        "where": where,
        "state": state,
    }
    return render(request, "organization/people.html", context | {"editable": _posts(request)})


def states() -> tuple[tuple[str, str], ...]:
    dormant = f"{settings.DORMANT_DAYS} 天未登录"
    named = (("never", "从未登录"), ("dormant", dormant), ("idle", "没有在任岗位"), ("closed", "已停用"))
    return (("", "全部"), *named)


@never_cache
@require_http_methods(["GET", "POST"])
@only(*EDITORS, says=ONLY_EDITORS)
def person_new(request: HttpRequest) -> HttpResponse:
    """An account with its first post and a one-time password, in one form."""
    data = request.POST or None
    first = {"unit": typed.number(request.GET.get("unit", ""))}
    form, seat = PersonForm(data), AppointForm(data, posts=_posts(request), initial=first)
    if request.method == "POST" and form.is_valid() and seat.is_valid():
        with told_in(form):
            with transaction.atomic():
                person = add_person(**form.cleaned_data, **_by(request))
                appoint(person=person, **seat.cleaned_data, **_by(request))
                given = hand_out([person], **_by(request))
            return _handed_out(request, person, given[person.pk])
    return _page(request, "organization/person_new.html", {"form": form, "seat": seat}, form, seat)


@require_http_methods(["GET", "POST"])
@only(*READERS, says=ONLY_READERS)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Person, pk=pk)
    form = PersonForm(request.POST or None, person=row)
    if request.method == "POST":
        _demand(edits_person(row, actor_of(request), timezone.localdate()), edits_person.says)
        if form.is_valid():
            with told_in(form):
                changed = change_person(person=row, values=form.cleaned_data, **_by(request))
                said = f"已保存“{form.cleaned_data['name']}”。" if changed else "没有改动。"
                messages.success(request, said)
                return redirect("person", pk)
    return _shown(request, row, form=form)


@require_POST
@only(*EDITORS, says=ONLY_EDITORS)
def person_appoint(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Person, pk=pk)
    form = AppointForm(request.POST, posts=_posts(request))
    if form.is_valid():
        with told_in(form):
            seat = appoint(person=row, **form.cleaned_data, **_by(request))
            messages.success(request, f"已任命{row.name}为{seat.unit.short_name}{seat.get_post_display()}。")
            return redirect("person", pk)
    return _shown(request, row, appointing=form)


@require_POST
@only(*EDITORS, says=ONLY_EDITORS)
def appointment_end(request: HttpRequest, pk: int) -> HttpResponse:
    seats = Appointment.objects.select_related("person", "unit").filter(revoked=False)
    seat = get_object_or_404(seats, pk=pk)
    _demand(edits_appointment(seat, actor_of(request), timezone.localdate()), edits_appointment.says)
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请填写任期的最后一天，如 2026-06-30。")
        return redirect("person", seat.person_id)
    try:
        end_appointment(appointment=seat, on=form.cleaned_data["on"], **_by(request))
        messages.success(
            request, f"{seat.person.name}的{seat.unit.short_name}{seat.get_post_display()}已结束任期。"
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("person", seat.person_id)


@never_cache
@require_POST
@only(*EDITORS, says=ONLY_EDITORS)
def person_reset(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Person, pk=pk)
    _demand(edits_person(row, actor_of(request), timezone.localdate()), edits_person.says)
    return _handed_out(request, row, hand_out([row], **_by(request))[row.pk])


def _handed_out(request: HttpRequest, row: Person, password: str) -> HttpResponse:
    """Shown in the answer itself and kept nowhere: opening the page again shows it no more."""
    context = {"handed_out": [(row.username, row.name, password)], "row": row, "days": settings.ONE_TIME_DAYS}
    return render(request, "organization/one_time.html", context)


def _shown(
    request: HttpRequest,
    row: Person,
    *,
    form: PersonForm | None = None,
    appointing: AppointForm | None = None,
) -> HttpResponse:
    actor, today = actor_of(request), timezone.localdate()
    posts, kept = _posts(request), form or PersonForm(person=row)
    given = appointing or AppointForm(posts=posts)
    seats = list(Appointment.objects.filter(person=row, revoked=False).select_related("unit"))
    mine = Appointment.objects.filter(edits_appointment.q(actor.post, today), person=row)
    endable = set(mine.values_list("pk", flat=True))
    context = {
        "row": row,
        "form": kept,
        "appointing": given,
        "seats": [(seat, seat.pk in endable and bool(posts)) for seat in seats if seat.end >= today],
        "past": [seat for seat in seats if seat.end < today],
        "editable": edits_person(row, actor, today),
        "appointable": bool(posts),
        "today": today,
    }
    return _page(request, "organization/person.html", context, kept, given)


def _page(request: HttpRequest, template: str, context: dict[str, Any], *forms: BaseForm) -> HttpResponse:
    refused = any(form.errors for form in forms)  # a form that was not sent has none
    return render(request, template, context, status=422 if refused else 200)


def _posts(request: HttpRequest) -> tuple:
    return posts_given_by(actor_of(request))


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"actor": actor_of(request), "at": timezone.now()}


def _demand(allowed: bool, says: str) -> None:
    if not allowed:
        raise PermissionDenied(says)
