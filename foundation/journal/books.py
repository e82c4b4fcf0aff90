"""Master data has no state to move: its changes stand in a book, one chain for all of it.

One chain means that two who change units at once wait for each other; both are rare and short.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from foundation.organization.actors import Actor

from .models import Book
from .moves import record

MASTER = "organization"


def write(
    verb: str, actor: Actor, at: dt.datetime, data: Mapping[str, Any], words: Mapping[str, Any]
) -> None:
    """Listener of organization/audit.py, inside the transaction of the change."""
    book, _ = Book.objects.get_or_create(name=MASTER)
    record(Book, book.pk, verb, actor=actor, at=at, data=data, words=words, state="name")
