"""Who was meant at the time of an event: holders of posts, and appointments that a row names or their successors.
Never somebody whose account is closed. A fixed number of statements for a chunk of events of one day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import Model

from foundation.organization.models import Appointment

from .registry import Event, Recipients, Seat, Told

Asked = Iterable[tuple[Event, int]]


def holders(model: type[Model], *posts: str, unit: str = "unit") -> Recipients:
    """Who holds one of `posts` in the unit of the row."""

    def to(events: list[Event]) -> Told:
        return in_posts(_named(model, events, unit), *posts)

    return to


def seats(model: type[Model], *columns: str) -> Recipients:
    """The appointments that the row names in these columns."""

    def to(events: list[Event]) -> Told:
        return in_office(_named(model, events, *columns))

    return to


def doer(events: list[Event]) -> Told:
    """Whoever did it; register it with `own`."""
    return in_office((one, one.post) for one in events if one.post)


def both(*several: Recipients) -> Recipients:
    return lambda events: (told for one in several for told in one(events))


def in_posts(asked: Asked, *posts: str) -> Iterator[tuple[Event, Seat]]:
    """`asked`: events and units."""
    for day, rows in _by_day(asked).items():
        found = defaultdict(list)
        held = Appointment.objects.in_force(day).filter(unit__in={pk for _, pk in rows}, post__in=posts)
        for unit, pk, person in held.values_list("unit", "pk", "person"):
            found[unit].append(Seat(pk, person))
        yield from ((event, seat) for event, unit in rows for seat in found[unit])


def in_office(asked: Asked) -> Iterator[tuple[Event, Seat]]:
    """`asked`: events and appointments. Of one that is over, those who hold its post now."""
    for day, rows in _by_day(asked).items():
        found = _serving({pk for _, pk in rows}, day)
        yield from ((event, seat) for event, pk in rows for seat in found[pk])


def _serving(wanted: set[int], day: dt.date) -> dict[int, list[Seat]]:
    found: dict[int, list[Seat]] = defaultdict(list)
    serving = Appointment.objects.in_force(day)
    for pk, person in serving.filter(pk__in=wanted).values_list("pk", "person"):
        found[pk].append(Seat(pk, person))
    if over := wanted - found.keys():
        places: dict[tuple[int, str], list[int]] = defaultdict(list)
        for pk, unit, post in Appointment.objects.filter(pk__in=over).values_list("pk", "unit", "post"):
            places[unit, post].append(pk)
        heirs = serving.filter(unit__in={unit for unit, _ in places}, post__in={post for _, post in places})
        for unit, post, pk, person in heirs.values_list("unit", "post", "pk", "person"):
            for former in places[unit, post]:
                found[former].append(Seat(pk, person))
    return found


def _named(model: type[Model], events: list[Event], *columns: str) -> Iterator[tuple[Event, int]]:
    rows = model._base_manager.filter(pk__in={one.target_id for one in events})
    values = {pk: named for pk, *named in rows.values_list("pk", *columns)}
    for event in events:
        yield from ((event, named) for named in values.get(event.target_id, ()) if named)


def _by_day(asked: Asked) -> dict[dt.date, list[tuple[Event, int]]]:
    days: dict[dt.date, list[tuple[Event, int]]] = defaultdict(list)
    for event, pk in asked:
        days[event.day].append((event, pk))
    return days
