"""案件时限 of the workbench: clocks of cases that are late or due within a day, for whom they are told."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, Q, Window
from django.urls import reverse

from foundation.organization.calendar import WorkCalendar
from foundation.organization.models import Appointment
from workflows.cases.models import CaseClock
from workflows.cases.permissions import is_told, is_told_above, sees_clock
from workflows.cases.wall.lights import NEAR
from workflows.cases.wall.listing import row_of

from .work import SHOWN, Pile


def case_clocks(seat: Appointment, now: dt.datetime, calendar: WorkCalendar) -> Pile:
    """The team and the heads of its unit; above them of what was told above. Who may not see the case reads no title."""
    today = now.date()
    told = is_told.q(seat.pk, today) | is_told_above.q(seat.pk, today)
    rows = CaseClock.objects.filter(told, live=True, due__lte=now + NEAR).select_related("case__unit")
    rows = rows.annotate(
        seen=sees_clock.q(seat.pk, today),
        all_=Window(Count("pk")),
        late_=Window(Count("pk", filter=Q(due__lt=now))),
    )
    found = list(rows.order_by("due", "pk")[:SHOWN])
    if not found:
        return Pile()
    return Pile(found[0].all_, found[0].late_, 0, [_row(one, now, calendar) for one in found])


def _row(one: Any, now: dt.datetime, calendar: WorkCalendar) -> dict[str, Any]:
    seen = {"url": reverse("case", args=[one.case_id]), "title": one.case.title} if one.seen else {}
    return row_of(one, now, calendar) | seen
