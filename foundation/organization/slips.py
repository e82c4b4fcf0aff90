"""Slips of paper with one-time passwords, a line for everybody, to be cut apart and handed over.

The paper itself is set by a room above, which says so in AppConfig.ready.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from .models import Appointment, Person

MOST = 600  # people of one sheet


@dataclass(frozen=True)
class Slip:
    unit: str
    name: str
    username: str
    code: str


Print = Callable[
    [Sequence[Slip], dt.datetime, str], bytes
]  # slips, how long they are good, the address of the site
PRINTERS: list[Print] = []


def slips_of(people: Sequence[Person], given: Mapping[int, str], day: dt.date) -> list[Slip]:
    """By unit, as they are handed out; who holds no post comes last."""
    held = Appointment.objects.in_force(day).filter(person__in=people).select_related("unit")
    units: dict[int, str] = {}
    for seat in held.order_by("-unit__order"):
        units[seat.person_id] = seat.unit.short_name  # of several the first one of the list of units
    order = {seat.unit.short_name: seat.unit.order for seat in held}
    rows = [Slip(units.get(one.pk, ""), one.name, one.username, given[one.pk]) for one in people]
    return sorted(rows, key=lambda one: (not one.unit, order.get(one.unit, 0), one.unit, one.username))


def print_slips(slips: Sequence[Slip], until: dt.datetime, address: str) -> bytes:
    (printer,) = PRINTERS
    return printer(slips, until, address)
