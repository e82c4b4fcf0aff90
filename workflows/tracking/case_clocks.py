"""案件时限 of the workbench: clocks of cases that are late or due within a day, for whom they are told."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, DateTimeField, Q, QuerySet, Window
from django.urls import reverse

from foundation.journal.prepared import ACTOR, AT, TODAY, Param, PreparedRows
from foundation.organization.calendar import WorkCalendar
from foundation.organization.models import Appointment
from workflows.cases.models import CaseClock
from workflows.cases.permissions import is_told, is_told_above, sees_clock
from workflows.cases.wall.lights import NEAR
from workflows.cases.wall.listing import row_of

from .work import SHOWN, Pile


def case_clocks(seat: Appointment, now: dt.datetime, calendar: WorkCalendar) -> Pile:
    """The team and the heads of its unit; above them of what was told above. Who may not see the case reads no title."""
    found: list[Any] = CLOCKS(actor=seat.pk, today=now.date(), at=now, until=now + NEAR)
    return (
        Pile(found[0].all_, found[0].late_, 0, [_row(one, now, calendar) for one in found])
        if found
        else Pile()
    )


def _clocks() -> QuerySet[CaseClock]:
    told = is_told.q(ACTOR, TODAY) | is_told_above.q(ACTOR, TODAY)
    rows = CaseClock.objects.filter(told, live=True, due__lte=Param("until", DateTimeField))
    rows = rows.select_related("case__unit").annotate(
        seen=sees_clock.q(ACTOR, TODAY),
        all_=Window(Count("pk")),
        late_=Window(Count("pk", filter=Q(due__lt=AT))),
    )
    return rows.order_by("due", "pk")[:SHOWN]


CLOCKS = PreparedRows(_clocks)


def _row(one: Any, now: dt.datetime, calendar: WorkCalendar) -> dict[str, Any]:
    seen = {"url": reverse("case", args=[one.case_id]), "title": one.case.title} if one.seen else {}
    return row_of(one, now, calendar) | seen
