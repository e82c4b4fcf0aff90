"""批量同意: one route at a time, agree only. Tick, read the titles once more, then a result for each."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from foundation.organization import typed
from foundation.organization.identity import actor_of
from foundation.organization.services import working_calendar

from .. import services
from ..deciding import Shown
from ..forms import OpinionForm
from ..inbox import in_batch, most_urgent_first
from ..models import Approval, QuickOpinions, Signature, Signer
from ..summary import item

MOST = 100  # on one page, and in one go


@require_http_methods(["GET", "POST"])
@login_required
def batch(request: HttpRequest) -> HttpResponse:
    seat = request.identity  # type: ignore[attr-defined]
    if seat is None:
        return redirect("inbox")
    routes = _routes(request)
    chosen = request.POST.get("route") or request.GET.get("route") or _only(routes)
    if "confirm" in request.POST:
        return _agree(request, chosen)
    rows, ticked = _rows(request, chosen), {*request.GET.getlist("item"), *request.POST.getlist("item")}
    for row in rows:
        row.ticked = str(row.pk) in ticked
    if request.method == "POST" and any(row.ticked for row in rows):
        form = OpinionForm(lines=QuickOpinions.of(seat))
        return _review(request, chosen, [row for row in rows if row.ticked], form)
    missing = request.method == "POST"
    context = {"section": "inbox", "chips": _chips(routes, chosen), "items": rows, "route": chosen}
    return render(
        request, "approvals/batch.html", context | {"missing": missing}, status=422 if missing else 200
    )


def _routes(request: HttpRequest) -> list[Any]:
    seat: Any = request.identity  # type: ignore[attr-defined]
    found = in_batch(seat.pk, timezone.localdate()).order_by("version__route__name")
    return list(found.values("version__route__code", "version__route__name").annotate(count=Count("pk")))


def _only(routes: list[dict[str, Any]]) -> str:
    """With one kind of matter there is nothing to choose."""
    return routes[0]["version__route__code"] if len(routes) == 1 else ""


def _chips(routes: list[dict[str, Any]], chosen: str) -> list[dict[str, Any]]:
    return [
        {
            "url": f"?route={one['version__route__code']}", "label": one["version__route__name"],
            "count": one["count"], "current": one["version__route__code"] == chosen,
        }
        for one in routes
    ]  # fmt: skip


def _rows(request: HttpRequest, route: str) -> list[Approval]:
    """In the order of 待办; each with the row this post would sign, and as a line of the list."""
    seat: Any = request.identity  # type: ignore[attr-defined]
    now = timezone.now()
    day = timezone.localdate(now)
    found = in_batch(seat.pk, day).filter(version__route__code=route)
    whole = found.select_related("unit", "initiator__person", "version__route")
    rows = list(most_urgent_first(whole)[:MOST])
    mine = Signer.objects.filter(Signer.acts_q(seat.pk, day), state="open", approval__in=rows)
    keys = dict(mine.order_by("-key").values_list("approval", "key"))
    calendar = working_calendar(now.year - 1, now.year + 1)
    for row in rows:
        row.line, row.signer = item(row, day, calendar), keys.get(row.pk)
    return rows


def _review(request: HttpRequest, route: str, rows: list[Approval], form: OpinionForm) -> HttpResponse:
    """The titles once more; agreed to where they are confirmed, each as it is shown now. The way back keeps the ticks."""
    again = f"?{urlencode({'route': route, 'item': [row.pk for row in rows]}, doseq=True)}"
    context = {"section": "inbox", "items": rows, "form": form, "route": route, "again": again}
    return render(request, "approvals/batch_review.html", context, status=422 if form.errors else 200)


def _agree(request: HttpRequest, route: str) -> HttpResponse:
    seat: Any = request.identity  # type: ignore[attr-defined]
    form = OpinionForm(request.POST, lines=QuickOpinions.of(seat))
    shown = dict(filter(None, map(_shown, request.POST.getlist("shown")[:MOST])))
    rows = Approval.objects.filter(pk__in=shown).order_by("pk")
    if not form.is_valid():
        return _review(request, route, [row for row in _rows(request, route) if row.pk in shown], form)
    titles = dict(rows.values_list("pk", "title"))
    known = {pk: one for pk, one in shown.items() if pk in titles}
    refused = services.agree_to(
        shown=known, actor=actor_of(request), at=timezone.now(), opinion=form.cleaned_data["opinion"],
        signature=Signature.of(seat.person_id),
    )  # fmt: skip
    context = {
        "section": "inbox",
        "agreed": [title for pk, title in titles.items() if pk not in refused],
        "refused": [(pk, titles[pk], says) for pk, says in refused.items()],
    }
    return render(request, "approvals/batch_result.html", context)


def _shown(text: str) -> tuple[int, Shown] | None:
    """ "12:1:3f…" as the review page wrote it; None for anything else."""
    pk, _, rest = text.partition(":")
    key, _, digest = rest.partition(":")
    approval, signer = typed.number(pk), typed.number(key)
    return (approval, Shown(signer, digest)) if approval and signer else None
