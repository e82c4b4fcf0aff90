"""时限墙: every clock of every case that I may see, nearest first."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundation.organization.access import only
from foundation.organization.addresses import chips_of, same_list
from foundation.organization.keyset import page_of
from foundation.organization.models import Unit
from foundation.organization.posts import OFFICE_POSTS
from foundation.organization.services import working_calendar

from ..models import Case, CaseClock
from ..permissions import OPENERS, sees_case, sees_clock
from ..rule_words import WHO
from ..wall.listing import SUSPENDED, Wanted, counts, row_of

LABELS = {"": "全部", "overdue": "逾期", "near": "24 小时内", "week": "本周", SUSPENDED: "已中止"}
LIGHTS = {"overdue": "overdue", "near": "near"}


@require_safe
@only(*OPENERS, says=sees_case.says)
def case_clocks(request: HttpRequest) -> HttpResponse:
    now, seat = timezone.localtime(), request.identity  # type: ignore[attr-defined]
    wanted = Wanted.of(request.GET)
    mine = CaseClock.objects.filter(sees_clock.q(seat.pk, now.date()))
    rows, keys = wanted.shown(mine, now)
    page = page_of(rows.select_related("case__unit"), keys, request.GET)
    calendar = working_calendar(now.year - 1, now.year + 1)
    context: dict[str, Any] = {
        "section": "cases", "wanted": wanted, "now": now, "page": page, "whos": WHO,
        "rows": [row_of(one, now, calendar) for one in page.rows],
        "chips": _chips(request, wanted, counts(wanted.narrowed(mine), now)),
        "here": same_list(request.GET),
    }  # fmt: skip
    if seat.post in OFFICE_POSTS:
        context["units"] = Unit.objects.filter(pk__in=Case.objects.filter(state="open").values("unit"))
    htmx = request.htmx  # type: ignore[attr-defined]
    return render(request, "cases/clocks.html#results" if htmx else "cases/clocks.html", context)


def _chips(request: HttpRequest, wanted: Wanted, found: dict[str, int]) -> list[dict[str, Any]]:
    here = wanted.only if wanted.only in LABELS else ""
    chips = zip(LABELS, chips_of(request.GET, "only", LABELS, here), strict=True)
    return [{**chip, "kind": LIGHTS.get(code), "count": found.get(code)} for code, chip in chips]
