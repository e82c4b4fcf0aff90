"""草稿 of documents: written and not sent for signing. The office's, whoever of it began."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from approvals.drafts import Begun
from foundation.journal.models import Entry
from foundation.organization.calendar import WorkCalendar

from ..models import Draft
from .content import LABEL
from .permissions import writes_draft


def rows(post: Any, day: Any) -> QuerySet[Draft]:
    told = Entry.objects.filter(target=LABEL, target_id=OuterRef("pk")).order_by("-seq")
    return (
        Draft.objects.filter(
            writes_draft.q(post, day), state__in=[Draft.State.DRAFTING, Draft.State.WITHDRAWN]
        )
        .annotate(written=Coalesce(Subquery(told.values("at")[:1]), "created"))
        .select_related("organ", "drafted_by__person")
        .defer("text")
    )


def line(draft: Draft, today: dt.date, calendar: WorkCalendar) -> dict[str, Any]:
    return {
        "url": reverse("draft", args=[draft.pk]),
        "title": str(draft),
        "brief": draft.organ.short_name,
        "tags": [(draft.get_kind_display(), "")],
        "meta": f"{draft.drafted_by.person.name} 起草",
        "step": "写好后送签",
    }


def found(words: str) -> Q:
    return Q(title__icontains=words)


BEGUN = Begun(rows, line, found)
