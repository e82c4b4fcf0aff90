"""What rooms above play of a working day of the demo; they say so in AppConfig.ready."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from zlib import crc32

from django.utils import timezone

from foundation.organization.actors import Actor
from foundation.organization.calendar import WorkCalendar

FORGETS = "nongye"  # the unit that is late with its plan of activities

Hands = Mapping[int, Mapping[str, Actor]]  # who holds which post of which unit

MORNINGS: list[
    Callable[[dt.datetime, Hands, Actor, WorkCalendar], None]
] = []  # at, hands, the office's clerk
ENDINGS: list[
    Callable[[int, Actor, dt.datetime], None]
] = []  # plan, the office's head, at: before it is archived
FOR_THE_WORKER: list[str] = []  # jobs that are left to the worker: papers nobody looks at one by one


def moment(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def thrown(called: str, sides: int) -> int:
    """A number below `sides`, by what something is called and not by its id: a database that had others plays the same."""
    return crc32(called.encode()) % sides
