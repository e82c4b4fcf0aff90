"""What lists of units and people ask the database: in words of the office, a fixed number of queries."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from .models import Appointment, Person, Unit
from .services import officers


def units_found(words: str, *, kind: str = "", only_bare: bool = False, on: dt.date) -> QuerySet[Unit]:
    """Units by name, alias or pinyin initials, each with `liaisons` (its officer of that day, or none)."""
    rows = Unit.objects.select_related("parent", "successor")
    if words:
        rows = rows.filter(
            Q(name__icontains=words)
            | Q(short_name__icontains=words)
            | Q(initials__contains=words.lower())
            | Q(document_code__icontains=words)
            | Q(pk__in=_called(words))
        )
    if kind in Unit.Kind.values:
        rows = rows.filter(kind=kind)
    held = officers(on)
    if only_bare:
        rows = rows.filter(~Exists(held.filter(unit=OuterRef("pk"))), ended_on=None)
    named = Prefetch("appointments", held.select_related("person"), to_attr="liaisons")
    return rows.prefetch_related(named)


def _called(words: str) -> list[int]:
    """By an alias or a former name. They are JSON, which not every database searches in Chinese."""
    named = Unit.objects.exclude(aliases=[]).values_list("pk", "aliases")
    return [pk for pk, aliases in named if any(words in alias for alias in aliases)]


def people_found(words: str, *, unit: int | None = None, state: str = "", on: dt.date) -> QuerySet[Person]:
    """People by name, account or pinyin initials, each with `seats` (the posts held that day)."""
    rows = Person.objects.order_by("initials", "name", "pk")
    if words:
        rows = rows.filter(
            Q(name__icontains=words) | Q(username__icontains=words) | Q(initials__startswith=words.lower())
        )
    held = Appointment.objects.in_force(on)
    if unit:
        rows = rows.filter(Exists(held.filter(person=OuterRef("pk"), unit=unit)))
    if state == "idle":  # can sign in, but acts as nobody
        rows = rows.filter(~Exists(held.filter(person=OuterRef("pk"))), is_active=True)
    if state == "never":
        rows = rows.filter(last_login=None, is_active=True)
    if state == "dormant":
        since = on - dt.timedelta(days=settings.DORMANT_DAYS)
        rows = rows.filter(last_login__date__lt=since, is_active=True)
    if state == "closed":
        rows = rows.filter(is_active=False)
    return rows.prefetch_related(Prefetch("appointments", held.select_related("unit"), to_attr="seats"))
