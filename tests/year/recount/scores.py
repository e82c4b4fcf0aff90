"""The assessment: what each unit lost for late reports, for returns and for work not done, from the journal."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

from foundation.organization.models import Unit
from workflows.plans.models import Item
from workflows.tracking.models import Adjustment, Assessment

from ..world import Year, said
from .board import workdays
from .tales import Tale, tales

REPORTS = {
    "plan": ("R1", 10, 1),
    "month": ("R2", 20, 2),
    "annual": ("R3", 20, 2),
}  # points, and those of a late day
COVERAGE = Decimal(20)


def scores(year: Year) -> None:
    found = {one["unit"]: one for one in said("assess", str(year.campaign))["units"]}
    by_unit: dict[str, list[Tale]] = {}
    codes = dict(Unit.objects.exclude(kind=Unit.Kind.OFFICE).values_list("pk", "code"))
    now = timezone.now()
    for tale in tales(plan=year.campaign):
        if tale.state(now) != "cancelled" and not tale.task.imported and tale.unit(now) in codes:
            by_unit.setdefault(codes[tale.unit(now)], []).append(tale)
    assert found.keys() == by_unit.keys()
    for unit, mine in by_unit.items():
        lines = {line["rule"]: line for line in found[unit]["lines"]}
        for rule, (number, of, day) in REPORTS.items():
            reports = [tale for tale in mine if tale.task.item.number == number]
            lost = min(Decimal(of), sum((_late(year, tale, of, day) for tale in reports), Decimal()))
            assert lines[rule]["points"] == float(of - max(Decimal(), lost - _back(year, unit, rule))), (
                unit,
                rule,
            )
        told = lines["complete"]["why"].count("退回")
        assert told == sum(tale.times("office_return") > 0 for tale in mine), unit
        for tale in mine:
            if times := tale.times("office_return"):
                assert f"退回 {times} 次" in lines["complete"]["why"], unit
        assert lines["coverage"]["points"] == float(_covered(year, unit, mine, now)), unit


def _late(year: Year, tale: Tale, of: int, day: int) -> Decimal:
    """So many points for every working day; all of them where it never came."""
    now = timezone.now()
    due, first = tale.due(now), tale.first_day(now)
    if tale.state(now) == "waived" or due is None or (first and first <= due):
        return Decimal()
    return Decimal(day * max(1, workdays(year, due, first)) if first else of if due < year.today else 0)


def _back(year: Year, unit: str, rule: str) -> Decimal:
    rows = Adjustment.objects.filter(plan=year.campaign, unit__code=unit, code=rule, state="kept")
    return sum(rows.values_list("points", flat=True), Decimal())


def _covered(year: Year, unit: str, mine: list[Tale], now: dt.datetime) -> Decimal:
    asked = [
        tale for tale in mine if tale.task.item.kind == Item.Kind.ACTIVITY and tale.state(now) != "waived"
    ]
    counted = [t for t in asked if _passed(t, now) or ((due := t.due(now)) and due < year.today)]
    missed = sum(not _passed(tale, now) for tale in counted)
    lost = COVERAGE * missed / len(counted) if missed else Decimal()
    return COVERAGE - max(
        Decimal(), lost.quantize(Decimal("0.01"), ROUND_HALF_UP) - _back(year, unit, "coverage")
    )


def _passed(tale: Tale, now: dt.datetime) -> bool:
    return tale.state(now) in ("accepted", "archived")


def versions(year: Year) -> None:
    """The last fixed version says what the command says, and the first was not touched by what came after."""
    first, last = Assessment.objects.filter(plan=year.campaign).order_by("number")
    assert {one["unit"]: Decimal(one["score"]) for one in last.results} == {
        one["unit"]: Decimal(str(one["score"])) for one in said("assess", str(year.campaign))["units"]
    }
    assert first.results != last.results
