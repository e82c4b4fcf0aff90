"""Its tables, made where there are none: a command works on a fresh data folder. And SQLite's statistics."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.db import connection


def ensure_tables() -> None:
    """Migrate a database that was never migrated. One that was is left to whoever operates it."""
    if "django_migrations" not in connection.introspection.table_names():
        call_command("migrate", verbosity=0)


def take_statistics(*, grown: bool) -> list[str]:
    """What SQLite's planner knows of its tables, one after the other so that no writer waits for more than one of them;
    with `grown` of those alone that have doubled. PostgreSQL does it by itself. Which tables that were."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
        known = _rows_known(cursor) if grown else {}
        wanted = [table for table in sorted(tables) if _last(cursor, table) > 2 * known.get(table, 0)]
        for table in wanted:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(table)}")
    return wanted


def _rows_known(cursor: Any) -> dict[str, int]:
    """How many each had when they were taken. A partial index tells of fewer."""
    cursor.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'")
    if not cursor.fetchall():
        return {}
    cursor.execute("SELECT tbl, MAX(CAST(stat AS INTEGER)) FROM sqlite_stat1 GROUP BY tbl")
    return dict(cursor.fetchall())


def _last(cursor: Any, table: str) -> int:
    """Its last row's number: to count them would take as long as the statistics."""
    cursor.execute(f"SELECT MAX(rowid) FROM {connection.ops.quote_name(table)}")  # noqa: S608 - one of our own
    return cursor.fetchone()[0] or 0
