"""看板: the matrix, and above it on a phone what is late."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundation.organization.access import only
from foundation.organization.models import Unit
from foundation.organization.pages import page_of
from foundation.organization.posts import OFFICE_POSTS, UNIT_POSTS, Post
from foundation.organization.services import working_calendar
from workflows.plans.models import Plan

from .. import links
from ..board import Board, draw
from ..facts import facts_now, sees_unit
from ..matrix import items_of, matrix
from ..quotas import quotas_of

SAYS = "看板只给各单位、安委办和审计员看。"
KINDS = {
    "towns": ("镇（街）", (Unit.Kind.TOWN, Unit.Kind.SUBDISTRICT)),
    "departments": ("部门", (Unit.Kind.DEPARTMENT,)),
    "enterprises": ("企事业单位", (Unit.Kind.ENTERPRISE,)),
    "all": ("全部", tuple(Unit.Kind)),
}
SHOWN = 3  # campaigns to choose from
ROWS = 100  # a page of units


@require_safe
@only(*UNIT_POSTS, *OFFICE_POSTS, Post.AUDITOR, says=SAYS)
def board(request: HttpRequest) -> HttpResponse:
    plans = list(Plan.objects.filter(state__in=("running", "closing", "archived"))[:SHOWN])
    plan = next((one for one in plans if str(one.pk) == request.GET.get("plan")), next(iter(plans), None))
    context: dict[str, Any] = {"plans": plans, "plan": plan}
    if plan:
        context |= _drawn(request, plan)
        context["tabs"] = [
            {"label": one.title, "url": f"?plan={one.pk}", "current": one == plan} for one in plans
        ]
    return render(request, "tracking/board.html", context)


def _drawn(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    at = timezone.localtime()
    seen = Unit.objects.filter(sees_unit.q(request.identity.pk, at.date()))  # type: ignore[attr-defined]
    calendar = working_calendar(at.year - 1, at.year + 1)
    facts = facts_now(plan.pk, seen)
    drawn = draw(facts, at.date(), calendar)
    units = [unit for unit in seen if unit.pk in drawn.units]
    chosen = _chosen(request, units)
    shown = [unit for unit in units if unit.kind in KINDS[chosen][1]]
    only_late = request.GET.get("light") == "overdue"
    if only_late:
        shown = [unit for unit in shown if drawn.units[unit.pk].overdue]
    page = page_of(request, cast(Any, shown), unit="个单位", size=ROWS)
    items = items_of(drawn, plan)
    quotas = quotas_of(plan.pk, items, facts, at.date(), calendar)
    table = matrix(drawn, plan, items, quotas, shown, page.rows)
    own = request.identity.post in UNIT_POSTS  # type: ignore[attr-defined]
    return {
        "at": at,
        "own": own,
        "table": table,
        "chips": [] if own else _chips(plan, units, chosen, only_late, drawn),
        "page": page,
        "overdue": drawn.totals.overdue,
        "overdue_url": links.tasks_at(plan=plan.pk, light="overdue"),
        "everything": bool(units),
    }


def _chosen(request: HttpRequest, units: list[Unit]) -> str:
    """The range asked for, else the first in which there are units."""
    wanted = request.GET.get("range", "")
    if wanted in KINDS:
        return wanted
    return next((code for code, (_, kinds) in KINDS.items() if any(u.kind in kinds for u in units)), "all")


def _chips(plan: Plan, units: list[Unit], chosen: str, only_late: bool, drawn: Board) -> list[dict[str, Any]]:
    late = "&light=overdue" if only_late else ""
    chips: list[dict[str, Any]] = [
        {
            "label": label,
            "url": f"?plan={plan.pk}&range={code}{late}",
            "count": count,
            "current": code == chosen,
        }
        for code, (label, kinds) in KINDS.items()
        if (count := sum(unit.kind in kinds for unit in units))
    ]
    switch = f"?plan={plan.pk}&range={chosen}{'' if only_late else '&light=overdue'}"
    chips.append({"label": "只看有超期的", "url": switch, "kind": "overdue", "current": only_late})
    return chips
