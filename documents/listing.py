"""公文 as a list: what is looked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db.models import Q, QuerySet

from foundation.organization import typed

from .models import Document


def documents_found(rows: QuerySet[Document], wanted: Mapping[str, str]) -> QuerySet[Document]:
    """`wanted`: q (words of title or 代字, or a number), kind, year, unit. What makes no sense filters nothing. A form
    about a document stands on the page of that one."""
    rows = rows.exclude(subject=Document._meta.label_lower)
    if words := typed.words(wanted.get("q", "")):
        found = Q(title__icontains=words) | Q(code__icontains=words)
        number = typed.number(words)
        rows = rows.filter(found if number is None else found | Q(number=number))
    if (kind := wanted.get("kind")) in Document.Kind.values:
        rows = rows.filter(kind=kind)
    year = typed.number(wanted.get("year", ""))
    if year and year <= dt.MAXYEAR:
        rows = rows.filter(issued_on__year=year)
    if unit := typed.number(wanted.get("unit", "")):
        rows = rows.filter(unit=unit)
    return rows
