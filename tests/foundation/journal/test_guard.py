"""What is guarded is guarded again whatever becomes of a migration."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from foundation.journal import guard


def stop(*_, **__):
    raise RuntimeError("stop")


def test_a_migration_that_fails_leaves_the_tables_guarded(db, monkeypatch):
    monkeypatch.setattr(MigrationExecutor, "migrate", stop)
    with pytest.raises(RuntimeError, match="stop"):
        call_command("migrate", "documents", "0009", verbosity=0)
    assert guard.missing() == []


def test_nothing_is_taken_off_where_nothing_is_to_be_migrated(db, monkeypatch):
    monkeypatch.setattr(guard, "remove", stop)
    monkeypatch.setattr(guard, "install", lambda: None)
    call_command("migrate", verbosity=0)


def test_asking_whether_there_is_something_to_migrate_touches_no_trigger(db, monkeypatch):
    monkeypatch.setattr(guard, "remove", stop)
    with pytest.raises(SystemExit):
        call_command("migrate", "documents", "0009", check=True, verbosity=0)


def test_a_table_that_has_not_come_so_far_is_guarded_as_far_as_it_goes(db):
    guard.remove()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE documents_archiveitem RENAME COLUMN reason TO later")
    guard.install()
    assert guard.missing() == []
