"""Everybody has read what is older than yesterday: the bell rings for what is new."""

from __future__ import annotations

import datetime as dt

from foundation.outbox.models import Message
from foundation.outbox.spreading import spread

NEW = dt.timedelta(days=2)


def play_messages(at: dt.datetime) -> None:
    spread(at)
    Message.objects.unread().filter(channel=Message.Channel.SITE, entry__at__lt=at - NEW).update(read_at=at)
