"""What a person does with their messages, and the office with those that did not arrive."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.utils import timezone

from foundation.organization.actors import Actor
from foundation.organization.models import Appointment
from foundation.organization.permissions import EDITORS
from foundation.organization.refusals import Refused

from .models import Message, Preference

ONLY_KEEPERS = "未送达的消息只由系统管理员和安委办处理。"
State = Message.State


def read(*, person: int, at: dt.datetime, message: int | None = None, upto: int | None = None) -> int:
    """One, or all up to the newest that was on the page: what came since stays unread. How many were."""
    unread = Message.objects.of(person).unread()
    if message is not None:
        unread = unread.filter(pk=message)
    if upto is not None:
        unread = unread.filter(pk__lte=upto)
    return unread.update(read_at=at)


def prefer(*, person: int, wishes: Mapping[str, Any]) -> None:
    """How one wants to be told from now on; what is planned already goes out as it was, but not by what is
    off now."""
    Preference.objects.update_or_create(person_id=person, defaults=dict(wishes))


def send_again(*, messages: Collection[int] | None, actor: Actor, at: dt.datetime) -> int:
    """Some of those that did not arrive, or all: with all their tries, under the same ids. How many."""
    seats = Appointment.objects.in_force(timezone.localdate(at))
    if not seats.filter(pk=actor.post or 0, post__in=EDITORS).exists():
        raise Refused(ONLY_KEEPERS)
    rows = Message.objects.filter(state=State.FAILED)
    if messages is not None:
        rows = rows.filter(parcel__in=rows.filter(pk__in=messages).values("parcel"))
    return rows.update(state=State.WAITING, due=at, tries=0, ended=None)
