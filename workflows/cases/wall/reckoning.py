"""Rows kept beside a case against what the law says of it: what differs, and putting it right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache

from django.db.models import Exists, OuterRef, Q

from ..bases.chosen import chosen_laws
from ..loading import every_pack
from ..models import Case, CaseClock
from ..register import calendar_for
from ..standing import standing_of
from .keeping import unlike

CHUNK = 500


def differing(at: dt.datetime) -> Iterator[tuple[int, list[int]]]:
    """Chunk by chunk: how many cases were looked at, and those whose rows are not what is worked out anew."""
    packs, chosen = every_pack(), chosen_laws()
    calendar = cache(lambda year: calendar_for(year, at))
    live = CaseClock.objects.filter(case=OuterRef("pk"), live=True)
    rows = Case.objects.filter(Q(state=Case.State.OPEN) | Exists(live)).order_by("pk")
    rows = rows.prefetch_related("events", "clocks", "team__person")
    last = 0
    while chunk := list(rows.filter(pk__gt=last)[:CHUNK]):
        last = chunk[-1].pk
        stand = [
            standing_of(one, one.events.all(), packs, at, calendar(one.opened_on.year), chosen)
            for one in chunk
        ]
        yield len(chunk), [now.case.pk for now in stand if unlike(now)]


def reconcile(at: dt.datetime) -> dict[str, object]:
    """Whether the clocks of all cases are what their events give."""
    found = list(differing(at))
    return {
        "checked": sum(count for count, _ in found),
        "different": [pk for _, some in found for pk in some],
    }
