"""时限墙: which clocks, and what a row shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from foundation.organization import typed
from foundation.organization.calendar import DAY, WorkCalendar
from foundation.organization.keyset import PK, Key, Keys
from foundation.organization.templatetags.components import day, moment

from ..counting import Unit
from ..models import CaseClock
from ..rule_words import WHO
from .lights import NEAR, light_of

SOONEST: Keys = (Key("due"), PK)
BEGUN: Keys = (Key("starts"), PK)
SUSPENDED = "suspended"


@dataclass(frozen=True)
class Wanted:
    """`only` (of `when`, or suspended), `who` (of WHO), `unit` (an id), `q`; what makes no sense narrows nothing."""

    only: str = ""
    who: str = ""
    unit: int | None = None
    q: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Wanted:
        return cls(
            query.get("only", ""), query.get("who", ""), typed.number(query.get("unit", "")),
            typed.words(query.get("q", "")),
        )  # fmt: skip

    def narrowed(self, rows: QuerySet[CaseClock]) -> QuerySet[CaseClock]:
        """But for `only`, so that its chips can be counted."""
        if self.who in WHO:
            rows = rows.filter(who=self.who)
        if self.unit:
            rows = rows.filter(case__unit=self.unit)
        if self.q:
            words = [f"{name}__icontains" for name in ("name", "case__title", "case__unit__short_name")]
            rows = rows.filter(Q(*[(name, self.q) for name in words], _connector=Q.OR))
        return rows

    def shown(self, rows: QuerySet[CaseClock], now: dt.datetime) -> tuple[QuerySet[CaseClock], Keys]:
        rows = self.narrowed(rows)
        if self.only == SUSPENDED:
            return rows.filter(live=True, due=None), BEGUN
        return rows.filter(when(now).get(self.only, Q()), live=True, due__isnull=False), SOONEST


def when(now: dt.datetime) -> dict[str, Q]:
    """`now` in the office's time."""
    return {
        "overdue": Q(due__lt=now),
        "near": Q(due__range=(now, now + NEAR)),
        "week": Q(due__gte=now, due__lt=_monday(now)),
    }


def counts(rows: QuerySet[CaseClock], now: dt.datetime) -> dict[str, int]:
    """Of each of `when`, in one statement that looks at nothing beyond."""
    near = rows.filter(live=True, due__lte=max(_monday(now), now + NEAR))
    return near.aggregate(**{name: Count("pk", filter=among) for name, among in when(now).items()})


def _monday(now: dt.datetime) -> dt.datetime:
    """The week ends with its Sunday."""
    return dt.datetime.combine(now.date() + DAY * (7 - now.weekday()), dt.time(), now.tzinfo)


def row_of(one: CaseClock, now: dt.datetime, calendar: WorkCalendar) -> dict[str, Any]:
    due = one.due and timezone.localtime(one.due)
    kind, words = light_of(due, one.unit, now, calendar)
    return {
        "clock": one, "kind": kind, "words": words, "who": WHO[one.who], "basis": one.basis,
        "verified": one.verified, "told": one.lapsed_at if one.above else None, "due": due_said(one.due, one.unit),
    }  # fmt: skip


def due_said(due: dt.datetime | None, unit: str) -> str:
    """A day ends at 24:00; hours end with their minute."""
    if due is None:
        return ""
    return moment(due) if unit == Unit.HOUR else f"{day(due)} 24:00"
