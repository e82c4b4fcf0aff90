"""Numbers without a gap, whatever they are counted in: 发文字号 in a register, 件号 in a series."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F

from .models import Register, Series


def next_in(counter: type[Register] | type[Series], **which: Any) -> tuple[int, int]:
    """(the row that counts, its next number). Whoever asks at the same time waits for this transaction, and a
    rollback gives the number back: no gap, no number twice."""
    pk, last = last_in(counter, **which)
    take(counter, pk, 1)
    return pk, last + 1


def last_in(counter: type[Register] | type[Series], **which: Any) -> tuple[int, int]:
    """(the row that counts, the number given last), held until the transaction ends: `take` as many as were used."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a number is given inside the transaction that uses it")
    rows: Any = counter.objects
    rows.get_or_create(**which)
    row = rows.select_for_update().get(**which)
    return row.pk, row.last


def take(counter: type[Register] | type[Series], pk: int, count: int) -> None:
    rows: Any = counter.objects
    rows.filter(pk=pk).update(last=F("last") + count)
