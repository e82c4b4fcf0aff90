"""登记册: what is looked for in one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db.models import Count, Max, Q, QuerySet
from django.utils.dateparse import parse_date

from foundation.organization import typed
from foundation.organization.keyset import PK, Key

from .kind import Kind
from .models import RegisterRow

KEYS = (Key("day", down=True), PK.turned())
WITHDRAWN = "withdrawn"


def rows_found(rows: QuerySet[RegisterRow], wanted: Mapping[str, str]) -> QuerySet[RegisterRow]:
    """`wanted`: q, only (a value of its chips, or withdrawn), unit (id), start and end (days)."""
    only = wanted.get("only", "")
    rows = rows.filter(state="withdrawn" if only == WITHDRAWN else "kept")
    if only not in ("", WITHDRAWN):
        rows = rows.filter(chip=only[:20])
    if words := typed.words(wanted.get("q", "")):
        rows = rows.filter(Q(text__icontains=words) | Q(unit__short_name__icontains=words))
    if unit := typed.number(wanted.get("unit", "")):
        rows = rows.filter(unit=unit)
    if start := day_of(wanted.get("start", "")):
        rows = rows.filter(day__gte=start)
    if end := day_of(wanted.get("end", "")):
        rows = rows.filter(day__lte=end)
    return rows


def day_of(text: str) -> dt.date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def chips_for(kind: Kind) -> dict[str, str]:
    values = kind.by_key[kind.chips].choices if kind.chips else ()
    return {"": "全部", **{one: one for one in values}, WITHDRAWN: "已撤销"}


def totals(rows: QuerySet[RegisterRow]) -> dict[int, tuple[int, dt.date]]:
    """{register: (rows kept, the latest day)}. One query."""
    kept = rows.filter(state="kept").order_by().values("register")
    found = kept.annotate(count=Count("pk"), latest=Max("day"))
    return {one["register"]: (one["count"], one["latest"]) for one in found}
