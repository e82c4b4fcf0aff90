"""Every journal entry once, in whatever order they become visible.

On SQLite writers come one after the other, and ids with them. On PostgreSQL an id is taken when a row is written and
seen when its transaction commits: entry 8 may be there before entry 7. What is missing below the highest id seen is a
gap. Who could still fill it holds a lock on the table from before it took the id until it is over, committed or not:
`writers()` names them. A gap is closed for good when it was read once more after all of them had gone.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db import connection
from django.db.models import Max, Q, QuerySet

from foundation.journal.models import Entry

from .models import Cursor
from .registry import COLUMNS, Event

Gap = tuple[int, int, list[str]]  # first and last id, and who may fill it
WRITERS = """SELECT DISTINCT virtualtransaction FROM pg_locks
    WHERE locktype = 'relation' AND relation = 'journal_entry'::regclass AND mode = 'RowExclusiveLock' AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND pid <> pg_backend_pid()"""


def anything_new() -> bool:
    """Asked every few seconds: takes no lock."""
    cursor = Cursor.objects.first() or Cursor()
    return bool(cursor.gaps) or (Entry.objects.aggregate(last=Max("pk"))["last"] or 0) > cursor.upto


def held() -> Cursor:
    """Until the transaction ends: two who spread come one after the other."""
    return Cursor.objects.select_for_update().get_or_create(pk=1)[0]


def take(cursor: Cursor, most: int) -> tuple[list[Event], bool]:
    """The entries that nobody took, and whether there are more. The cursor is written back."""
    before = cursor.upto, cursor.gaps
    late = _late(cursor) if cursor.gaps else []
    fresh = _read(Entry.objects.filter(pk__gt=cursor.upto), most)
    if fresh:
        if connection.vendor == "postgresql":
            cursor.gaps = [*cursor.gaps, *_missing(cursor.upto, [one.id for one in fresh])]
        cursor.upto = fresh[-1].id
    if (cursor.upto, cursor.gaps) != before:
        cursor.save(update_fields=["upto", "gaps"])
    return [*late, *fresh], len(fresh) == most


def _late(cursor: Cursor) -> list[Event]:
    """What came into the gaps. The writers are asked for first: whoever is gone by then is seen below."""
    writing, gaps = writers(), cursor.gaps
    found = _read(Entry.objects.filter(reduce(or_, (Q(pk__range=gap[:2]) for gap in gaps))))
    cursor.gaps = [
        (*left, who)
        for first, last, who in gaps
        if not writing.isdisjoint(who)
        for left in _holes(first - 1, [one.id for one in found if first <= one.id <= last], last + 1)
    ]
    return found


def _missing(upto: int, ids: list[int]) -> list[Gap]:
    """The writers are asked for last: whoever may fill a gap was writing when the ids were read, and still is, or has
    ended since. Then nobody is named, and the gap is read once more."""
    holes = list(_holes(upto, ids, ids[-1]))
    who = sorted(writers()) if holes else []
    return [(first, last, who) for first, last in holes]


def _holes(before: int, ids: Iterable[int], after: int) -> Iterable[tuple[int, int]]:
    for one in (*ids, after):
        if one > before + 1:
            yield before + 1, one - 1
        before = one


def writers() -> set[str]:
    """Transactions that have written to the journal and are not over, all but this one."""
    with connection.cursor() as cursor:
        cursor.execute(WRITERS)
        return {name for (name,) in cursor.fetchall()}


def _read(rows: QuerySet[Entry], most: int | None = None) -> list[Event]:
    return [Event(*row) for row in rows.order_by("pk").values_list(*COLUMNS)[:most]]
