"""What becomes of the cases of a unit that ends: open ones go to its successor, with those of the team who go along."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import QuerySet

from foundation.journal.moves import record
from foundation.organization.ending import Ending, Estate, Line
from foundation.organization.models import Unit

from .models import Case, Recommendation
from .models.recommendations import OPEN


def open_rows(units: Collection[Unit]) -> Iterator[QuerySet]:
    yield Case.objects.filter(unit__in=units, state=Case.State.OPEN)


def preview(unit: Unit, successor: Unit | None) -> list[Line]:
    count = Case.objects.filter(unit=unit, state=Case.State.OPEN).count()
    if successor:
        return [Line("办理中的案件由承接单位接着办", count)]
    return [Line(f"{unit.short_name}还有办理中的案件，没有承接单位接着办", count, stops=True)]


def pass_on(ending: Ending) -> None:
    """The office reads them all; where nobody of the team goes along, the successor's head names a new one."""
    if ending.successor is None:
        return
    cases = list(Case.objects.filter(unit=ending.unit, state=Case.State.OPEN).order_by("pk"))
    ids = [case.pk for case in cases]
    data = {"unit": [ending.unit.pk, ending.successor.pk]}
    by: dict[str, Any] = {"actor": ending.actor, "at": ending.at}
    changes = {"unit": ending.successor.pk}
    record(Case, ids, "succeed", changes=changes, data=data, **by).all_or_refuse()
    # What was given back goes on from the successor, through its own heads.
    again = Recommendation.objects.filter(case__in=ids, state__in=OPEN).values_list("pk", flat=True)
    record(Recommendation, list(again), "succeed", changes=changes, data=data, **by).all_or_refuse()
    for case in cases:
        case.team.add(
            *{ending.seats[one] for one in case.team.values_list("pk", flat=True) if one in ending.seats}
        )


CASES = Estate(preview, pass_on, open_rows)
