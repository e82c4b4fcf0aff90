"""Triggers that keep what was issued, every number given, and what is archived as they are, whoever writes.

They are taken off before a migration and made anew after it: SQLite rebuilds tables, and loses them on the way.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection

from .models.document import SAID


@dataclass(frozen=True)
class Kept:
    """`columns` of a row stay while `when` holds, and the row is not deleted."""

    name: str
    table: str
    when: str
    columns: tuple[str, ...]
    says: str


KEPT = (
    Kept(
        "issued", "documents_document", """OLD."state" IN ('issued', 'void')""",
        (*SAID, "digest", "file_id", "state"), "an issued document stays as it is",
    ),
    Kept(
        "number", "documents_document", 'OLD."number" IS NOT NULL',
        ("organ_id", "code", "year", "number", "original_id"), "a number that was given stays",
    ),
    Kept(
        "item", "documents_archiveitem", 'OLD."number" IS NOT NULL',
        ("document_id", "series_id", "number", "reference", "year", "term", "basis", "reason", "archived_on", "content",
         "digest"), "archived: not to be changed",
    ),
    Kept(
        "void", "documents_archiveitem", """OLD."state" = 'void'""", ("state",), "archived: void for good",
    ),
)  # fmt: skip
TABLES = tuple(dict.fromkeys(one.table for one in KEPT))
FOUND = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN (%s, %s)",
    "postgresql": """SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
        WHERE NOT tgisinternal AND relname IN (%s, %s)""",
}


def install() -> None:
    """In place of whatever triggers these tables had."""
    remove()
    with connection.cursor() as cursor:
        for one in KEPT:
            for sql in MAKE[connection.vendor](one):
                cursor.execute(sql)


def remove() -> None:
    with connection.cursor() as cursor:
        cursor.execute(FOUND[connection.vendor], TABLES)
        for name, table in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else f" ON {table}"))


@contextmanager
def lifted() -> Iterator[None]:
    """Without triggers: for tests that forge, or empty the database between two runs."""
    remove()
    try:
        yield
    finally:
        install()


def _changed(one: Kept, differs: str) -> str:
    return " OR ".join(f'OLD."{column}" {differs} NEW."{column}"' for column in one.columns)


def _sqlite(one: Kept) -> list[str]:
    end = f"BEGIN SELECT RAISE(ABORT, '{one.says}'); END"
    return [
        f"""CREATE TRIGGER documents_{one.name}_keep BEFORE UPDATE ON {one.table}
        WHEN {one.when} AND ({_changed(one, "IS NOT")}) {end}""",
        f"CREATE TRIGGER documents_{one.name}_stay BEFORE DELETE ON {one.table} WHEN {one.when} {end}",
    ]


def _postgresql(one: Kept) -> list[str]:
    refuse = f"EXECUTE FUNCTION documents_refuse('{one.says}')"
    return [
        """CREATE OR REPLACE FUNCTION documents_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$""",
        f"""CREATE TRIGGER documents_{one.name}_keep BEFORE UPDATE ON {one.table} FOR EACH ROW
        WHEN ({one.when} AND ({_changed(one, "IS DISTINCT FROM")})) {refuse}""",
        f"""CREATE TRIGGER documents_{one.name}_stay BEFORE DELETE ON {one.table} FOR EACH ROW
        WHEN ({one.when}) {refuse}""",
    ]


MAKE = {"sqlite": _sqlite, "postgresql": _postgresql}
