"""草稿: what a post has begun and not sent. Told from above, like subjects: approvals knows no task, no plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import IntegerField, Q, QuerySet, Value
from django.http import QueryDict

from foundation.organization.calendar import WorkCalendar
from foundation.organization.keyset import PK, Key, Page, page_of

LATEST = (Key("written", down=True), Key("begun", whole=True), PK)


@dataclass(frozen=True)
class Begun:
    """One kind of draft. `rows` are those a post may go on with, `written` says when somebody last did; `line`
    is one of them as components/work_item.html takes it; `found` those that words find."""

    rows: Callable[[Any, Any], QuerySet]  # (post, day): values, or parameters of a prepared statement
    line: Callable[[Any, dt.date, WorkCalendar], dict[str, Any]]
    found: Callable[[str], Q]


KINDS: list[Begun] = []


def register(begun: Begun) -> None:
    """In AppConfig.ready, like approvals/subjects.py."""
    KINDS.append(begun)


def drafts_of(post: Any, day: Any) -> list[QuerySet]:
    """A queryset for every kind."""
    return [begun.rows(post, day) for begun in KINDS]


def page_of_drafts(post: int, day: dt.date, words: str, query: QueryDict, size: int) -> Page:
    """What was written last comes first, whatever it is; one query for every kind."""
    rows = [
        begun.rows(post, day)
        .filter(begun.found(words) if words else Q())
        .annotate(begun=Value(n, IntegerField()))
        for n, begun in enumerate(KINDS)
    ]
    return page_of(rows, LATEST, query, size)


def line(row: Any, today: dt.date, calendar: WorkCalendar) -> dict[str, Any]:
    shown = KINDS[row.begun].line(row, today, calendar)
    return {"arrived": row.written, "came": "改"} | shown
