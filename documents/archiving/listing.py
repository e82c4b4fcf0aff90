"""What is looked for among the 件."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db.models import Q, QuerySet

from foundation.organization import typed

from ..models import ArchiveItem

FILTERS = ("q", "term", "year", "unit")


def items_found(rows: QuerySet[ArchiveItem], wanted: Mapping[str, str]) -> QuerySet[ArchiveItem]:
    """`wanted`: q (part of a 档号 or title), term, year, unit. What makes no sense filters nothing."""
    if words := typed.words(typed.clean(wanted.get("q", ""))):
        rows = rows.filter(Q(reference__icontains=words) | Q(document__title__icontains=words))
    if (term := wanted.get("term")) in ArchiveItem.Term.values:
        rows = rows.filter(term=term)
    year = typed.number(wanted.get("year", ""))
    if year and year <= dt.MAXYEAR:
        rows = rows.filter(year=year)
    if unit := typed.number(wanted.get("unit", "")):
        rows = rows.filter(document__unit=unit)
    return rows


def in_order(rows: QuerySet[ArchiveItem]) -> QuerySet[ArchiveItem]:
    """As they stand on the shelf: year, 保管期限, 件号. What is void stays in its place."""
    return rows.order_by("year", "series__name", "number")
