"""登记册: what is looked for in one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_

from django.db.models import Count, Max, Q, QuerySet
from django.utils.dateparse import parse_date

from foundation.organization import typed
from foundation.organization.calendar import DAY
from foundation.organization.keyset import PK, Key

from . import kind as kinds
from .kind import Kind
from .models import RegisterRow

KEYS = (Key("day", down=True), PK.turned())
WITHDRAWN = "withdrawn"


def rows_found(rows: QuerySet[RegisterRow], kind: Kind, wanted: Mapping[str, str]) -> QuerySet[RegisterRow]:
    """`wanted`: q, only (a value of its chips, or withdrawn), unit (id or code), start and end (days), cell (of 附件2,
    such as S13.times: the rows that count for it, by the day that they count by)."""
    only = wanted.get("only", "")
    rows = rows.filter(state="withdrawn" if only == WITHDRAWN else "kept")
    if only not in ("", WITHDRAWN):
        rows = rows.filter(chip=only[:20])
    if words := typed.words(wanted.get("q", "")):
        rows = rows.filter(Q(text__icontains=words) | Q(unit__short_name__icontains=words))
    if unit := typed.number(wanted.get("unit", "")):
        rows = rows.filter(unit=unit)
    elif code := wanted.get("unit", ""):
        rows = rows.filter(unit__code=code[:40])
    start, end = day_of(wanted.get("start", "")), day_of(wanted.get("end", ""))
    if counts := counts_of(kind, wanted.get("cell", "")):
        return rows.filter(reduce(or_, (_counting(kind, one, start, end) for one in counts)))
    return rows.filter(_within("day", start, end))


def counts_of(kind: Kind, cell: str) -> list[kinds.Count]:
    return [one for one in kind.counts if f"{one.code}.{one.cell}" == cell]


def _counting(kind: Kind, count: kinds.Count, start: dt.date | None, end: dt.date | None) -> Q:
    """As counts.count_rows counts."""
    held = said_in(count.when)
    if count.take in ("sum", "greatest"):
        held &= Q(**{f"cells__{count.of[0]}__isnull": False})
    if count.by_day == kind.day:
        return held & _within("day", start, end)
    undated = Q(**{f"cells__{count.by_day}__isnull": True})
    days = {
        "gte": start and start.isoformat(),
        "lt": end and end < dt.date.max and (end + DAY).isoformat(),
    }
    dated = Q(**{f"cells__{count.by_day}__{how}": day for how, day in days.items() if day})
    return held & ((undated & _within("day", start, end)) | (~undated & dated))


def said_in(when: Mapping[str, Sequence[str]]) -> Q:
    """As kind.holds tells of one row."""
    found = Q()
    for key, values in when.items():
        empty = Q(**{f"cells__{key}__isnull": True}) if "" in values else Q()
        found &= Q(**{f"cells__{key}__in": [value for value in values if value]}) | empty
    return found


def _within(name: str, start: dt.date | None, end: dt.date | None) -> Q:
    days = {f"{name}__gte": start, f"{name}__lte": end}
    return Q(**{how: day for how, day in days.items() if day})


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
