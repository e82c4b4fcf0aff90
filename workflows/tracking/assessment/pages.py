"""考核 as pages: the ranking, the sheet of one unit, what may be done about them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from foundation.organization.actors import Actor
from foundation.organization.models import Unit
from workflows.plans.models import Plan, office_decides, office_works
from workflows.registers.models import RegisterRow
from workflows.tasks.models import Task

from ..facts import sees_unit
from ..models import Adjustment, Appeal, Assessment
from ..permissions import objects_to
from .keeping import frozen, granted
from .report import assess, scheme_of
from .scheme import Scheme
from .scoring import COUNTED

SHOWN = 8  # tasks or rows named beside a line; the rest are counted


def versions_of(plan: Plan) -> list[Assessment]:
    """The newest first, without their results."""
    return list(Assessment.objects.filter(plan=plan).defer("results"))


def results_of(plan: Plan, fixed: Assessment | None, today: dt.date) -> list[dict[str, Any]]:
    """As keeping.frozen has them: of a fixed version as they were kept, else as they stand."""
    return fixed.results if fixed else [frozen(place, result) for place, result in assess(plan, today)]


def rows_of(results: list[dict[str, Any]], seen: QuerySet[Unit], words: str) -> list[dict[str, Any]]:
    """Those that one may see and that the words find, each with its unit and what cost it most."""
    units = {unit.code: unit for unit in seen}
    found = [one | {"unit": units[one["unit"]]} for one in results if one["unit"] in units]
    return [
        one | {"worst": worst_of(one["lines"])}
        for one in found
        if words in one["unit"].name or words in one["unit"].short_name
    ]


def worst_of(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The two lines in which most was lost."""
    lost = [line for line in lines if line["kind"] == "rule" and float(line["lost"])]
    return sorted(lost, key=lambda line: -float(line["lost"]))[:2]


def seen_units(actor: Actor, today: dt.date) -> QuerySet[Unit]:
    return Unit.objects.filter(sees_unit.q(actor.post, today))


def rights_of(plan: Plan, actor: Actor, today: dt.date) -> dict[str, bool]:
    return {"adjusts": office_works(plan, actor, today), "decides": office_decides(plan, actor, today)}


def sheet_of(plan: Plan, unit: Unit, version: Assessment | None, actor: Actor) -> dict[str, Any]:
    """Everything of one unit: its lines, what was adjusted by hand, objections with their answers."""
    today = timezone.localdate()
    result = next((one for one in results_of(plan, version, today) if one["unit"] == unit.code), None)
    if result:
        result = result | {"lines": proven(result["lines"])}
    appeals = list(Appeal.objects.filter(assessment__plan=plan, unit=unit).select_related("assessment"))
    asked = {one.rule for one in appeals if version and one.assessment_id == version.pk}
    scheme, rights = scheme_of(plan, today), rights_of(plan, actor, today)
    adjusted = [
        (one, rights["decides" if granted(one, scheme) else "adjusts"])
        for one in Adjustment.objects.filter(plan=plan, unit=unit)
    ]
    may = objects_to(unit, actor, today) and version is not None and today <= version.appeal_by
    return {
        "result": result, "appeals": appeals, "may_object": may, "asked": asked, "adjustments": adjusted,
        "names": names_of(scheme),
    } | rights  # fmt: skip


def proven(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each line with the first tasks behind what it took off, or the rows of registers behind what it gave."""
    tasks = _first(lines, "rule", Task.objects.select_related("item", "period"))
    rows = _first(lines, COUNTED, RegisterRow.objects.all())
    return [
        line | {"tasks": tasks.get(line["rule"], []), "rows": rows.get(line["rule"], [])}
        if line["kind"] in ("rule", COUNTED)
        else line
        for line in lines
    ]


def _first(lines: list[dict[str, Any]], kind: str, known: QuerySet[Any]) -> dict[str, list[Any]]:
    """By the code of a line of that kind, the first of its evidence."""
    wanted = {line["rule"]: line["evidence"][:SHOWN] for line in lines if line["kind"] == kind}
    there = known.in_bulk({pk for some in wanted.values() for pk in some})
    return {rule: [there[pk] for pk in some if pk in there] for rule, some in wanted.items()}


def names_of(scheme: Scheme) -> dict[str, str]:
    return {one.code: one.name for part in (scheme.rules, scheme.bonuses, scheme.vetoes) for one in part}
