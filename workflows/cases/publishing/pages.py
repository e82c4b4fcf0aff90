"""What the pages about publications show: those of a case, one of them, the list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet

from foundation.journal.timeline import timeline_of
from foundation.organization import typed
from foundation.organization.actors import Actor
from foundation.organization.doings import Tried, on_page

from ..models import Case, Publication
from ..models.publications import EDITABLE, UNDER_WAY
from ..permissions import works_on_publication
from .acting import DOINGS, offered
from .drafting import decisions_open, known_of, recommendations_open
from .masking import pieces

CHIPS: dict[str, tuple[str, Q]] = {
    "review": ("待审核", Q(state="in_review")),
    "open": ("在办", Q(state__in=UNDER_WAY)),
    "published": ("已公开", Q(state="published")),
    "all": ("全部", Q()),
}
LIGHTS = {
    "draft": "idle", "in_review": "ok", "returned": "near", "approved": "ok", "published": "done", "withdrawn": "idle",
    "dropped": "idle",
}  # fmt: skip


def found(rows: QuerySet[Publication], wanted: Mapping[str, str]) -> QuerySet[Publication]:
    """`wanted`: only (of CHIPS; open where it makes no sense), q (words of the title, the case or the unit)."""
    rows = rows.filter(CHIPS.get(wanted.get("only", ""), CHIPS["open"])[1])
    if words := typed.words(wanted.get("q", "")):
        rows = rows.filter(
            Q(title__icontains=words)
            | Q(case__title__icontains=words)
            | Q(case__unit__short_name__icontains=words)
        )
    return rows


def lit(row: Publication) -> dict[str, Any]:
    return {"row": row, "light": LIGHTS[row.state]}


def section_of(case: Case, works: bool) -> dict[str, Any]:
    """For the page of the case."""
    rows = [lit(one) for one in case.publications.all()]
    drafts = works and (decisions_open(case).exists() or recommendations_open(case).exists())
    return {"publications": rows, "drafts": drafts}


def page_of(row: Publication, actor: Actor, today: dt.date, tried: Tried | None = None) -> dict[str, Any]:
    holds = {
        rule: rule(row, actor, today)
        for rule in {works_on_publication, *(one.rule for one in DOINGS.values())}
    }
    shown = pieces(row.whole, known_of(row.case, row.people))
    fresh = {"seen": row.journal_seq}
    acts = on_page(offered(row, holds), tried, initial=fresh)
    return {
        "section": "cases", "row": row, "light": LIGHTS[row.state], "pieces": shown, "acts": acts,
        "looks": sum(one.kind == "look" for one in shown), "timeline": timeline_of(row),
        "edits": holds[works_on_publication] and row.state in EDITABLE,
        "gone": bool(row.decision and row.decision.annulled_on and row.state in (*UNDER_WAY, "published")),
    }  # fmt: skip
