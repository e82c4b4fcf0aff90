"""What words find of tasks: title or number of the item, the unit, whoever has it, by name or pinyin initials."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, Value

from foundation.organization.models import Person, Unit
from workflows.plans.models import Item

from ..hands import held_by

MOST_PEOPLE = 20  # that a word finds


def matching(text: str, day: dt.date) -> Q:
    """Tasks that every word finds. A query a word: what it names is looked up first, so that a million tasks are
    searched by index, and not at all where it names nothing."""
    found = Q()
    for word in text.split():
        found &= _found(word, day)
    return found


def _found(word: str, day: dt.date) -> Q:
    named = _named(word)
    found = Q(pk__in=())
    if named["item"]:
        found |= Q(item__in=named["item"])
    if named["unit"]:
        found |= Q(unit__in=named["unit"])
    if people := named["person"][:MOST_PEOPLE]:
        found |= held_by(people, day)
    return found


def _named(word: str) -> dict[str, list[int]]:
    """Ids of items, units and people."""
    low = word.lower()
    sought = {
        "item": Item.objects.filter(Q(title__icontains=word) | Q(number=word)),
        "unit": Unit.objects.filter(Q(short_name__icontains=word) | Q(initials__contains=low)),
        "person": Person.objects.filter(Q(name__icontains=word) | Q(initials__startswith=low)),
    }
    first, *others = (
        rows.order_by().annotate(what=Value(what)).values_list("what", "pk") for what, rows in sought.items()
    )
    found: dict[str, list[int]] = {what: [] for what in sought}
    for what, pk in first.union(*others, all=True):
        found[what].append(pk)
    return found
