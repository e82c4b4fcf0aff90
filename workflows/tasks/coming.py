"""预测: who will be asked after this, by name, before submitting and at any moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from approvals import engine, store
from approvals.engine.routes import Route
from approvals.engine.terms import Holder, Refusal
from approvals.engine.terms import Signer as Row
from approvals.lookup import Organization
from approvals.models import Approval, Signer
from approvals.services import version_for
from foundation.organization.models import Appointment
from foundation.organization.posts import OFFICE_POSTS
from foundation.organization.refusals import Refused

from .gathering import LABEL
from .models import Task
from .querysets import IN_REVIEW

ROUTES = {"unit": "单位审批", "entry": "联络员确认", "office": "办公室审核"}


@dataclass(frozen=True)
class Ahead:
    """One step ahead: `who` are names; `now` marks the step whose turn it is. `empty`: nobody holds the post."""

    route: str
    step: str
    who: str
    now: bool = False
    empty: bool = False


def coming(
    task: Task, approval: Approval | None, initiator: Appointment | None, authors: Iterable[int], day: dt.date
) -> list[Ahead]:
    """What is still ahead: of the pending approval, or of those that would start now."""
    if approval:
        pending = _pending(approval, day)
        then = _opened(task, "office", initiator, authors, day) if task.state == "unit_review" else []
        return pending + then
    if task.state in ("issued", "received", "returned"):
        entering = task.entry and initiator and initiator.post in OFFICE_POSTS
        routes = ("entry" if entering else "unit", "office")
        return [one for route in routes for one in _opened(task, route, initiator, authors, day)]
    return []


def pending_of(task: Task) -> Approval | None:
    if task.state not in IN_REVIEW:
        return None
    rows = Approval.objects.select_related("version__route", "initiator")
    return rows.filter(subject=LABEL, subject_id=task.pk, state="pending").first()


def _pending(approval: Approval, day: dt.date) -> list[Ahead]:
    signers = Signer.objects.filter(approval=approval).select_related("appointment", "decided_by")
    state = store.state_of(approval, signers.order_by("key"))
    return _named(
        state.route,
        approval.version.route.code,
        engine.predict(state, store.organization_of(approval, day)),
        state.step,
    )


def _opened(
    task: Task, code: str, initiator: Appointment | None, authors: Iterable[int], day: dt.date
) -> list[Ahead]:
    """Who would be asked if it were sent now; where a post is empty, the sentence that names it."""
    try:
        route = store.route_of(version_for(code))
    except Refused as refusal:
        return [Ahead(code, ROUTES[code], str(refusal), empty=True)]
    holder = Holder(initiator.person_id, initiator.pk) if initiator else Holder(0, 0)
    where = Organization(route, task.unit_id, day)
    opened = engine.open_route(route, holder, where, authors)
    if isinstance(opened, Refusal):
        return [Ahead(code, ROUTES[code], opened.says, empty=True)]
    return _named(route, code, engine.predict(opened.state, where), None)


def _named(route: Route, code: str, rows: Iterable[Row], turn: int | None) -> list[Ahead]:
    asked = list(rows)
    seats = Appointment.objects.filter(pk__in=[row.seat for row in asked])
    names: dict[object, str] = dict(seats.values_list("pk", "person__name"))
    return [
        Ahead(
            code, route.steps[step - 1].name, "、".join(names.get(row.seat, "") for row in same), step == turn
        )
        for step, same in groupby(asked, key=lambda row: row.step)
    ]
