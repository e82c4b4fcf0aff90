"""Triggers that keep what is archived as it is, whoever writes. They are made anew after every migration."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

KEPT = {  # columns that stay
    "documents_document": (
        "kind", "title", "organ_id", "unit_id", "code", "year", "number", "issued_on", "content", "file_id",
    ),
    "documents_archiveitem": (
        "document_id", "series_id", "number", "reference", "year", "term", "basis", "reason", "archived_on",
        "content", "digest",
    ),
}  # fmt: skip
ARCHIVED = """EXISTS (SELECT 1 FROM documents_archiveitem
    WHERE document_id = OLD.id AND state = 'archived')"""
WHEN = {"documents_document": ARCHIVED, "documents_archiveitem": "true"}


def install() -> None:
    """Both triggers of each table, those that were there before replaced."""
    remove()
    with connection.cursor() as cursor:
        for table in KEPT:
            for sql in MAKE[connection.vendor](table):
                cursor.execute(sql)


def remove() -> None:
    with connection.cursor() as cursor:
        for table in KEPT:
            on = "" if connection.vendor == "sqlite" else f" ON {table}"
            for name in ("keep", "stay"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}{on}")


@contextmanager
def lifted() -> Iterator[None]:
    """Without triggers: for tests that forge what is archived, or empty the database between two runs."""
    remove()
    try:
        yield
    finally:
        install()


def _changed(table: str, differs: str) -> str:
    return " OR ".join(f'OLD."{column}" {differs} NEW."{column}"' for column in KEPT[table])


def _sqlite(table: str) -> list[str]:
    end = "BEGIN SELECT RAISE(ABORT, 'archived: not to be changed'); END"
    return [
        f"""CREATE TRIGGER {table}_keep BEFORE UPDATE ON {table}
        WHEN ({_changed(table, "IS NOT")}) AND {WHEN[table]} {end}""",
        f"CREATE TRIGGER {table}_stay BEFORE DELETE ON {table} WHEN {WHEN[table]} {end}",
    ]


def _postgresql(table: str) -> list[str]:
    """A condition that asks another table has to stand in the function."""
    return [
        f"""CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF {WHEN[table]} THEN RAISE EXCEPTION 'archived: not to be changed'; END IF;
        RETURN coalesce(NEW, OLD); END $$""",
        f"""CREATE TRIGGER {table}_keep BEFORE UPDATE ON {table} FOR EACH ROW
        WHEN ({_changed(table, "IS DISTINCT FROM")}) EXECUTE FUNCTION {table}_refuse()""",
        f"""CREATE TRIGGER {table}_stay BEFORE DELETE ON {table} FOR EACH ROW
        EXECUTE FUNCTION {table}_refuse()""",
    ]


MAKE = {"sqlite": _sqlite, "postgresql": _postgresql}
