"""The tokens of texts, in a table of the database's own kind; the same tokens answer the same words.

SQLite keeps them in FTS5 without content, PostgreSQL as an array under GIN. Which text has which id is kept by a model of
the room: FTS5 has to be told what stood there before it forgets it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection
from django.db.models.expressions import RawSQL

from .. import typed
from .folding import folded, grams, wanted


def words_of(text: str) -> list[str]:
    """The words of a search, folded; those that are nothing but marks are none."""
    return [word for one in typed.words(typed.clean(text)).split() if (word := folded(one))]


def tokens_of(words: Iterable[str]) -> list[str]:
    """What a text with all of these words has."""
    return sorted({token for word in words for token in wanted(word)})


@dataclass(frozen=True)
class Grams:
    """`table` is ours alone, never what somebody typed."""

    table: str

    def install(self) -> None:
        """For a migration."""
        sql = {
            "sqlite": [
                f"CREATE VIRTUAL TABLE {self.table} USING fts5(grams, content='', detail=none, tokenize='ascii')"
            ],
            "postgresql": [
                f"CREATE TABLE {self.table} (rowid bigint PRIMARY KEY, grams text[] NOT NULL)",
                f"CREATE INDEX {self.table}_gin ON {self.table} USING gin (grams)",
            ],
        }
        with connection.cursor() as cursor:
            for one in sql[connection.vendor]:
                cursor.execute(one)

    def remove(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {self.table}")

    def with_tokens(self, tokens: list[str]) -> RawSQL:
        """The ids of texts that have all of them, for `pk__in`."""
        if connection.vendor == "sqlite":
            has = f"{self.table} MATCH %s"
            return RawSQL(f"SELECT rowid FROM {self.table} WHERE {has}", [" AND ".join(tokens)])
        return RawSQL(f"SELECT rowid FROM {self.table} WHERE grams @> %s::text[]", [tokens])

    def put_in(self, texts: Mapping[int, str]) -> None:
        """Over what is there: flushing a database empties no table that Django does not know."""
        over = " ON CONFLICT (rowid) DO UPDATE SET grams = EXCLUDED.grams"
        ending = over if connection.vendor == "postgresql" else ""
        self._each(f"INSERT INTO {self.table}(rowid, grams) VALUES (%s, %s){ending}", texts)

    def take_out(self, texts: Mapping[int, str]) -> None:
        if connection.vendor == "sqlite":
            self._each(
                f"INSERT INTO {self.table}({self.table}, rowid, grams) VALUES ('delete', %s, %s)", texts
            )
        elif texts:
            with connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {self.table} WHERE rowid = ANY(%s)", [list(texts)])

    def _each(self, sql: str, texts: Mapping[int, str]) -> None:
        tokens = ((pk, sorted(grams(text))) for pk, text in texts.items())
        plain = connection.vendor == "sqlite"
        rows = [(pk, " ".join(found) if plain else found) for pk, found in tokens]
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows)
