"""The archive as a list: newest first, searched and filtered, a page at a time by key and not by offset."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import QueryDict

from foundation.organization import typed

from .models import Document

SIZE = 50


@dataclass(frozen=True)
class Stretch:
    """One page of a list ordered by id, the highest first; addresses of its neighbours, empty where none."""

    rows: list[Document]
    newer: str
    older: str


def documents_found(rows: QuerySet[Document], wanted: Mapping[str, str]) -> QuerySet[Document]:
    """`wanted`: q (words of title or 代字, or a number), kind, year, unit. What makes no sense filters nothing."""
    if words := typed.words(wanted.get("q", "")):
        found = Q(title__icontains=words) | Q(code__icontains=words)
        rows = rows.filter(found | Q(number=int(words)) if _number(words) else found)
    if (kind := wanted.get("kind")) in Document.Kind.values:
        rows = rows.filter(kind=kind)
    if year := _number(wanted.get("year", "")):
        rows = rows.filter(issued_on__year=year)
    if unit := _number(wanted.get("unit", "")):
        rows = rows.filter(unit=unit)
    return rows


def stretch(rows: QuerySet[Document], query: QueryDict, size: int = SIZE) -> Stretch:
    """`before` or `after` in the query: the id of the last row on one side of the page that was left."""
    before, after = _number(query.get("before", "")), _number(query.get("after", ""))
    if after:
        found = list(rows.filter(pk__gt=after).order_by("pk")[: size + 1])
        more, shown = len(found) > size, found[:size][::-1]
        return _stretch(shown, query, newer=more, older=True)
    found = list((rows.filter(pk__lt=before) if before else rows).order_by("-pk")[: size + 1])
    return _stretch(found[:size], query, newer=bool(before), older=len(found) > size)


def _stretch(rows: list[Document], query: QueryDict, *, newer: bool, older: bool) -> Stretch:
    if not rows:
        return Stretch([], "", "")
    return Stretch(
        rows,
        _address(query, "after", rows[0].pk) if newer else "",
        _address(query, "before", rows[-1].pk) if older else "",
    )


def _address(query: QueryDict, side: str, pk: int) -> str:
    kept = query.copy()
    for name in ("before", "after"):
        kept.pop(name, None)
    kept[side] = str(pk)
    return f"?{kept.urlencode()}"


def _number(text: str) -> int:
    """0 for what is no number, or none that a database would take."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
