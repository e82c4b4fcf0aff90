"""What rows stand to the credit of units: what they are, not what they are worth. A query each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .listing import said_in
from .models import Candidate, RegisterRow


class Merit(NamedTuple):
    unit: int  # id
    row: int  # id
    name: str


def kept_rows(register: str, when: Mapping[str, Sequence[str]], start: dt.date, end: dt.date) -> list[Merit]:
    """Rows that name a unit, both days included, the earliest first."""
    rows = RegisterRow.objects.filter(
        said_in(when), register__code=register, state="kept", unit__isnull=False, day__range=(start, end)
    )
    return [Merit(row.unit_id or 0, row.pk, str(row)) for row in rows.order_by("day", "pk")]


def chosen_works(register: str, start: dt.date, end: dt.date) -> list[Merit]:
    """Works that were selected (作品评选), by the day they were handed in; a work selected twice is one."""
    chosen = Candidate.objects.filter(state=Candidate.State.CHOSEN).values("row")
    rows = RegisterRow.objects.filter(
        pk__in=chosen, register__code=register, state="kept", unit__isnull=False, day__range=(start, end)
    )
    return [Merit(row.unit_id or 0, row.pk, str(row)) for row in rows.order_by("day", "pk")]
