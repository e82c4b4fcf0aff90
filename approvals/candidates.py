"""Who can be brought into an approval, and who can be taken out again."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from foundation.organization.models import Appointment
from foundation.organization.posts import OFFICE_POSTS, UNIT_POSTS

from .engine.terms import Link, State
from .models import Approval, Signer

GONE = (State.PASSED, State.SKIPPED, State.REMOVED)


def to_bring(
    seat: Appointment, approval: Approval, rows: list[Signer], day: dt.date
) -> QuerySet[Appointment]:
    """Whoever works in the same unit, in the subject's or in the office; nobody who drafted it or sits in the step."""
    held = Appointment.objects.in_force(day).filter(
        Q(unit__in=(seat.unit_id, approval.unit_id), post__in=(*UNIT_POSTS, *OFFICE_POSTS))
        | Q(post__in=OFFICE_POSTS)
    )
    there = [
        row.appointment.person_id
        for row in rows
        if row.appointment and row.step == approval.step and row.state not in GONE and row.link != Link.COPY
    ]
    found = held.exclude(person__in=[*there, *approval.authors]).select_related("person", "unit")
    return found.order_by("unit__order", "-post", "pk")


def to_remove(seat: Appointment, rows: list[Signer]) -> QuerySet[Appointment]:
    """Those this post added who have not decided."""
    mine = {row.key for row in rows if row.appointment and row.appointment.person_id == seat.person_id}
    added = [row for row in rows if row.anchor in mine and row.link in (Link.BEFORE, Link.AFTER)]
    undone = (row for row in added if row.state in (State.WAITING, State.OPEN))
    seats = [row.appointment_id for row in undone if row.appointment_id]
    return Appointment.objects.filter(pk__in=seats).select_related("person", "unit").order_by("pk")
