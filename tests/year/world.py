"""What everybody in the year shares: the seed, the clock, the calendar, and who holds which post today."""

from __future__ import annotations

import datetime as dt
import io
import json
import random
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import time_machine
from django.core.management import call_command
from django.utils import timezone

from foundation.organization.actors import Actor
from foundation.organization.calendar import DAY, WorkCalendar
from foundation.organization.models import Appointment, Unit
from workflows.tasks.models import Task

YEAR = 2026  # its holidays are known, those of the January after it are not
FIRST, LAST = dt.date(YEAR, 1, 5), dt.date(YEAR + 1, 1, 29)


@dataclass
class Year:
    units: int
    seed: int
    last: dt.date
    clock: time_machine.Traveller
    today: dt.date = FIRST
    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    monthly: int = 0  # the plan whose figures are due every month, begun in January
    campaign: int = 0  # the campaign of June, begun in May
    hands: dict[str, dict[str, Appointment]] = field(default_factory=dict)  # by unit and post
    minds: dict[int, Any] = field(default_factory=dict)  # by task: what its unit means to do (units.py)
    cases: dict[int, tuple[int, str]] = field(default_factory=dict)  # by number in the story: case, unit
    dissolving: str = ""  # the unit in which nobody signs any more
    looked: dict[int, dt.datetime] = field(
        default_factory=dict
    )  # at their messages, and when last: by person
    gateway: Any = None  # what took the short messages (outside.py)
    sweeps: list[dict[str, Any]] = field(default_factory=list)  # what each said, as the command prints it

    def at(self, hour: int, minute: int = 0) -> dt.datetime:
        """The clock goes to this time of today, and never back."""
        then = timezone.make_aware(dt.datetime.combine(self.today, dt.time(hour, minute)))
        assert then >= timezone.now(), f"{then} is over"
        self.clock.move_to(then)
        return then

    def chance(self, *about: object) -> random.Random:
        """The same for the same seed and names, whoever else draws, and whatever the ids are."""
        return random.Random(" ".join(map(str, (self.seed, *about))))

    def meet(self) -> None:
        """Who is in office today."""
        self.hands = defaultdict(dict)
        seats = Appointment.objects.in_force(self.today).select_related("unit", "person")
        for seat in seats.order_by("-start", "-pk"):  # of two clerks the first one
            self.hands[seat.unit.code][seat.post] = seat
            if seat.post == "office_clerk":
                self.hands["also"][seat.person.username] = seat

    def seat(self, unit: str, post: str) -> Appointment | None:
        return self.hands.get(unit, {}).get(post)

    def actor(self, unit: str, post: str) -> Actor:
        return Actor.of(self.hands[unit][post])

    @property
    def clerk(self) -> Actor:
        return self.actor(OFFICE, "office_clerk")

    @property
    def second_clerk(self) -> Actor:
        return Actor.of(self.hands["also"]["anweiban.jingban2"])

    @property
    def boss(self) -> Actor:
        return self.actor(OFFICE, "office_head")

    def playing(self) -> list[Unit]:
        """The units that are left, in the order of the address book."""
        rows = Unit.objects.filter(ended_on=None, tasks__isnull=False).exclude(kind=Unit.Kind.OFFICE)
        return list(rows.distinct().order_by("order", "code"))

    def workdays(self, day: dt.date, count: int) -> dt.date:
        return self.calendar.add(day, count)


OFFICE = "anweiban"


def called(task: Task) -> str:
    """How a task is called without its id; `unit`, `item` and `period` are at hand."""
    return f"{task.unit.code} {task.plan_id and task.item.number} {task.period.name}".strip()


def said(command: str, *args: str) -> Any:
    """What a command prints as JSON."""
    out = io.StringIO()
    call_command(command, *args, "--json", stdout=out, stderr=io.StringIO())
    return json.loads(out.getvalue())


def every_day(last: dt.date) -> list[dt.date]:
    return [FIRST + DAY * n for n in range((last - FIRST).days + 1)]
