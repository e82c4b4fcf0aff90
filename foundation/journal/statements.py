"""The SQL of moves, worked out once and cached; every later call only fills it in.

Both forms read `old` (id, seq, head, source, v0, v1 …), append an entry for each row of it, then change the rows
that have a new entry, or insert those of `old`. The head of a chain stands on the target row: reading the last entry
instead breaks when two write at once. Rows are locked in the order of their ids, so two batches never wait for each other in a ring.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Model, QuerySet

from .prepared import ACTOR, LISTED, TODAY, Listed, compiled, expressions, inlined, run, vendor

if TYPE_CHECKING:
    from .moves import Move

Statement = tuple[list[str], dict[str, Any]]  # the texts, and the values in them that never change

SHA = {"postgresql": "encode(sha256(convert_to({}, 'UTF8')), 'hex')", "sqlite": "sha256({})"}
JSON = {"postgresql": "{}::jsonb", "sqlite": "{}"}
LAST_ID = "coalesce((SELECT seq FROM sqlite_sequence WHERE name = '{0}'), 0)"
NEXT_ID = {
    "postgresql": "nextval(pg_get_serial_sequence('{0}', 'id'))",
    "sqlite": LAST_ID + " + {1}",
}
APPEND = """INSERT INTO journal_entry (
    target_id, seq, source, hash, target, verb, "to", actor_id, post_id, behalf_id, data, words, words_salt,
    words_hash, at
) SELECT
    old.id, old.seq + 1, old.source, {hash}, %(entry_target)s, %(entry_verb)s, %(entry_to)s, %(entry_actor)s,
    %(actor)s, %(entry_behalf)s, {data}, {words}, %(entry_salt)s, %(entry_digest)s, %(at)s
FROM old RETURNING target_id, seq, hash"""
# As in chain.seal.
SEALED = (
    "old.head || %(entry_label)s || old.id || '|' || (old.seq + 1) || '|' || old.source || %(entry_content)s"
)


# The new entries: those of a table's rows, and those of the rows of `old`.
OF_TABLE = {
    "postgresql": "j WHERE j.target_id = {0}.id",
    "sqlite": "journal_entry j WHERE (j.target, j.target_id, j.seq) = (%(entry_target)s, {0}.id, {0}.journal_seq + 1)"
    " AND {0}.id" + LISTED["sqlite"].format("%(ids)s"),
}
OF_OLD = {
    "postgresql": "j ON j.target_id = old.id",
    "sqlite": "journal_entry j ON (j.target, j.target_id, j.seq) = (%(entry_target)s, old.id, old.seq + 1)",
}


def _entry(model: type[Model], verb: str, to: str) -> dict[str, str]:
    """What all entries of one statement have alike."""
    target = model._meta.label_lower
    told = {"target": target, "label": f"|{target}:", "verb": verb, "to": to}
    return {f"entry_{name}": value for name, value in told.items()}


@lru_cache(None)
def update(move: Move, asked: tuple, given: tuple[str, ...]) -> Statement:
    """Change the rows of `ids` that the move allows. `asked`: (column, expression); `given`: columns."""
    rows = move.model._base_manager.filter(Listed("pk"), *move.wanted(ACTOR, TODAY))
    old = rows.order_by("pk").select_for_update(of=("self",)).values_list(
        "pk", "journal_seq", "journal_head", move.state
    )  # fmt: skip
    table, (found, fixed) = move.model._meta.db_table, compiled(old)
    values, also = expressions(move.model, [value for _, value in asked])
    sets = [f'"{c}" = {value}' for (c, _), value in zip(asked, values, strict=True)]
    sets += [f'"{c}" = %(new_{c})s' for c in given]
    change = (
        f"UPDATE {table} SET {', '.join([*sets, 'journal_seq = j.seq', 'journal_head = j.hash'])} "
        f"FROM {OF_TABLE[vendor()].format(table)} RETURNING {table}.id"
    )
    same = _entry(move.model, move.verb, move.target)
    return _together(*_appended(found), change, fixed | also | same)


@lru_cache(None)
def insert(
    source: Callable[[], QuerySet] | None,
    model: type[Model],
    verb: str,
    to: str,
    asked: tuple,
    given: tuple[str, ...],
) -> Statement:
    """A row for every row of `source`, or one."""
    table, columns = model._meta.db_table, [f"v{n}" for n in range(len(asked))]
    sql, fixed = "SELECT 1", dict[str, Any]()
    if source:
        sql, fixed = compiled(source().order_by("pk").values_list("pk", *(value for _, value in asked)))
    number = NEXT_ID[vendor()].format(table, "row_number() OVER ()" if source else "1")
    fresh = ", ".join([number, "0", "''", "''", *columns])
    old = f"WITH src({', '.join(['pk', *columns])}) AS ({sql}) SELECT {fresh} FROM src"
    names = [f'"{c}"' for c, _ in asked] + [f'"{c}"' for c in given]
    values = [f"%(new_{c})s" for c in given]
    head, append = _appended(old, columns)
    change = (
        f"INSERT INTO {table} (id, journal_seq, journal_head, {', '.join(names)}) "
        f"SELECT {', '.join(['old.id', 'j.seq', 'j.hash', *(f'old.{c}' for c in columns), *values])} "
        f"FROM old JOIN {OF_OLD[vendor()]} WHERE true RETURNING id"
    )
    change = change if vendor() == "postgresql" else f"{head} {change}"
    return _together(head, append, change, fixed | _entry(model, verb, to))


def execute(statement: Statement, known: dict[str, Any], given: Mapping[str, Any]) -> list[int]:
    """The ids that changed, in one transaction; no savepoint inside an outer one."""
    texts, fixed = statement
    values = fixed | known | {f"new_{column}": value for column, value in given.items()}
    with _whole(texts):
        for sql in texts:
            if not (found := run(sql, values)):
                return []
    return sorted(row[0] for row in found)


def _whole(texts: list[str]) -> AbstractContextManager[None]:
    """A single statement is a transaction by itself: BEGIN and COMMIT would be two more ways to the server. Of several
    inside an outer one it is enough that half of them are never committed."""
    if len(texts) == 1:
        return nullcontext()
    inside = transaction.get_connection().in_atomic_block
    return transaction.mark_for_rollback_on_error() if inside else transaction.atomic()


def _appended(old: str, columns: Iterable[str] = ()) -> tuple[str, str]:
    """`old` by its SQL, and the entries of its rows."""
    head = f"WITH old({', '.join(['id', 'seq', 'head', 'source', *columns])}) AS ({old})"
    texts = {name: JSON[vendor()].format(f"%(entry_{name})s") for name in ("data", "words")}
    return head, APPEND.format(hash=SHA[vendor()].format(SEALED), **texts)


def _together(head: str, append: str, change: str, fixed: dict[str, Any]) -> Statement:
    """The statements that append and change: one on PostgreSQL, two on SQLite (WITH holds no INSERT there)."""
    one = vendor() == "postgresql"
    texts = [f"{head}, j AS ({append}) {change}"] if one else [f"{head} {append}", change]
    told = [inlined(text, fixed) for text in texts]
    return [text for text, _ in told], told[0][1]
