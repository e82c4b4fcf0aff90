"""Triggers that keep what was issued and every number given as they are, whoever writes.

They are made after every migrate: rebuilding a table on SQLite takes its triggers away.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from ..models.document import SAID

NUMBER = ("organ_id", "code", "year", "number")
ISSUED = """OLD."state" IN ('issued', 'void')"""


def _changed(columns: tuple[str, ...]) -> str:
    differs = "IS NOT" if connection.vendor == "sqlite" else "IS DISTINCT FROM"
    return " OR ".join(f'OLD."{name}" {differs} NEW."{name}"' for name in columns)


def _conditions() -> dict[str, str]:
    return {
        "document_issued_stays": f"{ISSUED} AND ({_changed((*SAID, 'digest', 'file_id', 'state'))})",
        "document_number_stays": f'OLD."number" IS NOT NULL AND ({_changed(NUMBER)})',
    }


def install(**_: Any) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION document_refuse() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'an issued document stays as it is'; END $$"
            )
        for name, condition in _conditions().items():
            cursor.execute(_trigger(name, condition))


def remove() -> None:
    on = "" if connection.vendor == "sqlite" else " ON documents_document"
    with connection.cursor() as cursor:
        for name in _conditions():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


@contextmanager
def lifted() -> Iterator[None]:
    """Without triggers: for tests that forge what is issued."""
    remove()
    try:
        yield
    finally:
        install()


def _trigger(name: str, condition: str) -> str:
    if connection.vendor == "sqlite":
        return (
            f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE UPDATE ON documents_document WHEN {condition} "
            "BEGIN SELECT RAISE(ABORT, 'an issued document stays as it is'); END"
        )
    return (
        f"CREATE OR REPLACE TRIGGER {name} BEFORE UPDATE ON documents_document FOR EACH ROW "
        f"WHEN ({condition}) EXECUTE FUNCTION document_refuse()"
    )
