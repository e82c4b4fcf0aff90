"""A command works on a fresh data folder: the tables are made when there are none."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection


def ensure_tables() -> None:
    """Migrate a database that was never migrated. One that was is left to whoever operates it."""
    if "django_migrations" not in connection.introspection.table_names():
        call_command("migrate", verbosity=0)
