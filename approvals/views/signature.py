"""签名: with what one signs. By name, with a picture, or with what is drawn in a box."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from foundation.organization.identity import actor_of
from foundation.organization.refusals import Refused

from .. import pictures, signatures
from ..models import Signature

NONE = "请先选择一张图片。"


@require_http_methods(["GET", "POST"])
@login_required
def signature(request: HttpRequest) -> HttpResponse:
    person = request.user
    if request.identity is None:  # type: ignore[attr-defined]
        return render(request, "base.html")
    problem = ""
    if request.method == "POST":
        try:
            _press(request, request.POST.get("do", ""))
            return redirect("signature")
        except Refused as refused:
            problem = str(refused)
    now = Signature.of(person.pk)
    context = {
        "section": "inbox",
        "picture": signatures.pictures_of([now.pk]).get(now.pk) if now else None,
        "kind": now.get_kind_display() if now else "姓名",
        "problem": problem,
        "about": "drawn" if request.POST.get("do") == "drawn" else "picture",
        "megabytes": pictures.HEAVIEST // pictures.MB,
    }
    return render(request, "approvals/signature.html", context, status=422 if problem else 200)


def _press(request: HttpRequest, do: str) -> None:
    at, by = timezone.now(), actor_of(request)
    if do == "name":
        signatures.drop(actor=by, at=at)
        messages.success(request, "以后以姓名签名；已签的不变。")
        return
    if do == "drawn":
        kind, name, picture = Signature.Kind.DRAWN, "手写签名", pictures.drawn(request.POST.get("drawn", ""))
    else:
        kind, (name, picture) = Signature.Kind.UPLOADED, _uploaded(request)
    signatures.keep(picture=picture, name=name, kind=kind, actor=by, at=at)
    messages.success(request, "签名已保存，以后办理时使用；已签的不变。")


def _uploaded(request: HttpRequest) -> tuple[str, bytes]:
    file = request.FILES.get("picture")
    if file is None or isinstance(file, list):
        raise Refused(NONE)
    # One byte more than is allowed is enough to know.
    return file.name or "", file.read(pictures.HEAVIEST + 1)
