"""The versions of an item: what it asks for now, and what it asked for before a 补充通知 changed it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .models import Item, ItemVersion, Period
from .reading.dates import Bearing, find_dates
from .reading.quantities import find_quantities
from .terms import Difference, Terms, differences, terms


@dataclass(frozen=True)
class Step:
    """How one version became the next: by which paper, when, and what is asked otherwise."""

    number: int  # of the new one
    basis: str
    at: dt.datetime
    changes: list[Difference]


def terms_of(row: Item | ItemVersion) -> Terms:
    if isinstance(row, ItemVersion):
        return terms(row.text, row.deliverables, row.due)
    return terms(row.text, row.deliverables, due_of(row))


def due_of(item: Item) -> list[list[Any]]:
    return [[one.pk, one.name, one.due_on and one.due_on.isoformat()] for one in item.periods.all()]


def asked_at(item: Item, number: int) -> Item | ItemVersion:
    """What counts for a task of that version: no query for the one in force, nor where the versions are at hand."""
    if number >= item.version:
        return item
    return next(one for one in item.versions.all() if one.number == number)


def steps_of(item: Item) -> list[Step]:
    """Every change of the item, the first one first; empty without a query where there was none."""
    if item.version == 1:
        return []
    before = list(item.versions.order_by("number"))
    after: list[Item | ItemVersion] = [*before[1:], item]
    return [
        Step(old.number + 1, old.basis, old.until, differences(terms_of(old), terms_of(new)))
        for old, new in zip(before, after, strict=True)
    ]


def supersede(
    *, item: Item, text: str, deliverables: Iterable[str], due: Mapping[int, dt.date], basis: str,
    at: dt.datetime,
) -> int:  # fmt: skip
    """Keep what the item asked for until now and write what it asks for from now on; returns the new version.

    Called under the lock of the item, by whoever brings a 补充通知 into force.
    """
    ItemVersion.objects.create(
        item=item, number=item.version, text=item.text, deliverables=item.deliverables, reading=item.reading,
        due=due_of(item), until=at, basis=basis,
    )  # fmt: skip
    item.reading = item.reading | ({"quantities": counted(item, text)} if text != item.text else {})
    item.text, item.deliverables, item.version = text, list(deliverables), item.version + 1
    item.save(update_fields=["text", "deliverables", "reading", "version"])
    for period, day in due.items():
        Period.objects.filter(pk=period, item=item).update(due_on=day)
    return item.version


def counted(item: Item, text: str) -> list[dict[str, Any]]:
    """The quantities of the new words, read as the plan was; they stand where the item stood in it."""
    year = item.plan.year
    dates, _ = find_dates(text, (0, len(text)), Bearing(year) if year else None)
    found = find_quantities(text, (0, len(text)), [date.source for date in dates])
    return [one.as_json() | {"source": item.source} for one in found]
