"""草稿 of plans: read from their text and not yet sent for approval. The office's, whoever of it began."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from approvals.drafts import Begun
from foundation.journal.models import Entry
from foundation.organization.calendar import WorkCalendar
from workflows.plans.models import Plan, office_works


def rows(post: Any, day: Any) -> QuerySet[Plan]:
    told = Entry.objects.filter(target="plans.plan", target_id=OuterRef("pk")).order_by("-seq")
    return (
        Plan.objects.filter(office_works.q(post, day), state=Plan.State.DRAFT)
        .annotate(written=Coalesce(Subquery(told.values("at")[:1]), "created"))
        .annotate(total=Count("items"), checked=Count("items", filter=Q(items__checked=True)))
        .select_related("drafted_by__person")
        .defer("text", "reading")
    )


def line(plan: Plan, today: dt.date, calendar: WorkCalendar) -> dict[str, Any]:
    total, checked = plan.total, plan.checked
    return {
        "url": reverse("plan", args=[plan.pk]),
        "title": plan.title,
        "brief": f"读出 {total} 项，已核对 {checked} 项",
        "tags": [("方案", "")],
        "meta": f"{plan.drafted_by.person.name} 起草" if plan.drafted_by else "",
        "step": "核对后送审",
    }


def found(words: str) -> Q:
    return Q(title__icontains=words)


BEGUN = Begun(rows, line, found)
