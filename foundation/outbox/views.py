"""The bell, the list, and the way to what happened."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.organization.access import only
from foundation.organization.addresses import way_back
from foundation.organization.identity import actor_of, choose
from foundation.organization.permissions import EDITORS, READERS
from foundation.organization.refusals import Refused
from foundation.organization.typed import number

from . import services
from .channels import channels
from .delivery import by_channel, page_of_unsent
from .forms import PreferenceForm
from .listing import page_about, page_of_messages
from .models import Message, Preference
from .outside import contact_of


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
    if url := page_about(row):
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


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def message_settings(request: Any) -> HttpResponse:
    ways = channels()
    kept = Preference.objects.filter(person=request.user).first() or Preference(person=request.user)
    form = PreferenceForm(request.POST or None, instance=kept, channels=ways)
    if request.method == "POST" and form.is_valid():
        names = (*PreferenceForm.Meta.fields, "choices")
        wishes = {name: form.cleaned_data[name] for name in names if name in form.cleaned_data}
        services.prefer(person=request.user.pk, wishes=wishes)
        notices.success(request, "已保存，从下一条消息起算。")
        return redirect("message_settings")
    answer = {"form": form, "channels": ways, "mobile": contact_of(request.user.phone, None).mobile}
    return render(request, "outbox/settings.html", answer, status=422 if form.errors else 200)


@require_safe
@only(*READERS, says="未送达的消息只给系统管理员、安委办和审计员看。")
def undelivered(request: Any) -> HttpResponse:
    now = timezone.now()
    answer = {
        "page": page_of_unsent(request.GET, now),
        "channels": by_channel(now),
        "may": request.identity.post in EDITORS,
    }
    return render(request, "outbox/undelivered.html", answer)


@require_POST
@login_required
def send_again(request: Any) -> HttpResponse:
    """One by its number, or all."""
    one = number(request.POST.get("message", ""))
    try:
        count = services.send_again(
            messages=[one] if one else None, actor=actor_of(request), at=timezone.now()
        )
    except Refused as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    notices.success(request, f"{count} 条消息马上再发。") if count else notices.info(
        request, "没有未送达的消息了。"
    )
    return redirect("undelivered")
