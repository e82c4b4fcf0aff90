"""Triggers that keep rows as they are, whoever writes: of the journal, and of what a room above names in KEPT.

They are taken off before tables change and made anew after it: SQLite rebuilds tables, and loses them on the way.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from django.db import connection, transaction


@dataclass(frozen=True)
class Kept:
    """`columns` of a row stay while `when` holds, and the row is not deleted."""

    name: str
    table: str
    columns: tuple[str, ...]
    says: str
    when: str = "true"
    but: str = ""  # what an update must not do either
    whole: bool = False  # nor can the table be emptied at once


KEPT = [
    Kept(
        "journal_entry", "journal_entry",
        ("id", "target", "target_id", "seq", "verb", "source", "to", "actor_id", "post_id", "behalf_id", "data",
         "words_hash", "at", "hash"),
        "journal is append-only", but='NEW."words" IS NOT NULL', whole=True,
    )
]  # fmt: skip
FOUND = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": """SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
        WHERE NOT tgisinternal AND tgenabled <> 'D'""",
}
REFUSE = """CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$"""


def install() -> None:
    """Anew, on the tables that there are."""
    with transaction.atomic(), connection.cursor() as cursor:
        remove()
        if connection.vendor == "postgresql":
            cursor.execute(REFUSE)
        for one in list(_there()):
            for sql in _made(one).values():
                cursor.execute(sql)


def remove() -> None:
    with connection.cursor() as cursor:
        for one in list(_there()):
            for name in _made(one):
                on = "" if connection.vendor == "sqlite" else f" ON {one.table}"
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def missing() -> list[str]:
    """Names of the triggers that are not there, or not on their table."""
    with connection.cursor() as cursor:
        cursor.execute(FOUND[connection.vendor])
        found = set(cursor.fetchall())
    return [name for one in KEPT for name in _made(one) if (name, one.table) not in found]


@contextmanager
def lifted() -> Iterator[None]:
    """Without triggers: for tests that forge, or empty the database between two runs."""
    remove()
    try:
        yield
    finally:
        install()


def _there() -> Iterator[Kept]:
    """As far as the tables have come: a migration that failed may have made half of them."""
    asked = connection.introspection
    with connection.cursor() as cursor:
        tables = asked.table_names(cursor)
        for one in KEPT:
            if one.table in tables:
                here = {column.name for column in asked.get_table_description(cursor, one.table)}
                yield replace(one, columns=tuple(name for name in one.columns if name in here))


def _made(one: Kept) -> dict[str, str]:
    """How its triggers are made, by their names."""
    return {"sqlite": _sqlite, "postgresql": _postgresql}[connection.vendor](one)


def _sqlite(one: Kept) -> dict[str, str]:
    end = f"BEGIN SELECT RAISE(ABORT, '{one.says}'); END"
    keep, stay = f"{one.name}_keep", f"{one.name}_stay"
    return {
        keep: f"CREATE TRIGGER {keep} BEFORE UPDATE ON {one.table} WHEN {_changed(one, 'IS NOT')} {end}",
        stay: f"CREATE TRIGGER {stay} BEFORE DELETE ON {one.table} WHEN {one.when} {end}",
    }


def _postgresql(one: Kept) -> dict[str, str]:
    refuse = f"EXECUTE FUNCTION journal_refuse('{one.says}')"
    keep, stay, whole = (f"{one.name}_{end}" for end in ("keep", "stay", "whole"))
    made = {
        keep: f"CREATE TRIGGER {keep} BEFORE UPDATE ON {one.table} FOR EACH ROW "
        f"WHEN ({_changed(one, 'IS DISTINCT FROM')}) {refuse}",
        stay: f"CREATE TRIGGER {stay} BEFORE DELETE ON {one.table} FOR EACH ROW WHEN ({one.when}) {refuse}",
    }
    if one.whole:
        made[whole] = f"CREATE TRIGGER {whole} BEFORE TRUNCATE ON {one.table} {refuse}"
    return made


def _changed(one: Kept, differs: str) -> str:
    every = [f'OLD."{column}" {differs} NEW."{column}"' for column in one.columns]
    return f"{one.when} AND ({' OR '.join([*every, *([one.but] if one.but else [])])})"
