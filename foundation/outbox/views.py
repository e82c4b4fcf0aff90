"""The bell, the list, and the way to what happened."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from foundation.organization.addresses import way_back
from foundation.organization.identity import choose
from foundation.organization.typed import number

from . import services
from .listing import page_about, page_of_messages
from .models import Message


@require_safe
def bell(request: HttpRequest) -> HttpResponse:
    """Asked once a minute while the page is looked at. Somebody who is signed out by now is not led anywhere: they
    would find the sign-in page inside the bell."""
    if getattr(request, "identity", None) is None:
        return HttpResponse(status=204)
    return render(request, "outbox/bell.html")


@require_safe
@login_required
def messages(request: Any) -> HttpResponse:
    everything = request.GET.get("box") == "all"
    page = page_of_messages(
        request.user.pk, request.GET, unread=not everything, held=request.identities, day=timezone.localdate()
    )
    return render(
        request,
        "outbox/messages.html",
        {"page": page, "everything": everything, "tabs": _tabs(request, everything)},
    )


def _tabs(request: Any, everything: bool) -> list[dict[str, Any]]:
    unread = request.identity.unread if request.identity else None
    return [
        {"url": request.path, "label": "未读", "count": unread, "current": not everything},
        {"url": f"{request.path}?box=all", "label": "全部", "count": None, "current": everything},
    ]


@require_safe
@login_required
def message(request: Any, pk: int) -> HttpResponse:
    """On to what happened, under the post that was told of it; then it is read."""
    row = get_object_or_404(Message.objects.of(request.user.pk).select_related("entry"), pk=pk)
    services.read(person=request.user.pk, message=pk, at=timezone.now())
    choose(request, row.seat_id, request.identities)
    if url := page_about(row.entry):
        return redirect(url)
    notices.info(request, "这条消息没有可以打开的页面。")
    return redirect("messages")


@require_POST
@login_required
def messages_read(request: Any) -> HttpResponse:
    """标为已读: one by its number, or all that were there when the page was made."""
    given = {name: pk for name in ("message", "upto") if (pk := number(request.POST.get(name, "")))}
    if given:
        services.read(person=request.user.pk, at=timezone.now(), **given)
    return redirect(way_back(request, reverse("messages")))
