"""Slips where people meet them: on the page of their task, and on the workbench of whose turn it is."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, Q, Window
from django.urls import reverse

from foundation.organization.models import Appointment
from foundation.organization.posts import OFFICE_POSTS, UNIT_POSTS
from foundation.organization.templatetags.components import day
from workflows.tasks.beside import Side

from ..models import Slip
from ..work import SHOWN, Pile
from .pages import light_of, lit


def slips_of(task: int, today: dt.date) -> list[Side]:
    """The latest first."""
    rows = Slip.objects.filter(task=task).order_by("-pk")
    return [
        Side(
            light_of(one), one.get_state_display(), f"{one.get_colour_display()} {one.full_number}",
            reverse("slip", args=[one.pk]), f"{day(one.reply_by)}前回复" if one.state in ("issued", "received") else "",
        )
        for one in rows
    ]  # fmt: skip


def slips_waiting(seat: Appointment, today: dt.date) -> Pile:
    """A unit's own that it has to answer; answers that the office has to read. The soonest due first."""
    if seat.post in OFFICE_POSTS:
        mine = Q(state=Slip.State.REPLIED)
    elif seat.post in UNIT_POSTS:
        mine = Q(state__in=(Slip.State.ISSUED, Slip.State.RECEIVED), unit=seat.unit_id)
    else:
        return Pile()
    rows = Slip.objects.filter(mine).select_related("task__item", "unit")
    rows = rows.annotate(all_=Window(Count("pk")))
    found = list(rows.order_by("reply_by", "pk")[:SHOWN])
    return Pile(found[0].all_ if found else 0, rows=[lit(one) for one in found])
