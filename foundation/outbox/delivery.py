"""What should have gone out and has not: late, or given up. For the page and for whoever watches the site."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from foundation.organization.keyset import NEWEST, Page, page_of

from .channels import channels
from .models import Message
from .registry import name_of

LATE = dt.timedelta(minutes=15)  # after it was planned; a round is made every ten seconds
State = Message.State


def by_channel(at: dt.datetime) -> list[dict[str, Any]]:
    """Of every open channel, and of one that is closed by now and still has something: waiting, late, failed."""
    unsent = Message.objects.filter(state__in=(State.WAITING, State.FAILED)).order_by()
    counted = unsent.values("channel").annotate(
        waiting=Count("pk", Q(state=State.WAITING)),
        late=Count("pk", late(at)),
        failed=Count("pk", Q(state=State.FAILED)),
    )
    found = {one["channel"]: one for one in counted}
    names = {one.code: one.name for one in channels()}
    labels = dict(Message.Channel.choices)
    empty = {"waiting": 0, "late": 0, "failed": 0}
    return [
        empty | found.get(code, {}) | {"name": names.get(code, labels.get(code, code)), "open": code in names}
        for code in dict.fromkeys([*names, *found])
    ]


def alarm() -> str:
    """For the page of administration."""
    failed = Message.objects.filter(state=State.FAILED).count()
    waiting = Message.objects.filter(late(timezone.now())).count()
    told = ((failed, "条未送达"), (waiting, "条晚点"))
    return "，".join(f"{count} {says}" for count, says in told if count)


def late(at: dt.datetime) -> Q:
    return Q(state=State.WAITING, planned__lt=at - LATE)


def page_of_unsent(query: QueryDict, at: dt.datetime) -> Page:
    rows = Message.objects.filter(late(at) | Q(state=State.FAILED))
    page = page_of(rows, NEWEST, query, dress=_dress)
    for row in page.rows:
        row.name = name_of(row.kind)
    return page


def _dress(rows: QuerySet[Message]) -> QuerySet[Message]:
    return rows.select_related("entry", "person", "seat__unit")
