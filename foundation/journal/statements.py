"""The SQL of moves, worked out once and cached; every later call only fills it in.

Both forms read `old` (id, seq, head, source, v0, v1 …), append an entry for each row of it, then change or
insert the rows. The head of a chain stands on the target row: reading the last entry instead breaks when two
write at once. Rows are locked in the order of their ids, so two batches never wait for each other in a ring.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import F, Model, QuerySet

from .models import Entry
from .prepared import ACTOR, TODAY, Listed, Param, compiled, run

if TYPE_CHECKING:
    from .moves import Move

Statement = tuple[list[str], list[list[Any]]]  # the texts, and what fills each one in

SHA = {"postgresql": "encode(sha256(convert_to({}, 'UTF8')), 'hex')", "sqlite": "sha256({})"}
LAST_ID = "coalesce((SELECT seq FROM sqlite_sequence WHERE name = '{0}'), 0)"
NEXT_ID = {
    "postgresql": "nextval(pg_get_serial_sequence('{0}', 'id'))",
    "sqlite": LAST_ID + " + row_number() OVER ()",
}
FIELDS = (
    "target", "verb", "to", "actor", "post", "behalf", "data", "words", "words_salt", "words_hash", "at",
)  # fmt: skip
ENTRY: list[Any] = [Entry._meta.get_field(name) for name in FIELDS]
COLUMNS = ", ".join(f'"{f.column}"' for f in ENTRY)
APPEND = f"""INSERT INTO journal_entry (target_id, seq, source, hash, {COLUMNS})
SELECT old.id, old.seq + 1, old.source, {{hash}}, {", ".join(["%s"] * len(ENTRY))} FROM old
RETURNING target_id, seq, hash"""
SEALED = "old.head || %s || old.id || '|' || (old.seq + 1) || '|' || old.source || %s"  # as in chain.seal
WRITTEN = [Param(name) for name in (":label", ":content", *(f":{f.column}" for f in ENTRY))]


@lru_cache(None)
def update(move: Move, asked: tuple, given: tuple[str, ...], vendor: str) -> Statement:
    """Change the rows of `ids` that the move allows. `asked`: (column, expression); `given`: "=column"."""
    rows = move.model._base_manager.filter(Listed(F("pk"), Param("ids")), *move.wanted(ACTOR, TODAY))
    old = rows.order_by("pk").select_for_update(of=("self",)).values_list(
        "pk", "journal_seq", "journal_head", move.state, *(value for _, value in asked)
    )  # fmt: skip
    table = move.model._meta.db_table
    sets = [f'"{c}" = old.v{n}' for n, (c, _) in enumerate(asked)] + [f'"{c[1:]}" = %s' for c in given]
    change = (
        f"UPDATE {table} SET {', '.join([*sets, 'journal_seq = j.seq', 'journal_head = j.hash'])} "
        f"FROM old JOIN {{j}} WHERE {table}.id = old.id RETURNING {table}.id"
    )
    return _statement(*compiled(old), len(asked), change, [Param(name) for name in given])


@lru_cache(None)
def insert(
    source: Callable[[], QuerySet] | None,
    model: type[Model],
    asked: tuple,
    given: tuple[str, ...],
    vendor: str,
) -> Statement:
    """A row for every row of `source`, or one."""
    table, columns = model._meta.db_table, [f"v{n}" for n in range(len(asked))]
    sql, params = "SELECT 1", ()
    if source:
        sql, params = compiled(source().order_by("pk").values_list("pk", *(value for _, value in asked)))
    fresh = ", ".join([NEXT_ID[vendor].format(table), "0", "''", "''", *columns])
    old = f"WITH src({', '.join(['pk', *columns])}) AS ({sql}) SELECT {fresh} FROM src"
    names = [f'"{c}"' for c, _ in asked] + [f'"{c[1:]}"' for c in given]
    change = (
        f"INSERT INTO {table} (id, journal_seq, journal_head, {', '.join(names)}) "
        f"SELECT old.id, j.seq, j.hash{''.join(f', old.{c}' for c in columns)}{', %s' * len(given)} "
        f"FROM old JOIN {{j}} WHERE true RETURNING id"
    )
    return _statement(old, params, len(asked), change, [Param(name) for name in given])


def execute(statement: Statement, known: Mapping[str, Any]) -> list[int]:
    """The ids that changed, in one transaction; no savepoint inside an outer one."""
    with transaction.atomic(savepoint=False):
        for sql, template in zip(*statement, strict=True):
            if not (found := run(sql, template, known)):
                return []
    return sorted(row[0] for row in found)


def _statement(old: str, params: Any, width: int, change: str, values: list[Param]) -> Statement:
    """The statements that append and change: one on PostgreSQL, two on SQLite (WITH holds no INSERT there)."""
    head = f"WITH old(id, seq, head, source{''.join(f', v{n}' for n in range(width))}) AS ({old})"
    append = APPEND.format(hash=SHA[connection.vendor].format(SEALED))
    if connection.vendor == "postgresql":
        joined = change.format(j="j ON j.target_id = old.id")
        return [f"{head}, j AS ({append}) {joined}"], [[*params, *WRITTEN, *values]]
    before = change.partition("{j}")[0].count("%s")
    chain = "journal_entry j ON (j.target, j.target_id, j.seq) = (%s, old.id, old.seq + 1)"
    return (
        [f"{head} {append}", f"{head} {change.format(j=chain)}"],
        [[*params, *WRITTEN], [*params, *values[:before], Param(":target"), *values[before:]]],
    )
