"""The assessment: every line of every unit once more, from the journal and the rows, with the points of the scheme by hand.

A rule gives what was lost and the tasks that show it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils import timezone

from foundation.organization.models import Appointment, Unit
from workflows.cases.models import Recommendation
from workflows.plans.models import Item, Plan
from workflows.registers.models import Candidate, RegisterRow
from workflows.tasks.models import Submission
from workflows.tracking.models import Adjustment, Assessment

from ..world import Year, said
from .board import workdays
from .tales import Tale, tales

Lost = tuple[Decimal, set[int]]  # points, tasks
NONE = Decimal()
BONUSES = {"media": 3, "works": 3, "praise": 5}  # at most of each; of all together:
BONUS = 5
HERALDS = ("英德电视台", "英德发布", "报纸")
VETOES, GRADES = ("accident",), ((90, "优秀"), (70, "合格"), (0, "不合格"))


@dataclass
class Scored:
    """A unit, with what it was asked for."""

    year: Year
    unit: Unit
    tales: list[Tale]
    now: dt.datetime

    def numbered(self, number: str) -> list[Tale]:
        return [tale for tale in self.tales if tale.task.item.number == number]

    def asked(self, part: str) -> list[Tale]:
        return [tale for tale in self.tales if part in tale.asked()]

    def of_kind(self, kind: str) -> list[Tale]:
        return [tale for tale in self.tales if tale.task.item.kind == kind]

    def passed(self, tale: Tale) -> bool:
        return tale.state(self.now) in ("accepted", "archived")

    def over(self, tale: Tale) -> bool:
        due = tale.due(self.now)
        return due is not None and due < self.year.today

    def last(self, tale: Tale) -> dict[str, Any]:
        """What its last version holds."""
        row = Submission.objects.filter(task=tale.task, version=tale.task.version).first()
        return row.content if row else {}

    def late(self, tale: Tale, of: int, day: int, first: dt.date | None) -> Decimal:
        """So many points for every working day; all of them where it never came."""
        due = tale.due(self.now)
        if tale.state(self.now) == "waived" or due is None or (first and first <= due):
            return NONE
        if first is None:
            return Decimal(of if self.over(tale) else 0)
        return Decimal(day * max(1, workdays(self.year, due, first)))

    def given(self, code: str) -> list[Adjustment]:
        rows = Adjustment.objects.filter(plan=self.year.campaign, unit=self.unit, code=code, state="kept")
        return list(rows)

    def points(self, code: str) -> Decimal:
        return sum((one.points for one in self.given(code)), NONE)


def _total(lost: Iterable[tuple[Tale, Decimal]]) -> Lost:
    there = [(tale.task.pk, points) for tale, points in lost if points]
    return sum((points for _, points in there), NONE), {pk for pk, _ in there}


def _liaison(unit: Scored) -> Lost:
    """Somebody in the post today; of a unit that ended, to its end."""
    day = unit.unit.ended_on or unit.year.today
    seats = Appointment.objects.filter(unit=unit.unit, post="liaison", revoked=False)
    if any(one.start <= day <= one.end for one in seats):
        return NONE, set()
    return Decimal(3), {tale.task.pk for tale in unit.of_kind(Item.Kind.LIAISON)}


def _reports(number: str, of: int, day: int) -> Callable[[Scored], Lost]:
    def lost(unit: Scored) -> Lost:
        return _total(
            (tale, unit.late(tale, of, day, tale.first_day(unit.now))) for tale in unit.numbered(number)
        )

    return lost


def _schedule(unit: Scored) -> Lost:
    """附件3 in time, and something in it."""
    found = []
    for tale in unit.asked("schedule"):
        first = tale.first_day(unit.now)
        found.append((tale, unit.late(tale, 5, 1, first)))
        if first and not any(unit.last(tale).get("schedule") or ()):
            found.append((tale, Decimal(5)))
    return _total(found)


def _complete(unit: Scored) -> Lost:
    """Two for every material that a report lacks, one for every time the office returned something."""
    found = [(tale, Decimal(tale.times("office_return"))) for tale in unit.tales]
    for tale in unit.asked("report"):
        if tale.first_day(unit.now):
            slots = [one.get("slot") for one in unit.last(tale).get("attachments") or ()]
            seen = slots.count("photos") >= 3 or "video" in slots
            found.append(
                (tale, Decimal(2 * (not seen) + 2 * (tale.task.version > 0 and "editable" not in slots)))
            )
    return _total(found)


def _coverage(unit: Scored) -> Lost:
    """The share of the activities due by now that the office has not taken."""
    asked = [one for one in unit.of_kind(Item.Kind.ACTIVITY) if one.state(unit.now) != "waived"]
    counted = [one for one in asked if unit.passed(one) or unit.over(one)]
    missed = {one.task.pk for one in counted if not unit.passed(one)}
    share = Decimal(20) * len(missed) / len(counted) if missed else NONE
    return share.quantize(Decimal("0.01"), ROUND_HALF_UP), missed


def _cases(unit: Scored) -> Lost:
    """The first answer counts: a case of one's own, or what was handed in. Without enough of them by the due day and
    without a reason that was accepted, nothing is left."""
    found = []
    for tale in unit.of_kind(Item.Kind.CASES):
        rows = list(Recommendation.objects.filter(item=tale.task.item_id, unit=unit.unit))
        days = [one.first_on for one in rows] + [day for day in (tale.first_day(unit.now),) if day]
        if _answered(unit, tale, rows):
            found.append((tale, unit.late(tale, 10, 1, min(days, default=None))))
        elif tale.state(unit.now) != "waived" and unit.over(tale):
            found.append((tale, Decimal(10)))
    return _total(found)


def _answered(unit: Scored, tale: Tale, rows: list[Recommendation]) -> bool:
    content, due = unit.last(tale), tale.due(unit.now)
    if tale.state(unit.now) == "waived" or (unit.passed(tale) and content.get("cases_note")):
        return True
    there = [
        one.kind
        for one in rows
        if one.state not in ("returned", "withdrawn", "declined") and one.first_on <= due
    ]
    if unit.passed(tale) and tale.first_day(unit.now) <= due:
        there += [one["kind"] for one in content.get("cases", ()) if "recommendation" not in one]
    ways = tale.task.item.reading.get("alternatives", [])
    return any(there.count(way["kind"]) >= way["min"] for way in ways) if ways else bool(there)


RULES: dict[str, tuple[int, Callable[[Scored], Lost]]] = {
    "liaison": (3, _liaison), "plan": (10, _reports("R1", 10, 1)), "schedule": (5, _schedule),
    "month": (20, _reports("R2", 20, 2)), "annual": (20, _reports("R3", 20, 2)), "complete": (12, _complete),
    "coverage": (20, _coverage), "cases": (10, _cases),
}  # fmt: skip


def _bonus(unit: Scored) -> Decimal:
    """Releases half a point each, selected works one each, and what the office gave by hand."""
    found, (first, last) = NONE, _days(unit.year)
    mine = RegisterRow.objects.filter(unit=unit.unit, state="kept", day__gte=first, day__lte=last)
    for code, most in BONUSES.items():
        points = unit.points(code)
        for row in mine.filter(register__code=code):
            if code == "media" and row.cells["channel"] in HERALDS and row.cells.get("content") != "曝光":
                points += Decimal("0.5")
            if code == "works" and Candidate.objects.filter(row=row, state="chosen").exists():
                points += 1
        found += min(points, most)
    return min(found, Decimal(BONUS))


def _days(year: Year) -> tuple[dt.date, dt.date]:
    """From New Year on to the last day of the campaign."""
    start, end = Plan.objects.values_list("starts_on", "ends_on").get(pk=year.campaign)
    return start.replace(month=1, day=1), min(end, year.today)


def scores(year: Year) -> None:
    """Every line, its evidence, the sum, the grade."""
    found = {one["unit"]: one for one in said("assess", str(year.campaign))["units"]}
    units = _units(year)
    assert found.keys() == {one.unit.code for one in units}
    for unit in units:
        told, code = found[unit.unit.code], unit.unit.code
        lines = {line["rule"]: line for line in told["lines"]}
        total = NONE
        for rule, (of, lost) in RULES.items():
            points, tasks = lost(unit)
            left = of - max(NONE, min(Decimal(of), points) - unit.points(rule))
            total += left
            assert lines[rule]["points"] == float(left), (code, rule)
            assert set(lines[rule]["evidence"]) == tasks, (code, rule)
        total += _bonus(unit)
        assert told["score"] == float(total), code
        vetoed = any(unit.given(veto) for veto in VETOES)
        grade = "不合格" if vetoed else next(name for least, name in GRADES if total >= least)
        assert told["grade"] == grade, code


def _units(year: Year) -> list[Scored]:
    now, by_unit = timezone.now(), dict[int, list[Tale]]()
    for tale in tales(plan=year.campaign):
        if tale.state(now) != "cancelled" and not tale.task.imported:
            by_unit.setdefault(tale.unit(now), []).append(tale)
    rows = Unit.objects.filter(pk__in=by_unit).exclude(kind=Unit.Kind.OFFICE).order_by("pk")
    return [Scored(year, unit, by_unit[unit.pk], now) for unit in rows]


def versions(year: Year) -> None:
    """The last fixed version says what the command says, but for liaison officers who left since, and the first was not
    touched by what came after; whoever has more stands higher, whoever has as much stands as high."""
    first, last = Assessment.objects.filter(plan=year.campaign).order_by("number")
    told = said("assess", str(year.campaign))["units"]
    assert {one["unit"]: _lines(one) for one in last.results} == {one["unit"]: _lines(one) for one in told}
    assert first.results != last.results
    for version in (first, last):
        scored = [Decimal(one["score"]) for one in version.results]
        places = [one["place"] for one in version.results]
        assert places == [1 + sum(other > score for other in scored) for score in scored]


def _lines(unit: dict[str, Any]) -> list[tuple[str, Decimal]]:
    points = [(line["rule"], Decimal(str(line["points"]))) for line in unit["lines"]]
    return [one for one in points if one[0] != "liaison"]
