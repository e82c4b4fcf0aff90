"""What is found: by words of any part of a document, or by kind, year and unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Prefetch, QuerySet

from foundation.organization.finding.folding import excerpt, marked
from foundation.organization.finding.grams import tokens_of, words_of

from ...listing import documents_found
from ...models import ArchiveItem, Document
from .index import GRAMS, body_of

FILTERS = ("kind", "year", "unit")


def found(rows: QuerySet[Document], asked: Mapping[str, str]) -> QuerySet[Document]:
    """Documents that have every word. Pairs of neighbours find, the text itself makes sure."""
    words = words_of(asked.get("q", ""))
    tokens = tokens_of(words)
    rows = documents_found(rows, {name: asked.get(name, "") for name in FILTERS})
    if asked.get("only") == "archived":
        rows = rows.filter(archive_items__state=ArchiveItem.State.ARCHIVED)
    if tokens:
        rows = rows.filter(pk__in=GRAMS.with_tokens(tokens))
    for word in words:
        if len(word) > 2:
            rows = rows.filter(search__folded__contains=word)
    return rows


def dressed(rows: QuerySet[Document]) -> QuerySet[Document]:
    live = ArchiveItem.objects.filter(state=ArchiveItem.State.ARCHIVED).defer("content")
    return rows.select_related("organ", "unit").prefetch_related(
        Prefetch("archive_items", live, to_attr="kept")
    )


def shown(document: Document, words: list[str]) -> dict[str, Any]:
    """A row of the page: the words marked in title and excerpt."""
    return {
        "document": document,
        "item": next(iter(document.kept), None),
        "title": marked(document.title, words),
        "excerpt": excerpt(" ".join(body_of(document)), words) if words else [],
    }
