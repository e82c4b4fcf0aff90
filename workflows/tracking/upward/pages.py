"""What the register shows: duties with their lights, those on the workbench, one of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q, QuerySet, Window

from foundation.files.services import files_of
from foundation.journal.timeline import entries_of, line_of
from foundation.organization import typed
from foundation.organization.actors import Actor
from foundation.organization.calendar import WorkCalendar
from foundation.organization.doings import Tried, on_page
from foundation.organization.lights import Light, light_of
from foundation.organization.rules import Rule

from ..models import UpwardDuty
from ..permissions import keeps_upward
from ..work import SHOWN, Pile
from .acting import DOINGS
from .services import LABEL

State = UpwardDuty.State
CHIPS: dict[str, tuple[str, Q]] = {
    "open": ("待报", Q(state=State.OPEN)),
    "handed": ("待回执", Q(state=State.HANDED)),
    "done": ("已回执", Q(state=State.RECEIPTED)),
    "all": ("全部", Q()),
}


def lit(row: UpwardDuty, today: dt.date, calendar: WorkCalendar) -> dict[str, Any]:
    over = row.state != State.OPEN
    light: Light = light_of(row.due_on, today, calendar, done=over)
    came_late = row.handed_on and row.handed_on > row.due_on
    late = max(1, calendar.between(row.due_on, row.handed_on)) if row.handed_on and came_late else 0
    return {"row": row, "light": light, "late": late}


def found(rows: QuerySet[UpwardDuty], wanted: Mapping[str, str]) -> QuerySet[UpwardDuty]:
    rows = rows.filter(CHIPS.get(wanted.get("only", ""), CHIPS["open"])[1])
    if plan := typed.number(wanted.get("plan", "")):
        rows = rows.filter(plan=plan)
    if words := typed.words(wanted.get("q", "")):
        rows = rows.filter(Q(title__icontains=words) | Q(to__icontains=words))
    return rows


def upward_waiting(rule: Rule, seat: int, today: dt.date, calendar: WorkCalendar) -> Pile:
    """For a workbench: what is to be handed in, of what `rule` lets this seat do, the soonest first."""
    rows = UpwardDuty.objects.filter(rule.q(seat, today), state=State.OPEN).select_related("handler__person")
    first = list(rows.annotate(all_=Window(Count("pk"))).order_by("due_on", "pk")[:SHOWN])
    return Pile(first[0].all_ if first else 0, rows=[lit(one, today, calendar) for one in first])


def page_of(
    row: UpwardDuty, actor: Actor, today: dt.date, calendar: WorkCalendar, tried: Tried | None = None
) -> dict[str, Any]:
    works = keeps_upward(row, actor, today)
    does = {do: one for do, one in DOINGS.items() if works and row.state in one.states}
    does |= {tried[0]: DOINGS[tried[0]]} if tried else {}
    entries = entries_of(LABEL, row.pk).reverse()
    return lit(row, today, calendar) | {
        "acts": on_page(does, tried), "works": works and row.state == State.OPEN, "papers": row.papers.defer("content"),
        "files": files_of(LABEL, row.pk), "timeline": [line_of(one) for one in entries],
    }  # fmt: skip
