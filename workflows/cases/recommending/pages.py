"""What the pages about recommendations show: one, those of a case, the choice of a campaign."""

from __future__ import annotations

import datetime as dt
from typing import Any

from approvals.waiting import asks, pending_of, waits_for
from documents.papers_about import papers_about
from foundation.journal.timeline import timeline_of
from foundation.organization.actors import Actor
from workflows.plans.models import Item, office_works

from ..models import Case, Recommendation, RecommendationProcess
from ..models.recommendations import OPEN
from ..permissions import recommends
from .listing import LIGHTS
from .owing import items_of

LABEL = "cases.recommendation"


def choices_of(case: Case) -> list[Item]:
    """The items of campaigns that the case may be recommended for now."""
    taken = Recommendation.objects.filter(case=case).exclude(state__in=OPEN)
    return list(items_of(case.unit_id).exclude(plan__in=taken.values("plan")))


def section_of(case: Case, actor: Actor, today: dt.date) -> dict[str, Any]:
    """For the page of the case. 典型案例推荐表 as a paper stands with the papers of each recommendation."""
    rows = Recommendation.objects.filter(case=case).select_related("plan")
    may = recommends(case, actor, today) and bool(choices_of(case))
    return {"recommendations": [lit(row) for row in rows], "recommends": may}


def page_of(row: Recommendation, actor: Actor, today: dt.date) -> dict[str, Any]:
    processes = RecommendationProcess.objects.filter(recommendation=row.pk)
    pending = pending_of(processes) if row.state == Recommendation.State.RECOMMENDED else None
    office = office_works(row, actor, today)
    own = recommends(row.case, actor, today)
    return {
        "section": "cases",
        "row": row,
        "light": LIGHTS[row.state],
        "timeline": timeline_of(row),
        "waits_for": waits_for(processes) if pending else "",
        "approval": pending if pending and asks(pending, actor) else None,
        "withdraws": own and pending is not None,
        "again": own and row.state in OPEN,
        "publishes": office and row.state == Recommendation.State.ACCEPTED,
        "archives": office and row.state in (Recommendation.State.ACCEPTED, Recommendation.State.PUBLISHED),
        "papers": papers_about(LABEL, row.pk, seat=actor.post, day=today),
    }


def lit(row: Recommendation) -> dict[str, Any]:
    return {"row": row, "light": LIGHTS[row.state]}
