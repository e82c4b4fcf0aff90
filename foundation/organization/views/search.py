"""搜索: what was found of each kind, as far as one may see it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..searching import MOST, Asked, groups


@require_safe
@login_required
def search(request: HttpRequest) -> HttpResponse:
    seat = request.identity  # type: ignore[attr-defined]
    if seat is None:
        return render(request, "base.html")
    asked = Asked.of(seat, timezone.localdate(), request.GET.get("q", ""))
    found = list(groups(asked))
    context = {"asked": asked, "groups": found, "most": MOST, "looks": bool(asked.words)}
    return render(request, "organization/search.html", context)
