"""Under which post a signed-in person acts: chosen once, kept in the session, shown on every decision."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest

from .actors import SYSTEM, Actor
from .models import Appointment, Person

KEY = "identity"


def identities_of(person: Person, day: dt.date) -> list[Appointment]:
    """The posts this person holds that day, in the order of the units."""
    return list(Appointment.objects.in_force(day).filter(person=person).select_related("person", "unit"))


def current(request: HttpRequest, held: list[Appointment]) -> Appointment | None:
    chosen = request.session.get(KEY)
    return next((one for one in held if one.pk == chosen), held[0] if held else None)


def choose(request: HttpRequest, appointment: int, held: list[Appointment]) -> Appointment | None:
    """Take another of one's own posts; None when it is not one of them."""
    taken = next((one for one in held if one.pk == appointment), None)
    if taken:
        request.session[KEY] = taken.pk
    return taken


def actor_of(request: HttpRequest) -> Actor:
    identity = getattr(request, "identity", None)
    return Actor.of(identity, ip=request.META.get("REMOTE_ADDR", "")) if identity else SYSTEM
