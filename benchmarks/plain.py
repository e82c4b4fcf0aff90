"""The inbox page as one writes it first: a count for every box, a paginator, the same rules, the same template.

What a row is, who may see it and how it looks are the product's own; so only the way to ask differs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client, RequestFactory
from django.utils import timezone

from approvals import drafts
from approvals.inbox import BOXES, CLAIMS, DUE, FILTERS, box_of
from approvals.models import Approval
from approvals.narrowing import Choices, Narrowing
from approvals.permissions import PRINCIPALS
from approvals.summary import item, near_until
from approvals.views import inbox as product
from foundation.organization.actors import Actor
from foundation.organization.keyset import Page
from foundation.organization.services import working_calendar


def inbox(request: HttpRequest) -> HttpResponse:
    seat, now = request.identity, timezone.now()  # type: ignore[attr-defined]
    today, calendar = timezone.localdate(now), working_calendar(now.year - 1, now.year + 1)
    moment = seat.pk, today, now, near_until(today, calendar)
    counts = {
        name: box_of(name, *moment).count()
        for name in (*BOXES, *FILTERS, *CLAIMS, "batch")
        if name != "drafts"
    }
    counts["drafts"] = sum(rows.count() for rows in drafts.drafts_of(seat.pk, today))
    request.approvals_counts = counts  # type: ignore[attr-defined]
    rows = Approval.objects.todo_of(seat, today).select_related("unit", "initiator__person", "version__route")
    page = Paginator(rows.annotate(due=DUE).order_by("due", "arrived", "pk"), 20).page(1)
    wanted = Narrowing()
    context = {
        "tabs": [product._link(f"?box={name}", label, counts[name], name == "todo") for name, label in BOXES.items()],
        "chips": product._chips(wanted, counts), "items": [item(row, today, calendar) for row in page],
        "page": Page(list(page), "", "?page=2"), "wanted": wanted, "label": BOXES["todo"], "choices": Choices.of(seat),
        "empty": product.EMPTY["todo"], "may_proxy": seat.post in PRINCIPALS, "batch": counts["batch"],
    }  # fmt: skip
    return render(request, "approvals/inbox.html", context)


def asked(
    view: Callable[..., HttpResponse], seat: Any, address: str = "/inbox/", **given: Any
) -> Callable[[], HttpResponse]:
    """The view as a request of `seat` reaches it; sessions and middleware are the same for all. `given`: what else
    the address says to it."""
    client = Client()
    client.force_login(seat.person)
    request: Any = RequestFactory().get(address)
    request.session, request.htmx = client.session, False

    def ask() -> HttpResponse:
        request.user, request.identity, request.identities = seat.person, seat, [seat]
        request.actor = Actor.of(seat)
        request.__dict__.pop("approvals_counts", None)
        answer = view(request, **given)
        assert answer.status_code == 200
        return answer

    return ask
