"""印章 and the 用印登记簿: the list, one of them, a new one, every use."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents.layout.dates import chinese_date
from foundation.files.services import in_slot
from foundation.organization.access import only
from foundation.organization.identity import actor_of
from foundation.organization.models import FAR
from foundation.organization.pages import page_of
from foundation.organization.refusals import told_in

from ..issuing.centre import centre_of
from ..models import Seal
from . import keys
from .forms import SealForm, StopForm, UsersForm
from .permissions import KEEPERS, ONLY_KEEPERS, ONLY_READERS, READERS, REGISTER_READERS
from .register import copied_with
from .services import LABEL, add_seal, allow, stop_seal


@require_safe
@only(*READERS, says=ONLY_READERS)
def seals(request: HttpRequest) -> HttpResponse:
    rows = (
        Seal.objects.select_related("organ")
        .annotate(used=Count("uses"))
        .order_by("state", "organ__order", "name")
    )
    context = {
        "page": page_of(request, rows, unit="枚"),
        "editable": _keeps(request),
        "signing": _signing(),
        "today": timezone.localdate(),
    }
    if request.identity.post in REGISTER_READERS:  # type: ignore[attr-defined]
        context |= centre_of(request, "seals")  # for others it is a part of 管理
    return _page(request, "documents/seals.html", context)


@require_http_methods(["GET", "POST"])
@only(*KEEPERS, says=ONLY_KEEPERS)
def seal_new(request: HttpRequest) -> HttpResponse:
    form = SealForm(request.POST, request.FILES) if request.method == "POST" else SealForm()
    if form.is_bound and form.is_valid():
        with told_in(form):
            pk = add_seal(**form.values(), actor=actor_of(request), at=timezone.now())
            messages.success(request, f"已新增“{form.cleaned_data['name']}”。")
            return redirect("seal", pk)
    return _page(request, "documents/seal_new.html", {"form": form}, form)


@require_http_methods(["GET", "POST"])
@only(*READERS, says=ONLY_READERS)
def seal(request: HttpRequest, pk: int) -> HttpResponse:
    """Who may use it."""
    row = get_object_or_404(Seal.objects.select_related("organ"), pk=pk)
    form = UsersForm(request.POST if request.method == "POST" else None, seal=row, day=timezone.localdate())
    if request.method == "POST":
        if not _keeps(request):
            raise PermissionDenied(ONLY_KEEPERS)
        if form.is_valid():
            with told_in(form):
                changed = allow(seal=pk, **form.cleaned_data, actor=actor_of(request), at=timezone.now())
                messages.success(request, "已保存用印人。" if changed else "没有改动。")
                return redirect("seal", pk)
    return _shown(request, row, form, StopForm())


@require_POST
@only(*KEEPERS, says=ONLY_KEEPERS)
def seal_stop(request: HttpRequest, pk: int) -> HttpResponse:
    row, form = get_object_or_404(Seal.objects.select_related("organ"), pk=pk), StopForm(request.POST)
    if form.is_valid():
        with told_in(form):
            stop_seal(seal=pk, reason=form.cleaned_data["reason"], actor=actor_of(request), at=timezone.now())
            messages.success(request, f"已停用“{row.name}”。")
            return redirect("seal", pk)
    return _shown(request, row, UsersForm(seal=row, day=timezone.localdate()), form)


def _shown(request: HttpRequest, row: Seal, form: UsersForm, stopping: StopForm) -> HttpResponse:
    keeps, day = _keeps(request), timezone.localdate()
    files = in_slot(LABEL, [row.pk], "picture") if keeps else {}
    context = {
        "row": row, "form": form, "stopping": stopping, "editable": keeps and row.state == Seal.State.IN_USE,
        "picture": files.get(row.pk), "valid": row.valid(day), "far": FAR, "used": row.uses.count(),
        "copied": copied_with(row),
    }  # fmt: skip
    return _page(request, "documents/seal.html", context, form, stopping)


def _page(request: HttpRequest, template: str, context: dict[str, Any], *sent: BaseForm) -> HttpResponse:
    wrong = any(form.is_bound and form.errors for form in sent)
    return render(
        request, template, {"section": "administration", "far": FAR} | context, status=422 if wrong else 200
    )


def _keeps(request: HttpRequest) -> bool:
    return request.identity.post in KEEPERS  # type: ignore[attr-defined]


def _signing() -> dict[str, str]:
    """With what official papers are signed, or why they are not."""
    try:
        key = keys.key_for(timezone.now())
    except keys.BadKey as bad:
        return {"kind": "overdue", "title": "签名证书不能使用，正式公文现在不能印发", "says": str(bad)}
    if key is None:
        says = "印发的公文没有数字签名；仍可用核验码和 SHA-256 核验。证书由系统管理员在服务器上设置。"
        return {"kind": "near", "title": "没有设置签名证书", "says": says}
    return {"kind": "near" if key.testing else "", "title": "正式公文有数字签名", "says": f"证书：{key.name}，{chinese_date(key.until)}到期。"}  # fmt: skip
