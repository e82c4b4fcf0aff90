"""GET: the boxes of a post, and one approval."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundation.organization.api import answer
from foundation.organization.services import working_calendar

from ..inbox import BOXES, NARROW, Inbox
from ..narrowing import Narrowing
from ..summary import near_until
from ..views.approval import desk_of
from . import shapes


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    seat: Any = request.identity  # type: ignore[attr-defined]
    now, wanted = timezone.now(), _wanted(request)
    calendar = working_calendar(now.year - 1, now.year + 1)
    boxes = Inbox(seat, now, near_until(timezone.localdate(now), calendar))
    page, shape = boxes.page(wanted, request.GET), shapes.draft if wanted.box == "drafts" else shapes.line
    return answer({
        "post": seat.pk,
        "box": wanted.box,
        "counts": boxes.counts(*BOXES),
        "items": [shape(row, boxes.today, calendar) for row in page.rows],
        "next": _address(request, page.older),
        "previous": _address(request, page.newer),
    })  # fmt: skip


def _wanted(request: HttpRequest) -> Narrowing:
    """A page shows 待办 for a box that is not there; a program would take it for the one it asked for."""
    wanted = Narrowing.read(request.GET)
    known = {"box": list(BOXES), "only": list(NARROW.get(wanted.box, ()))}
    for name, words in known.items():
        if (given := request.GET.get(name)) and given not in words:
            raise BadRequest(f"{name} 不能是“{given[:20]}”。可用：{'、'.join(words) or '（这一栏不用）'}。")
    return wanted


def _address(request: HttpRequest, query: str) -> str | None:
    return f"{request.path}{query}" if query else None


@require_safe
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    return answer(shapes.approval(desk_of(request, pk)))
