"""自上次查看以来: what changed in a campaign since this person last looked at it, or since a day."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundation.organization.access import only
from foundation.organization.identity import actor_of
from foundation.organization.models import Unit
from foundation.organization.pages import page_of
from foundation.organization.posts import OFFICE_POSTS, OVERSEERS, UNIT_POSTS
from workflows.plans.models import Plan

from ..analysis.asked import asked, campaigns
from ..changes.facts import Change, Kind
from ..changes.facts import changes as changes_of
from ..changes.page import FIRST, beginning, changes_at, lines, summary
from ..changes.visiting import look_at
from ..facts import sees_unit
from ..past import Past, past_of

SAYS = "看板只给各单位、安委办、领导和审计员看。"


@require_safe
@only(*UNIT_POSTS, *OFFICE_POSTS, *OVERSEERS, says=SAYS)
def changes(request: HttpRequest) -> HttpResponse:
    now, actor = timezone.localtime(), actor_of(request)
    plans = campaigns(actor, now.date())
    wanted = asked(request.GET, plans, actor)
    given = past_of(request.GET.get("since", ""), now.date())
    context: dict[str, Any] = {"plans": plans, "given": given, "own": actor.post_code in UNIT_POSTS}
    if wanted:
        context |= {"plan": wanted.plan} | _told(request, wanted.plan, given, now)
    return render(request, "tracking/changes.html", context)


def _told(request: HttpRequest, plan: Plan, given: Past, now: dt.datetime) -> dict[str, Any]:
    """A day that makes no sense is said so, and the last look counts."""
    seat = request.identity  # type: ignore[attr-defined]
    last = look_at(plan=plan.pk, person=seat.person_id, at=now)
    day = given.typed if not given.problem else ""
    since = beginning(dt.date.fromisoformat(day), now.tzinfo) if day else last
    told: dict[str, Any] = {"since": since, "last": last}
    if since is None:
        return told
    units = Unit.objects.filter(sees_unit.q(seat.pk, now.date()))
    found = changes_of(plan.pk, units, since, now.date())
    kinds = summary(plan.pk, found, day)
    only_ = next((one.kind for one in kinds if one.kind.code == request.GET.get("only")), None)
    chips = [{"label": "全部", "url": changes_at(plan.pk, since=day), "count": "", "current": only_ is None}]
    chips += [{"label": one.kind.name, "url": one.url, "count": one.count, "current": one.kind == only_} for one in kinds]  # fmt: skip
    return (
        told
        | {"chips": chips, "any": bool(kinds)}
        | _sheets(request, found, [one.kind for one in kinds], only_, day, plan)
    )


def _sheets(
    request: HttpRequest, found: dict[str, list[Change]], kinds: list[Kind], only_: Kind | None, day: str, plan: Plan
) -> dict[str, Any]:  # fmt: skip
    """One kind page by page, or the first few of each, with one query for all their tasks."""
    if only_:
        page = page_of(request, cast(Any, found[only_.code]), unit="件")
        return {"page": page, "sheets": [(only_, page.count, "", lines(page.rows))]}
    heads = {kind.code: found[kind.code][:FIRST] for kind in kinds}
    told = iter(lines([one for some in heads.values() for one in some]))
    return {
        "sheets": [
            (kind, len(found[kind.code]), changes_at(plan.pk, only=kind.code, since=day) if len(found[kind.code]) > FIRST else "",
             [next(told) for _ in heads[kind.code]])
            for kind in kinds
        ]
    }  # fmt: skip
