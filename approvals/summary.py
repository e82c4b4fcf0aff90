"""One line of an inbox, as components/work_item.html shows it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from foundation.journal.prepared import Listed, PreparedRows
from foundation.organization.calendar import WorkCalendar
from foundation.organization.lights import Light, light_of

from . import store
from .models import Approval, Signer

NEAR = 2  # working days: what is due within them is 临期; to decide takes less time than to do the work


def near_until(today: dt.date, calendar: WorkCalendar) -> dt.date:
    """The last day whose approvals are 临期 today: up to the next working day that is none of the two."""
    return calendar.add(today, NEAR + 1) - dt.timedelta(days=1)


WAITING = PreparedRows(
    lambda: (
        Signer.objects.filter(Listed("approval"), state="open")
        .select_related("appointment__person")
        .order_by("key")
    )
)


def as_lines(rows: QuerySet[Approval]) -> QuerySet[Approval]:
    """With all that `item` reads, but for those it waits for."""
    return rows.select_related("unit", "initiator__person", "version__route")


def awaited(rows: list[Approval]) -> list[Approval]:
    """Each with the signers it is `waiting` for. (Of what waits for oneself that is not told.)"""
    of = defaultdict(list)
    for signer in WAITING(ids=[row.pk for row in rows]) if rows else ():
        of[signer.approval_id].append(signer)
    for row in rows:
        row.waiting = of[row.pk]
    return rows


def item(approval: Approval, today: dt.date, calendar: WorkCalendar) -> dict[str, Any]:
    """`approval` is one of `as_lines`, and of `awaited` where it is not in 待办."""
    tags = [(approval.version.route.name, "")]
    if approval.state != Approval.State.PENDING:
        tags.append((approval.get_state_display(), "accent" if approval.state == "returned" else ""))
    if getattr(approval, "proxied", False):
        tags.append((f"代 {getattr(approval, 'behalf', '')}", "accent"))
    return {
        "url": reverse("approval", args=[approval.pk]),
        "title": approval.title,
        "light": light(approval, today, calendar),
        "brief": approval.brief,
        "tags": tags,
        "meta": f"{approval.unit.short_name} · {approval.initiator.person.name}",
        "step": step_words(approval),
        "arrived": getattr(approval, "arrived", None) or approval.moved_at,
        "came": "到" if approval.state == Approval.State.PENDING else "办结",
    }


def light(approval: Approval, today: dt.date, calendar: WorkCalendar) -> Light | None:
    """None where nothing is due: 正常 would promise a date that is not there."""
    done = approval.state != Approval.State.PENDING
    return (
        light_of(approval.due_on, today, calendar, done=done, near=NEAR) if done or approval.due_on else None
    )


def step_words(approval: Approval) -> str:
    """第 2/4 步 分管负责人审批，等何振邦."""
    if approval.state != Approval.State.PENDING:
        return ""
    steps = store.route_of(approval.version).steps
    names = [row.appointment.person.name for row in getattr(approval, "waiting", ()) if row.appointment]
    who = f"，等{'、'.join(names)}" if names and not hasattr(approval, "arrived") else ""
    return f"第 {approval.step}/{len(steps)} 步 {steps[approval.step - 1].name}{who}"
