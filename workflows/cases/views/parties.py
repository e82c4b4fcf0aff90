"""当事人, 违法行为, 处罚决定, 证据 of a case: adding, changing, and what becomes of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from foundation.organization.identity import actor_of
from foundation.organization.refusals import told_in

from ..models import Case
from ..parties.acting import doings
from ..parties.forms import ROWS, HarmForm
from ..parties.services import add_row, change_row, tell_harm
from ..permissions import works_on_case
from .cases import opened


@require_http_methods(["GET", "POST"])
@login_required
def case_row_new(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    case, (_, form_class, name) = opened(request, pk, works_on_case), _kind(kind)
    form = form_class(request.POST or None, request.FILES or None, case=case)
    return _answer(
        request, case, form, f"登记{name}", lambda **by: add_row(case=pk, facts=form.facts(), **by)
    )


@require_http_methods(["GET", "POST"])
@login_required
def case_row(request: HttpRequest, pk: int, kind: str, row: int) -> HttpResponse:
    case, (model, form_class, name) = opened(request, pk, works_on_case), _kind(kind)
    there = get_object_or_404(model, case=case, pk=row, struck_at=None)
    form = form_class(request.POST or None, request.FILES or None, case=case, row=there)
    return _answer(
        request,
        case,
        form,
        f"修改{name}",
        lambda **by: change_row(case=pk, row=row, facts=form.facts(), **by),
    )


@require_http_methods(["GET", "POST"])
@login_required
def case_row_act(request: HttpRequest, pk: int, kind: str, row: int, do: str) -> HttpResponse:
    case, (model, _, _) = opened(request, pk, works_on_case), _kind(kind)
    there = get_object_or_404(model, case=case, pk=row, struck_at=None)
    doing = doings(kind).get(do)
    if doing is None:
        raise Http404("没有这种办理方式。")
    form = doing.form(request.POST or None)
    return _answer(
        request, case, form, doing.label,
        lambda **by: doing.service(case=pk, row=row, **form.cleaned_data, **by), says=doing.says, row=there,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def case_harm(request: HttpRequest, pk: int) -> HttpResponse:
    case = opened(request, pk, works_on_case)
    first = {name: getattr(case, name) for name in HarmForm.base_fields}
    form = HarmForm(request.POST or None, initial=first)
    return _answer(
        request, case, form, "填写损害和情形", lambda **by: tell_harm(case=pk, facts=form.told(), **by)
    )


def _kind(kind: str) -> Any:
    if kind not in ROWS:
        raise Http404("没有这种内容。")
    return ROWS[kind]


def _answer(request: HttpRequest, case: Case, form: Any, title: str, do: Any, **more: Any) -> HttpResponse:
    """The page with its form, or what the service did with it."""
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            do(actor=actor_of(request), at=timezone.now())
            messages.success(request, f"已{title}，一案双罚和罚款幅度已重新核对。")
            return redirect("case", case.pk)
    context = {"section": "cases", "case": case, "form": form, "title": title, **more}
    return render(request, "cases/row.html", context, status=422 if form.errors else 200)
