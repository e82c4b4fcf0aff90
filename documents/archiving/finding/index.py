"""The index of texts: one row a document with its folded text, and its tokens in a table of the database's own kind.

SQLite keeps them in FTS5 without content, PostgreSQL as an array under GIN. The same tokens answer the same words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import connection, transaction
from django.db.models import Prefetch
from django.db.models.expressions import RawSQL

from ...models import ArchiveItem, Document, SearchText
from ...models.document import OWN
from .folding import folded, grams

# Keys of a content that nobody searches.
NO_WORDS = {"align", "joint_seals", "paper", "seal", "sha256", "signature", "size", "width", *OWN}
TABLE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE documents_grams USING fts5(grams, content='', detail=none, tokenize='ascii')"
    ],
    "postgresql": [
        "CREATE TABLE documents_grams (rowid bigint PRIMARY KEY, grams text[] NOT NULL)",
        "CREATE INDEX documents_grams_gin ON documents_grams USING gin (grams)",
    ],
}
CHUNK = 200


def install() -> None:
    with connection.cursor() as cursor:
        for sql in TABLE[connection.vendor]:
            cursor.execute(sql)


def remove() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS documents_grams")


@transaction.atomic
def index_documents(ids: Iterable[int]) -> int:
    """Put these documents in, or in anew, inside the caller's transaction; how many are there."""
    kept = ArchiveItem.objects.filter(state=ArchiveItem.State.ARCHIVED).only("document", "reference")
    rows = (
        Document.objects.filter(pk__in=list(ids))
        .select_related("organ", "unit")
        .prefetch_related(Prefetch("archive_items", kept, to_attr="kept"))
    )
    fresh = {one.pk: "\n".join(map(folded, lines_of(one))) for one in rows}
    old = dict(SearchText.objects.filter(pk__in=fresh).values_list("pk", "folded"))
    changed = {pk: text for pk, text in fresh.items() if old.get(pk) != text}
    _take_out({pk: old[pk] for pk in changed if pk in old})
    SearchText.objects.bulk_create(
        [SearchText(document_id=pk, folded=text) for pk, text in changed.items()],
        update_conflicts=True,
        unique_fields=["document"],
        update_fields=["folded"],
    )
    _put_in(changed)
    return len(fresh)


def with_tokens(tokens: list[str]) -> RawSQL:
    """The ids of documents that have all of them, for `pk__in`."""
    if connection.vendor == "sqlite":
        return RawSQL(
            "SELECT rowid FROM documents_grams WHERE documents_grams MATCH %s", [" AND ".join(tokens)]
        )
    return RawSQL("SELECT rowid FROM documents_grams WHERE grams @> %s::text[]", [tokens])


def lines_of(document: Document) -> list[str]:
    """Number, title, 档号, organ and unit, then the body: the words of its content in their order."""
    unit = document.unit.name if document.unit else ""
    head = [document.full_number, document.title, *(one.reference for one in document.kept)]
    return [*head, document.issuer, unit, *body_of(document)]


def body_of(document: Document) -> list[str]:
    return [line for text in _words(document.content) for line in text.split("\n") if line.strip()]


def _words(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, Mapping):
        for key, value in content.items():
            if key not in NO_WORDS:
                yield from _words(value)
    elif isinstance(content, list):
        for one in content:
            yield from _words(one)


INSERT = "INSERT INTO documents_grams(rowid, grams) VALUES (%s, %s)"
PUT_IN = {
    "sqlite": INSERT,
    "postgresql": INSERT + " ON CONFLICT (rowid) DO UPDATE SET grams = EXCLUDED.grams",
}


def _put_in(texts: Mapping[int, str]) -> None:
    """Over what is there: flushing a database empties no table that Django does not know."""
    _each(PUT_IN[connection.vendor], texts)


def _take_out(texts: Mapping[int, str]) -> None:
    """FTS5 without content has to be told what was there."""
    if connection.vendor == "sqlite":
        _each("INSERT INTO documents_grams(documents_grams, rowid, grams) VALUES ('delete', %s, %s)", texts)
    elif texts:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM documents_grams WHERE rowid = ANY(%s)", [list(texts)])


def _each(sql: str, texts: Mapping[int, str]) -> None:
    tokens = ((pk, sorted(grams(text))) for pk, text in texts.items())
    plain = connection.vendor == "sqlite"
    rows = [(pk, " ".join(found) if plain else found) for pk, found in tokens]
    with connection.cursor() as cursor:
        cursor.executemany(sql, rows)
