"""Approvals as JSON: the words of docs/schemas/api_inbox.json and api_approval.json."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone

from foundation.organization.calendar import WorkCalendar
from foundation.organization.models import Appointment, Unit

from .. import drafts, store
from ..desk import Desk
from ..engine.terms import Do, Link, State
from ..models import Approval, Signer
from ..summary import light

BROUGHT_IN = (Link.INSTEAD, Link.BESIDE, Link.BEFORE, Link.AFTER, Link.OPINION)
Shape = dict[str, Any]


def instant(at: dt.datetime | None) -> str | None:
    return timezone.localtime(at).isoformat(timespec="seconds") if at else None


def line(row: Approval, today: dt.date, calendar: WorkCalendar) -> Shape:
    """One of an inbox."""
    shown, proxied = light(row, today, calendar), getattr(row, "proxied", False)
    return {
        "id": row.pk,
        **_head(row),
        "step": _step(row),
        "arrived": instant(getattr(row, "arrived", None) or row.moved_at),
        "light": shown.kind if shown else None,
        "for": getattr(row, "behalf", None) if proxied else None,
        "url": reverse("approval", args=[row.pk]),
    }


def draft(row: Any, today: dt.date, calendar: WorkCalendar) -> Shape:
    """What was begun is no approval yet: it has a page, and none of the rest."""
    told = drafts.line(row, today, calendar)
    nothing = dict.fromkeys(("id", "unit", "route", "state", "due_on", "step", "for"))
    shown = told.get("light")
    return nothing | {
        "title": told["title"], "brief": told["brief"], "arrived": instant(told["arrived"]),
        "light": shown.kind if shown else None, "url": told["url"],
    }  # fmt: skip


def approval(desk: Desk) -> Shape:
    row = desk.approval
    return {
        "id": row.pk,
        **_head(row),
        "version": row.version.number,
        "digest": row.digest,
        "step": _step(row),
        "waiting": waiting(desk.trail.rows),
        "trail": [_entry(one) for one in desk.trail.entries(desk.mine)],
        "mine": desk.mine.key if desk.mine else None,
        "may": sorted(may(desk)),
        "parts": [list(part) for part in desk.matter.parts],
    }


def _head(row: Approval) -> Shape:
    return {
        "title": row.title,
        "brief": row.brief,
        "unit": _unit(row.unit),
        "route": {"code": row.version.route.code, "name": row.version.route.name},
        "state": str(row.state),
        "due_on": row.due_on.isoformat() if row.due_on else None,
    }


def _unit(unit: Unit) -> Shape:
    return {"code": unit.code, "name": unit.short_name}


def _step(row: Approval) -> Shape | None:
    """Where it is; nowhere once it has ended."""
    if row.state != Approval.State.PENDING:
        return None
    steps = store.route_of(row.version).steps
    return {"number": row.step, "of": len(steps), "name": steps[row.step - 1].name}


def waiting(rows: Iterable[Signer]) -> list[Shape]:
    """Who has it now. `for`: in whose place, or on whose request."""
    by = {row.key: row for row in rows}
    return [
        {
            "step": row.step,
            "person": _name(row.appointment),
            "link": row.link,
            "for": _name(by[row.anchor].appointment) if row.anchor and row.link in BROUGHT_IN else None,
            "due": instant(row.due),
        }
        for row in by.values()
        if row.state == State.OPEN
    ]


def _name(seat: Appointment | None) -> str | None:
    return seat.person.name if seat else None


def _entry(told: Shape) -> Shape:
    """As the timeline of the page."""
    return {
        "state": told["state"],
        "who": told["who"],
        "does": told["does"],
        "at": instant(told.get("at")),
        "for": told.get("behalf") or None,
        "opinion": told.get("opinion", ""),
        "note": told.get("note", ""),
        "files": [{"name": file.name, "url": file.url} for file in told.get("files", ())],
        "signature": told.get("signature") or None,
    }


def may(desk: Desk) -> set[Do]:
    """Every word this person could say now."""
    words = set(desk.may)
    if desk.mine and not desk.changed and not desk.advises:
        words |= {Do.AGREE} if desk.consents else {Do.AGREE, Do.RETURN}
    return words | {Do.READ} if desk.to_read else words
