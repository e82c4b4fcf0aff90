"""What rooms above play of a working day of the demo; they say so in AppConfig.ready."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from foundation.organization.actors import Actor
from foundation.organization.calendar import WorkCalendar

FORGETS = "nongye"  # the unit that is late with its plan of activities

Hands = Mapping[int, Mapping[str, Actor]]  # who holds which post of which unit

MORNINGS: list[
    Callable[[dt.datetime, Hands, Actor, WorkCalendar], None]
] = []  # at, hands, the office's clerk
FOR_THE_WORKER: list[str] = []  # jobs that are left to the worker: papers nobody looks at one by one
