"""人员组: the list, one of them, a new one."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from foundation.organization.access import only
from foundation.organization.identity import actor_of
from foundation.organization.models import in_force
from foundation.organization.pages import page_of
from foundation.organization.refusals import told_in

from ..groups import SignerGroup, save_group
from ..permissions import ONLY_ROUTE_EDITORS, ONLY_ROUTE_READERS, ROUTE_EDITORS, ROUTE_READERS
from ..routing.group_forms import GroupForm


@require_safe
@only(*ROUTE_READERS, says=ONLY_ROUTE_READERS)
def signer_groups(request: HttpRequest) -> HttpResponse:
    manned = Count("seats", filter=in_force(timezone.localdate(), "seats__"))
    context = {
        "section": "administration",
        "page": page_of(
            request, SignerGroup.objects.annotate(manned=manned).order_by("name", "pk"), unit="个"
        ),
        "editable": _may_edit(request),
    }
    return render(request, "approvals/signer_groups.html", context)


@require_http_methods(["GET", "POST"])
@only(*ROUTE_EDITORS, says=ONLY_ROUTE_EDITORS)
def signer_group_new(request: HttpRequest) -> HttpResponse:
    return _edited(request, None)


@require_http_methods(["GET", "POST"])
@only(*ROUTE_READERS, says=ONLY_ROUTE_READERS)
def signer_group(request: HttpRequest, pk: int) -> HttpResponse:
    if request.method == "POST" and not _may_edit(request):
        raise PermissionDenied(ONLY_ROUTE_EDITORS)
    return _edited(request, get_object_or_404(SignerGroup, pk=pk))


def _may_edit(request: HttpRequest) -> bool:
    return request.identity.post in ROUTE_EDITORS  # type: ignore[attr-defined]


def _edited(request: HttpRequest, row: SignerGroup | None) -> HttpResponse:
    form = GroupForm(request.POST if request.method == "POST" else None, group=row, day=timezone.localdate())
    if form.is_bound and form.is_valid():
        with told_in(form):
            kept, changed = save_group(group=row, **form.values(), actor=actor_of(request), at=timezone.now())
            messages.success(request, f"已保存“{kept.name}”。" if changed else f"“{kept.name}”没有改动。")
            return redirect("signer_group", kept.pk)
    context = {"section": "administration", "row": row, "form": form, "editable": _may_edit(request)}
    return render(
        request, "approvals/signer_group.html", context, status=422 if form.is_bound and form.errors else 200
    )
