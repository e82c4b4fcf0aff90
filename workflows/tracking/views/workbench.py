"""工作台: the first page of everybody, by the post one acts under."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundation.organization.posts import Post
from foundation.organization.services import working_calendar

from ..desk import desk_of
from ..leading import leading

WEEKDAYS = "一二三四五六日"


@require_safe
@login_required
def workbench(request: HttpRequest) -> HttpResponse:
    """Who holds no post sees the notice of base.html and nothing else."""
    now = timezone.localtime()
    today = now.date()
    seat = request.identity  # type: ignore[attr-defined]
    context: dict[str, Any] = {"today": today, "weekday": f"星期{WEEKDAYS[today.weekday()]}"}
    calendar = working_calendar(today.year - 1, today.year + 1) if seat else None
    if calendar and seat.post == Post.LEADER:
        return render(request, "tracking/leading.html", context | {"desk": leading(seat, now, calendar)})
    if calendar:
        context["desk"] = desk_of(seat, now, calendar)
    return render(request, "tracking/workbench.html", context)
