"""常用意见: the sentences a post is offered when it decides."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from foundation.organization.addresses import way_back
from foundation.organization.templatetags.components import seat as seat_words

from ..forms import QuickOpinionsForm
from ..models import QuickOpinions


@require_http_methods(["GET", "POST"])
@login_required
def quick_opinions(request: HttpRequest) -> HttpResponse:
    seat = request.identity  # type: ignore[attr-defined]
    if seat is None:
        return render(request, "base.html")
    up = way_back(request, reverse("inbox"))
    form = QuickOpinionsForm(
        request.POST if request.method == "POST" else None,
        initial={"lines": "\n".join(QuickOpinions.of(seat))},
    )
    if request.method == "POST" and form.is_valid():
        lines = form.cleaned_data["lines"]
        QuickOpinions.objects.update_or_create(seat=seat, defaults={"lines": lines})
        messages.success(request, f"已保存 {len(lines)} 条常用意见。")
        return redirect(up)
    context = {"section": "inbox", "form": form, "up": up, "identity": seat_words(seat)}
    return render(request, "approvals/quick_opinions.html", context, status=422 if form.errors else 200)
