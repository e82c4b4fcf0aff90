"""What words find of tasks: title or number of the item, the unit, whoever has it, by name or pinyin initials."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from foundation.organization.models import Person, Unit
from workflows.plans.models import Item

from ..hands import held_by

MOST_PEOPLE = 20  # that a word finds


def matching(text: str, day: dt.date) -> Q:
    """Tasks that every word finds. A query a word, for the people."""
    found = Q()
    for word in text.split():
        found &= _found(word, day)
    return found


def _found(word: str, day: dt.date) -> Q:
    """Items and units are few and asked once, not with every one of a million tasks."""
    items = Item.objects.filter(Q(title__icontains=word) | Q(number=word)).order_by()
    units = Unit.objects.filter(Q(short_name__icontains=word) | Q(initials__contains=word.lower())).order_by()
    found = Q(item__in=items.values("pk")) | Q(unit__in=units.values("pk"))
    named = Q(name__icontains=word) | Q(initials__startswith=word.lower())
    people = list(Person.objects.filter(named).values_list("pk", flat=True)[:MOST_PEOPLE])
    return found | held_by(people, day) if people else found
