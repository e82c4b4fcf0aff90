"""Pages by key: the next fifty after the last one shown, as fast on page 1,000 as on the first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.http import QueryDict

from .models import Task

SIZE = 50


@dataclass(frozen=True)
class Page:
    rows: list[Task]
    older: str  # addresses of the neighbours, empty where there is none
    newer: str

    @property
    def text(self) -> str:
        return f"本页 {len(self.rows)} 件"


def page_of(query: QueryDict, rows: QuerySet[Task], size: int = SIZE) -> Page:
    """By due day, tasks without one last. A key that makes no sense gives the first page; one query."""
    after, before = _key(query.get("after", "")), _key(query.get("before", ""))
    if before:
        found = list(rows.filter(_beyond(before, back=True)).order_by(F("due_on").desc(nulls_first=True), "-pk")[: size + 1])  # fmt: skip
        shown = found[:size][::-1]
        return Page(shown, _address(query, "after", shown[-1:]), _address(query, "before", shown[:1] if len(found) > size else []))  # fmt: skip
    ordered = rows.filter(_beyond(after)) if after else rows
    found = list(ordered.order_by(F("due_on").asc(nulls_last=True), "pk")[: size + 1])
    more, shown = len(found) > size, found[:size]
    return Page(
        shown, _address(query, "after", shown[-1:] if more else []), _address(query, "before", shown[:1] if after else [])
    )  # fmt: skip


def _beyond(key: tuple[dt.date | None, int], back: bool = False) -> Q:
    due, pk = key
    side = "lt" if back else "gt"
    if due is None:
        same = Q(due_on=None, **{f"pk__{side}": pk})
        return same | Q(due_on__isnull=False) if back else same
    beyond = Q(**{f"due_on__{side}": due}) | Q(due_on=due, **{f"pk__{side}": pk})
    return beyond if back else beyond | Q(due_on=None)


def _key(text: str) -> tuple[dt.date | None, int] | None:
    """ "2026-06-30_17", "none_17"."""
    day, _, pk = text.partition("_")
    if not pk.isdecimal():
        return None
    try:
        return (None if day == "none" else dt.date.fromisoformat(day)), int(pk)
    except ValueError:
        return None


def _address(query: QueryDict, side: str, rows: list[Task]) -> str:
    if not rows:
        return ""
    kept = query.copy()
    for name in ("after", "before"):
        kept.pop(name, None)
    kept[side] = f"{rows[0].due_on or 'none'}_{rows[0].pk}"
    return f"?{kept.urlencode()}"
