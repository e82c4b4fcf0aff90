"""From the journal to the outbox: what was written down is told to those whom it concerns.

A decision pays nothing for it: the entry it writes is the event, and this runs after the commit (jobs.py). The cursor
moves in the transaction that makes the messages, so whoever is killed in between has done nothing, and the next does
it all. A chunk is a fixed number of statements, however many it tells.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import transaction as tx
from django.utils import timezone

from foundation.journal.batches import Batch
from foundation.journal.models import Book

from .horizon import anything_new, held, take
from .models import Message
from .outside import Outside
from .registry import INFORMS, Event, Inform, Seat
from .wishes import Wish

BOOK = Book._meta.label_lower
CHUNK = 2000  # entries
FRESH = Batch(
    Message, "entry_id", "person_id", "seat_id", "channel", "kind", "state", "digest", "planned", "due", "tries", "error",
)  # fmt: skip


class Letter(NamedTuple):
    """Somebody is told of something."""

    event: Event
    seat: Seat
    inform: Inform


def spread(at: dt.datetime) -> int:
    """Make the messages of all that is not spread yet; how many people are told."""
    told, more = 0, anything_new()
    while more:
        count, more = _round(at)
        told += count
    return told


@tx.atomic
def _round(at: dt.datetime) -> tuple[int, bool]:
    events, more = take(held(), CHUNK)
    letters = sorted(_once(_addressed(events)), key=lambda one: one.event.id)  # as it happened
    outside = Outside.at(timezone.localtime(at), {one.seat.person for one in letters})
    FRESH.insert(row for one in letters for row in _rows(one, outside))
    return len(letters), more


def _rows(one: Letter, outside: Outside) -> Iterator[dict[str, Any]]:
    """On the site, and by every channel that reaches this person and that they want."""
    kind = one.inform.kind
    row = {
        "entry_id": one.event.id, "person_id": one.seat.person, "seat_id": one.seat.pk, "kind": kind.code, "tries": 0,
        "error": "", "channel": Message.Channel.SITE, "state": Message.State.SENT, "digest": False, "planned": None,
        "due": None,
    }  # fmt: skip
    yield row
    for channel, wish, planned in outside.ways(one.seat.person, kind):
        waits = {"channel": channel, "state": Message.State.WAITING, "digest": wish is Wish.DIGEST}
        yield row | waits | {"planned": planned, "due": planned}


def _addressed(events: list[Event]) -> Iterator[Letter]:
    for verb, informs in INFORMS.items():
        same = [one for one in events if one.verb == verb]
        for inform in informs if same else ():
            wanted = [one for one in same if inform.when(one)]
            letters = [Letter(event, seat, inform) for event, seat in inform.to(wanted)] if wanted else []
            yield from _today(letters) if inform.kind.daily else letters


def _once(letters: Iterator[Letter]) -> Iterator[Letter]:
    """A person hears of an event once, in one of their posts, and of two that are one act once: but of a book each,
    for its entries are about many things."""
    events, acts = set(), set()
    for one in letters:
        event, person, kind = one.event, one.seat.person, one.inform.kind.code
        act = person, kind, event.target, event.target_id, event.at
        if (event.actor == person and not one.inform.own) or (event.id, person) in events:
            continue
        if act in acts and event.target != BOOK:
            continue
        events.add((event.id, person))
        acts.add(act)
        yield one


def _today(letters: list[Letter]) -> Iterator[Letter]:
    """Of a daily kind: those who heard nothing of that matter on that day."""
    if not letters:
        return
    first = min(one.event.day for one in letters)
    before = Message.objects.filter(
        kind=letters[0].inform.kind.code, entry__target=letters[0].event.target,
        entry__target_id__in={one.event.target_id for one in letters},
        entry__at__gte=timezone.make_aware(dt.datetime.combine(first, dt.time())),
    ).order_by()  # fmt: skip
    rows = before.values_list("person", "entry__target_id", "entry__at")
    heard = {(person, matter, timezone.localdate(at)) for person, matter, at in rows}
    for one in letters:
        matter = one.seat.person, one.event.target_id, one.event.day
        if matter not in heard:
            heard.add(matter)
            yield one
