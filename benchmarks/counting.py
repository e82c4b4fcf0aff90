"""What a client sends: statements, savepoints and commits, counted at the last door before the driver."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connections

CONTROL = ("SAVEPOINT", "RELEASE", "ROLLBACK")


@dataclass
class Count:
    statements: int = 0
    savepoints: int = 0  # SAVEPOINT and its RELEASE: two each
    commits: int = 0

    def as_json(self) -> dict[str, int]:
        return asdict(self)


@contextmanager
def counted() -> Iterator[Count]:
    """Count what goes through Django's connection. A BEGIN belongs to its commit and isn't counted."""
    count, wrapper = Count(), connections["default"]

    def see(execute: Callable, sql: str, *rest: Any) -> Any:
        if sql.startswith(CONTROL):
            count.savepoints += 1
        elif not sql.startswith("BEGIN"):
            count.statements += 1
            # A change outside of a transaction commits itself.
            count.commits += not wrapper.in_atomic_block and not sql.startswith("SELECT")
        return execute(sql, *rest)

    def commit() -> None:
        count.commits += 1
        send()

    send, wrapper._commit = wrapper._commit, commit
    try:
        with wrapper.execute_wrapper(see):
            yield count
    finally:
        del wrapper._commit
