"""What a person does with their messages."""

from __future__ import annotations

import datetime as dt

from .models import Message


def read(*, person: int, at: dt.datetime, message: int | None = None, upto: int | None = None) -> int:
    """One, or all up to the newest that was on the page: what came since stays unread. How many were."""
    unread = Message.objects.of(person).unread()
    if message is not None:
        unread = unread.filter(pk=message)
    if upto is not None:
        unread = unread.filter(pk__lte=upto)
    return unread.update(read_at=at)
