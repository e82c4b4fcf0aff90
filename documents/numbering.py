"""Numbers without a gap, whatever they are counted in: 发文字号 in a register, 件号 in a series."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F

from .models import Register, Series


def next_in(counter: type[Register] | type[Series], **which: Any) -> tuple[int, int]:
    """(the row that counts, its next number). Whoever asks at the same time waits for this transaction, and a
    rollback gives the number back: no gap, no number twice."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a number is given inside the transaction that uses it")
    rows: Any = counter.objects
    rows.get_or_create(**which)
    row = rows.select_for_update().get(**which)
    rows.filter(pk=row.pk).update(last=F("last") + 1)
    return row.pk, row.last + 1
