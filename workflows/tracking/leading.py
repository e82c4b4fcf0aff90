"""The first page of a leader: how every campaign stands, what is late, what was named in public, what this week brings,
what the office owes the level above.

Numbers and titles alone: nobody is asked for anything here, and of cases there are numbers and no names.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from documents.models import Document
from documents.permissions import reads_document
from foundation.organization.actors import Actor
from foundation.organization.calendar import WorkCalendar
from foundation.organization.models import Appointment, Unit
from foundation.organization.ranges import KINDS
from workflows.cases.numbers import Numbers, numbers_of
from workflows.tasks.deadlines import last_near_day
from workflows.tasks.models import Task

from .links import tasks_at
from .models import Slip
from .models.supervision import OPEN
from .permissions import sees_upward
from .progress import IN_FORCE, Campaign, Progress, counts_of, late_units, progress_of
from .upward.pages import upward_waiting
from .work import Pile

OFFICE_TOO = KINDS | {"office": ("安委办", (Unit.Kind.OFFICE,))}
FEW = 8
WEEK = dt.timedelta(days=7)
COUNTED = ("total", "passed", "overdue", "near")


@dataclass(frozen=True)
class Standing:
    """One campaign, and the kinds of units in it: the board in four numbers a line."""

    campaign: Campaign
    rows: list[dict[str, Any]]


@dataclass(frozen=True)
class Leading:
    progress: Progress
    standings: list[Standing]
    late: list[dict[str, Any]]
    circulars: QuerySet[Document]
    red: QuerySet[Slip]
    week: list[Any]
    cases: Numbers
    upward: Pile


def leading(seat: Appointment, now: dt.datetime, calendar: WorkCalendar) -> Leading:
    """`now` in the office's own time zone. Nine queries, whatever the number of units."""
    today = now.date()
    progress = progress_of(Actor.of(seat), today, calendar)
    kinds = _by_kind(today, calendar)
    read = Document.objects.filter(reads_document.q(seat.pk, today), kind=Document.Kind.CIRCULAR)
    issued = read.filter(state=Document.State.ISSUED).select_related("organ").defer("content")
    slips = Slip.objects.filter(colour=Slip.Colour.RED, state__in=OPEN)
    return Leading(
        progress=progress,
        standings=[Standing(one, _rows(one.plan, kinds)) for one in progress.campaigns],
        late=late_units(today)[:FEW],
        circulars=issued.order_by("-issued_on", "-pk")[:5],
        red=slips.select_related("task__item", "unit").order_by("-pk")[:FEW],
        week=[one for one in progress.deadlines if one.due_on <= today + WEEK],
        cases=numbers_of(now),
        upward=upward_waiting(sees_upward, seat.pk, today, calendar),
    )


def _by_kind(today: dt.date, calendar: WorkCalendar) -> list[dict[str, Any]]:
    counted = {
        name: one for name, one in counts_of(today, last_near_day(today, calendar)).items() if name in COUNTED
    }
    tasks = Task.objects.filter(plan__state__in=IN_FORCE).order_by()
    return [dict(one) for one in tasks.values("plan", "unit__kind").annotate(**counted)]


def _rows(plan: int, counted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Towns, departments, enterprises and the office itself, as far as they have tasks."""
    found = []
    for code, (name, kinds) in OFFICE_TOO.items():
        mine = [one for one in counted if one["plan"] == plan and one["unit__kind"] in kinds]
        numbers = {what: sum(one[what] for one in mine) for what in COUNTED}
        if numbers["total"]:
            percent = 100 * numbers["passed"] // numbers["total"]
            found.append(numbers | {"name": name, "percent": percent} | _ways(plan, code))
    return found


def _ways(plan: int, code: str) -> dict[str, str]:
    range_ = code if code in KINDS else "group-office"
    late = tasks_at(plan=plan, range=range_, light="overdue")
    near = tasks_at(plan=plan, range=range_, light="near")
    return {"url": f"{reverse('board')}?plan={plan}&range={range_}", "late_url": late, "near_url": near}
