"""案件 in numbers: how many a unit has and how they stand, for who oversees units and reads no case."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from .models import Case, CaseClock

STANDINGS = {
    "open": Q(state="open"), "closed": Q(state="closed"), "double": ~Q(double=""), "crime": Q(crime=True),
}  # fmt: skip


@dataclass(frozen=True)
class Numbers:
    """A row a unit: unit, and a number for each of STANDINGS and for `late`, cases with a limit that is over."""

    rows: list[dict[str, Any]]
    totals: dict[str, int]


def numbers_of(at: dt.datetime) -> Numbers:
    """Two queries."""
    late = (
        CaseClock.objects.filter(live=True, due__lt=at, case__state="open")
        .order_by()
        .values_list("case__unit")
    )
    overdue = dict(late.annotate(Count("case", distinct=True)))
    counted = {name: Count("pk", filter=condition) for name, condition in STANDINGS.items()}
    units = (
        Case.objects.order_by("unit__order", "unit").values("unit", "unit__short_name").annotate(**counted)
    )
    rows: list[dict[str, Any]] = [dict(row) | {"late": overdue.get(row["unit"], 0)} for row in units]
    return Numbers(rows, {name: sum(row[name] for row in rows) for name in (*STANDINGS, "late")})
