"""版头: all of them, a new one, one with what replaces it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.journal.timeline import timeline_of
from foundation.organization.access import only
from foundation.organization.identity import actor_of
from foundation.organization.refusals import Refused, told_in

from ...models import Letterhead
from .forms import HeadForm
from .permissions import KEEPERS, READERS, keeps_heads, reads_heads
from .services import save_head, stop_head


@require_safe
@only(*READERS, says=reads_heads.says)
def heads(request: HttpRequest) -> HttpResponse:
    rows = Letterhead.objects.select_related("organ")[:200]
    context = {"section": "archive", "rows": rows, "editable": _keeps(request)}
    return render(request, "documents/heads.html", context)


@require_http_methods(["GET", "POST"])
@only(*KEEPERS, says=keeps_heads.says)
def head_new(request: HttpRequest) -> HttpResponse:
    return _form(request, HeadForm(request.POST or None), None)


@require_http_methods(["GET", "POST"])
@only(*READERS, says=reads_heads.says)
def head(request: HttpRequest, pk: int) -> HttpResponse:
    """Sent, another one takes its place."""
    row = _row(pk)
    if request.method == "POST" and not _keeps(request):
        raise PermissionDenied(keeps_heads.says)
    return _form(request, HeadForm.of(row, request.POST or None), row)


@require_POST
@only(*KEEPERS, says=keeps_heads.says)
def head_stop(request: HttpRequest, pk: int) -> HttpResponse:
    row = _row(pk)
    try:
        stop_head(head=pk, actor=actor_of(request), at=timezone.now())
        messages.success(request, f"“{row}”已停用。")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("head", pk)


def _form(request: HttpRequest, form: HeadForm, row: Letterhead | None) -> HttpResponse:
    if form.is_bound and form.is_valid():
        former = row.pk if row else None
        with told_in(form):
            save_head(**form.cleaned_data, former=former, actor=actor_of(request), at=timezone.now())
            messages.success(request, "已保存。")
            return redirect("heads")
    context = {
        "section": "archive", "form": form, "row": row, "timeline": timeline_of(row) if row else (),
        "editable": _keeps(request) and (row is None or row.state == Letterhead.State.IN_USE),
    }  # fmt: skip
    return render(request, "documents/head.html", context, status=422 if form.errors else 200)


def _keeps(request: HttpRequest) -> bool:
    return request.identity.post in KEEPERS  # type: ignore[attr-defined]


def _row(pk: int) -> Letterhead:
    return get_object_or_404(Letterhead.objects.select_related("organ"), pk=pk)
