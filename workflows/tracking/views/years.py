"""同比: this campaign beside an earlier one, up to the same day after its beginning or up to now."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from foundation.organization.access import only
from foundation.organization.identity import actor_of
from foundation.organization.pages import page_of

from ..analysis.asked import campaigns
from ..analysis.comparing import MEASURES
from ..analysis.exporting import start_years_export
from ..analysis.years import BY, SPANS, Pair, compare, pair_of
from ..analysis.years_table import rows_of, whole_rows
from ..permissions import READERS

SAYS = "同比只给安委办、领导和审计员看。"
ROWS = 100


@require_safe
@only(*READERS, says=SAYS)
def years(request: HttpRequest) -> HttpResponse:
    plans = campaigns(actor_of(request), timezone.localdate())
    pair = pair_of(request.GET, plans)
    context: dict[str, Any] = {"section": "statistics", "plans": plans, "pair": pair}
    if pair:
        context |= _told(request, pair)
    return render(request, "tracking/years.html", context)


def _told(request: HttpRequest, pair: Pair) -> dict[str, Any]:
    found = compare(pair, timezone.localtime())
    lines = found.items if pair.by == "items" else found.units
    page = page_of(request, cast(Any, lines), unit="行", size=ROWS)
    return {
        "found": found,
        "old": pair.label(pair.old),
        "new": pair.label(pair.new),
        "whole": whole_rows(found),
        "page": page,
        "rows": rows_of(page.rows, pair.of),
        "of_name": MEASURES[pair.of][0],
        "by_name": BY[pair.by].removeprefix("按"),
        "ofs": [(code, name) for code, (name, _) in MEASURES.items()],
        "bys": BY.items(),
        "spans": SPANS.items(),
    }


@require_POST
@only(*READERS, says=SAYS)
def years_export(request: HttpRequest) -> HttpResponse:
    """A workbook of all measures of the two, made in the background."""
    actor = actor_of(request)
    pair = pair_of(request.POST, campaigns(actor, timezone.localdate()))
    if pair is None:
        raise Http404("没有可比的两个活动。")
    return redirect(start_years_export(pair=pair, actor=actor, at=timezone.now()))
