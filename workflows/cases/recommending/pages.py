"""What the pages about recommendations show: one, those of a case, the choice of a campaign."""

from __future__ import annotations

import datetime as dt
from typing import Any

from approvals.models import Approval, Signer
from approvals.waiting import pending_of, waits_for
from documents.papers_about import papers_about
from foundation.journal.models import Entry, Journaled
from foundation.journal.verbs import says
from foundation.organization.actors import Actor
from workflows.plans.models import Item, office_works

from ..models import Case, Recommendation, RecommendationProcess
from ..models.recommendations import OPEN
from ..permissions import recommends
from .listing import LIGHTS
from .owing import items_of

LABEL = "cases.recommendation"
BACK = ("send_back", "decline")


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
        "approval": pending if pending and _asked(pending, actor) else None,
        "withdraws": own and pending is not None,
        "again": own and row.state in OPEN,
        "publishes": office and row.state == Recommendation.State.ACCEPTED,
        "archives": office and row.state in (Recommendation.State.ACCEPTED, Recommendation.State.PUBLISHED),
        "papers": papers_about(LABEL, row.pk, seat=actor.post, day=today),
    }


def timeline_of(row: Journaled) -> list[dict[str, Any]]:
    """From the journal, the latest first."""
    entries = Entry.objects.filter(target=row._meta.label_lower, target_id=row.pk).order_by("-seq")
    return [_told(one) for one in entries.select_related("actor", "behalf__person")]


def lit(row: Recommendation) -> dict[str, Any]:
    return {"row": row, "light": LIGHTS[row.state]}


def _told(one: Entry) -> dict[str, Any]:
    words = one.words or {}
    return {
        "state": "returned" if one.verb.rpartition(".")[2] in BACK else "past",
        "who": one.actor.name if one.actor else "系统",
        "behalf": one.behalf.person.name if one.behalf else "",
        "does": says(one.verb),
        "opinion": words.get("opinion", ""),
        "at": one.at,
    }


def _asked(pending: Approval, actor: Actor) -> bool:
    """Whether its decision waits for this post; a proxy finds it in the inbox."""
    return Signer.objects.filter(approval=pending, state="open", appointment=actor.post).exists()
