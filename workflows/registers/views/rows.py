"""One row: what it says, how it came about, and 登记, 更正, 撤销, 恢复 by hand."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.organization.access import only, opened
from foundation.organization.identity import actor_of
from foundation.organization.posts import OFFICE_POSTS
from foundation.organization.refusals import Refused, told_in
from workflows.cases.permissions import sees_case

from ..forms import RowForm, WhyForm
from ..kind import Kind
from ..known import known_for
from ..models import RegisterRow, office_keeps
from ..permissions import may_lead, sees_row
from ..services.keeping import add_row, change_row, restore_row, withdraw_row
from ..services.leading import leads, open_lead
from ..showing import facts_of, history_of
from .registers import keeps, kind_of, opened_register


@require_safe
@login_required
def register_row(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, opened(request, _rows(), pk, sees_row))


def _rows() -> QuerySet[RegisterRow]:
    return RegisterRow.objects.select_related("register", "case")


def _page(request: HttpRequest, row: RegisterRow, form: WhyForm | None = None) -> HttpResponse:
    kind = kind_of(row.register.code)
    context = {
        "section": "registers", "row": row, "kind": kind, "facts": facts_of(kind, row.cells),
        "history": history_of(kind, row), "keeps": keeps(request), "form": form or WhyForm(), **_lead(request, kind, row),
    }  # fmt: skip
    return render(request, "registers/row.html", context, status=422 if form else 200)


def _lead(request: HttpRequest, kind: Kind, row: RegisterRow) -> dict[str, bool]:
    actor, day = actor_of(request), timezone.localdate()
    return {
        "may_lead": bool(leads(kind, row)) and may_lead(row, actor, day),
        "sees_case": bool(row.case and sees_case(row.case, actor, day)),
    }


@require_http_methods(["GET", "POST"])
@only(*OFFICE_POSTS, says=office_keeps.says)
def register_row_new(request: HttpRequest, code: str) -> HttpResponse:
    kind, _ = opened_register(request, code)
    known = known_for(kind, timezone.localdate())
    form = RowForm(request.POST or None, kind=kind, known=known)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            pk = add_row(
                kind=kind, cells=form.cells, units=known.ids, actor=actor_of(request), at=timezone.now()
            )
            messages.success(request, "已登记。")
            return redirect("register_row", pk)
    context = {"section": "registers", "kind": kind, "form": form}
    return render(request, "registers/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@only(*OFFICE_POSTS, says=office_keeps.says)
def register_row_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = opened(request, _rows(), pk, sees_row)
    kind = kind_of(row.register.code)
    known = known_for(kind, timezone.localdate())
    form = RowForm(request.POST or None, kind=kind, known=known, row=row.cells)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            changed = change_row(
                row=pk, kind=kind, cells=form.cells, units=known.ids, why=form.cleaned_data["why"],
                actor=actor_of(request), at=timezone.now(),
            )  # fmt: skip
            messages.success(request, "已更正。" if changed else "没有变化。")
            return redirect("register_row", pk)
    context = {"section": "registers", "kind": kind, "form": form, "row": row}
    return render(request, "registers/edit.html", context, status=422 if form.errors else 200)


@require_POST
@only(*OFFICE_POSTS, says=office_keeps.says)
def register_row_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    row = opened(request, _rows(), pk, sees_row)
    form = WhyForm(request.POST)
    if form.is_valid():
        with told_in(form):
            withdraw_row(row=pk, why=form.cleaned_data["why"], actor=actor_of(request), at=timezone.now())
            messages.success(request, "已撤销，不再计入统计。")
            return redirect("register_row", pk)
    return _page(request, row, form)


@require_POST
@only(*OFFICE_POSTS, says=office_keeps.says)
def register_row_restore(request: HttpRequest, pk: int) -> HttpResponse:
    opened(request, _rows(), pk, sees_row)
    try:
        restore_row(row=pk, actor=actor_of(request), at=timezone.now())
        messages.success(request, "已恢复，重新计入统计。")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("register_row", pk)


@require_POST
@login_required
def register_row_lead(request: HttpRequest, pk: int) -> HttpResponse:
    opened(request, _rows(), pk, sees_row)
    try:
        case = open_lead(row=pk, actor=actor_of(request), at=timezone.now())
        messages.success(request, "已转为案件，来源已记入“发现线索”。请核对案由，补充办案人员。")
        return redirect("case", case)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("register_row", pk)
