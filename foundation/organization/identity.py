"""Under which post a signed-in person acts: chosen once, kept in the session, shown on every decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import Exists, QuerySet
from django.http import HttpRequest

from .actors import Actor
from .models import Appointment, Day, Person
from .posts import OFFICE_POSTS, Post

KEY = "identity"

#: What pages show of a person, from the room that knows it (set in AppConfig.ready): asked with the posts they hold.
CARRIED: dict[str, Callable[[Person], Any]] = {}


def identities_of(person: Person, day: dt.date) -> list[Appointment]:
    """The posts this person holds that day, in the order of the units.

    They also carry whether the working calendar is there (`missing_years`), and what is CARRIED: no query of its own
    on every page.
    """
    held = Appointment.objects.in_force(day).filter(person=person).select_related("person", "unit")
    known = {_known(year): Exists(_year(year)) for year in needed_years(day)}
    return list(held.annotate(**known, **{name: of(person) for name, of in CARRIED.items()}))


def needed_years(day: dt.date) -> list[int]:
    """The years whose calendar has to be there: this one, from December on the next one too."""
    return [day.year, day.year + 1] if day.month == 12 else [day.year]


def missing_years(identity: Appointment | None, day: dt.date) -> list[int]:
    """The years that an identity from `identities_of` has to be warned of: who keeps the calendar is."""
    if identity is None or identity.post not in (Post.ADMINISTRATOR, *OFFICE_POSTS):
        return []
    return [year for year in needed_years(day) if not getattr(identity, _known(year))]


def _known(year: int) -> str:
    return f"calendar_{year}"


def _year(year: int) -> QuerySet[Day]:
    return Day.objects.filter(date=dt.date(year, 1, 1))  # years are written whole


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
    """Who holds no post can still change their own password: the person, under none."""
    identity, ip = getattr(request, "identity", None), request.META.get("REMOTE_ADDR", "")
    return Actor.of(identity, ip=ip) if identity else Actor(person=request.user.pk, ip=ip)
