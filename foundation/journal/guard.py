"""Triggers that keep the journal append-only, whoever writes. Only words may be erased, and their salt."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

KEPT = (
    "id", "target", "target_id", "seq", "verb", "source", "to", "actor_id", "post_id", "behalf_id", "data",
    "words_hash", "at", "hash",
)  # fmt: skip


def _changed(differs: str) -> str:
    return " OR ".join([f'OLD."{c}" {differs} NEW."{c}"' for c in KEPT] + ["NEW.words IS NOT NULL"])


SQLITE = (
    f"""CREATE TRIGGER journal_entry_keep BEFORE UPDATE ON journal_entry WHEN {_changed("IS NOT")}
    BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END""",
    """CREATE TRIGGER journal_entry_stay BEFORE DELETE ON journal_entry
    BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END""",
)
POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'journal is append-only'; END $$""",
    f"""CREATE TRIGGER journal_entry_keep BEFORE UPDATE ON journal_entry FOR EACH ROW
    WHEN ({_changed("IS DISTINCT FROM")}) EXECUTE FUNCTION journal_refuse()""",
    """CREATE TRIGGER journal_entry_stay BEFORE DELETE ON journal_entry FOR EACH ROW
    EXECUTE FUNCTION journal_refuse()""",
    """CREATE TRIGGER journal_entry_whole BEFORE TRUNCATE ON journal_entry
    EXECUTE FUNCTION journal_refuse()""",
)
NAMES = {
    "sqlite": ("journal_entry_keep", "journal_entry_stay"),
    "postgresql": ("journal_entry_keep", "journal_entry_stay", "journal_entry_whole"),
}


def install() -> None:
    """Make the triggers; a later migration that rebuilds the table on SQLite has to call this again."""
    with connection.cursor() as cursor:
        for sql in SQLITE if connection.vendor == "sqlite" else POSTGRESQL:
            cursor.execute(sql)


def remove() -> None:
    on = "" if connection.vendor == "sqlite" else " ON journal_entry"
    with connection.cursor() as cursor:
        for name in NAMES[connection.vendor]:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def missing() -> list[str]:
    """Names of the triggers that are not there."""
    table = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
    }
    with connection.cursor() as cursor:
        cursor.execute(table[connection.vendor])
        found = {name for (name,) in cursor.fetchall()}
    return [name for name in NAMES[connection.vendor] if name not in found]


@contextmanager
def lifted() -> Iterator[None]:
    """Without triggers: for tests that forge entries, or empty the database between two runs."""
    remove()
    try:
        yield
    finally:
        install()
