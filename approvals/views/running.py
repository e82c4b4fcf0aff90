"""正在办理: what runs on a route, by version, as far as the person may open it; and taking a route out of use."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from foundation.organization.access import only
from foundation.organization.identity import actor_of
from foundation.organization.keyset import NEWEST, page_of
from foundation.organization.services import working_calendar
from foundation.organization.typed import number

from ..models import Approval, Route
from ..permissions import ONLY_ROUTE_EDITORS, ONLY_ROUTE_READERS, ROUTE_EDITORS, ROUTE_READERS, may_open
from ..routing.versions import running_on, set_retired
from ..summary import as_lines, awaited, item

SIZE = 20


@require_safe
@only(*ROUTE_READERS, says=ONLY_ROUTE_READERS)
def route_running(request: HttpRequest, pk: int) -> HttpResponse:
    row, now = get_object_or_404(Route, pk=pk), timezone.now()
    today, version = timezone.localdate(now), number(request.GET.get("version", ""))
    versions = running_on(row)
    ids = [one.pk for one, _ in versions if version in (None, one.number)]
    opened = may_open.q(request.identity.pk, today)  # type: ignore[attr-defined]
    rows = Approval.objects.filter(opened, state="pending", version__in=ids)
    page = page_of(as_lines(rows), NEWEST, request.GET, SIZE)
    calendar = working_calendar(now.year - 1, now.year + 1)
    total = sum(count for one, count in versions if one.pk in ids)
    context = {
        "section": "administration", "row": row, "page": page, "total": total,
        "hidden": total - rows.count(),
        "items": [item(one, today, calendar) for one in awaited(page.rows)],
        "chips": _chips([(one.number, count) for one, count in versions], version),
    }  # fmt: skip
    return render(request, "approvals/route_running.html", context)


def _chips(versions: list[tuple[int, int]], chosen: int | None) -> list[dict[str, object]]:
    every = {
        "label": "全部",
        "url": "?",
        "count": sum(count for _, count in versions),
        "current": chosen is None,
    }
    return [every] + [
        {"label": f"第 {one} 版", "url": f"?version={one}", "count": count, "current": chosen == one}
        for one, count in versions
    ]


@require_POST
@only(*ROUTE_EDITORS, says=ONLY_ROUTE_EDITORS)
def route_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """停用 or 恢复, whichever the button said."""
    row, retired = get_object_or_404(Route, pk=pk), request.POST.get("retired") == "1"
    set_retired(route=row, retired=retired, actor=actor_of(request), at=timezone.now())
    says = "已停用，不再受理新的提交；正在办理的按原版本办完。" if retired else "已恢复，可以提交了。"
    messages.success(request, says)
    return redirect("route", pk)
