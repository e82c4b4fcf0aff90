"""The SQL of moves, worked out once and cached; every later call only fills it in.

Both forms read `old` (id, seq, head, source, v0, v1 …), append an entry for each row of it, then change or
insert the rows. The head of a chain stands on the target row: reading the last entry instead breaks when two
write at once. Rows are locked in the order of their ids, so two batches never wait for each other in a ring.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Model, QuerySet

from .prepared import ACTOR, TODAY, Listed, compiled, run, vendor

if TYPE_CHECKING:
    from .moves import Move

Statement = tuple[list[str], dict[str, Any]]  # the texts, and the values in them that never change

SHA = {"postgresql": "encode(sha256(convert_to({}, 'UTF8')), 'hex')", "sqlite": "sha256({})"}
LAST_ID = "coalesce((SELECT seq FROM sqlite_sequence WHERE name = '{0}'), 0)"
NEXT_ID = {
    "postgresql": "nextval(pg_get_serial_sequence('{0}', 'id'))",
    "sqlite": LAST_ID + " + row_number() OVER ()",
}
APPEND = """INSERT INTO journal_entry (
    target_id, seq, source, hash, target, verb, "to", actor_id, post_id, behalf_id, data, words, words_salt,
    words_hash, at
) SELECT
    old.id, old.seq + 1, old.source, {hash}, %(entry_target)s, %(entry_verb)s, %(entry_to)s, %(entry_actor)s,
    %(actor)s, %(entry_behalf)s, %(entry_data)s, %(entry_words)s, %(entry_salt)s, %(entry_digest)s, %(at)s
FROM old RETURNING target_id, seq, hash"""
# As in chain.seal.
SEALED = (
    "old.head || %(entry_label)s || old.id || '|' || (old.seq + 1) || '|' || old.source || %(entry_content)s"
)


@lru_cache(None)
def update(move: Move, asked: tuple, given: tuple[str, ...]) -> Statement:
    """Change the rows of `ids` that the move allows. `asked`: (column, expression); `given`: columns."""
    rows = move.model._base_manager.filter(Listed("pk"), *move.wanted(ACTOR, TODAY))
    old = rows.order_by("pk").select_for_update(of=("self",)).values_list(
        "pk", "journal_seq", "journal_head", move.state, *(value for _, value in asked)
    )  # fmt: skip
    table = move.model._meta.db_table
    sets = [f'"{c}" = old.v{n}' for n, (c, _) in enumerate(asked)] + [f'"{c}" = %(new_{c})s' for c in given]
    change = (
        f"UPDATE {table} SET {', '.join([*sets, 'journal_seq = j.seq', 'journal_head = j.hash'])} "
        f"FROM old JOIN {{j}} WHERE {table}.id = old.id RETURNING {table}.id"
    )
    return _statement(*compiled(old), len(asked), change)


@lru_cache(None)
def insert(
    source: Callable[[], QuerySet] | None,
    model: type[Model],
    asked: tuple,
    given: tuple[str, ...],
) -> Statement:
    """A row for every row of `source`, or one."""
    table, columns = model._meta.db_table, [f"v{n}" for n in range(len(asked))]
    sql, fixed = "SELECT 1", dict[str, Any]()
    if source:
        sql, fixed = compiled(source().order_by("pk").values_list("pk", *(value for _, value in asked)))
    fresh = ", ".join([NEXT_ID[vendor()].format(table), "0", "''", "''", *columns])
    old = f"WITH src({', '.join(['pk', *columns])}) AS ({sql}) SELECT {fresh} FROM src"
    names = [f'"{c}"' for c, _ in asked] + [f'"{c}"' for c in given]
    values = [f"%(new_{c})s" for c in given]
    change = (
        f"INSERT INTO {table} (id, journal_seq, journal_head, {', '.join(names)}) "
        f"SELECT {', '.join(['old.id', 'j.seq', 'j.hash', *(f'old.{c}' for c in columns), *values])} "
        f"FROM old JOIN {{j}} WHERE true RETURNING id"
    )
    return _statement(old, fixed, len(asked), change)


def execute(statement: Statement, known: dict[str, Any], given: Mapping[str, Any]) -> list[int]:
    """The ids that changed, in one transaction; no savepoint inside an outer one."""
    texts, fixed = statement
    values = fixed | known | {f"new_{column}": value for column, value in given.items()}
    # A single statement is a transaction by itself: BEGIN and COMMIT would be two more ways to the server.
    together = transaction.atomic(savepoint=False) if len(texts) > 1 else nullcontext()
    with together:
        for sql in texts:
            if not (found := run(sql, values)):
                return []
    return sorted(row[0] for row in found)


def _statement(old: str, fixed: dict[str, Any], width: int, change: str) -> Statement:
    """The statements that append and change: one on PostgreSQL, two on SQLite (WITH holds no INSERT there)."""
    head = f"WITH old(id, seq, head, source{''.join(f', v{n}' for n in range(width))}) AS ({old})"
    append = APPEND.format(hash=SHA[vendor()].format(SEALED))
    if vendor() == "postgresql":
        joined = change.format(j="j ON j.target_id = old.id")
        return [f"{head}, j AS ({append}) {joined}"], fixed
    chain = "journal_entry j ON (j.target, j.target_id, j.seq) = (%(entry_target)s, old.id, old.seq + 1)"
    return [f"{head} {append}", f"{head} {change.format(j=chain)}"], fixed
