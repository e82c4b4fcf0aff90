"""案例推荐指标 on the board: beside the task of the cases, whether what the plan asks for is met."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlencode

from django.urls import reverse

from foundation.organization.calendar import WorkCalendar
from foundation.organization.models import Unit
from workflows.plans.models import Item
from workflows.tasks.quota.facts import handed_of, owed_of, typed_of, ways_of
from workflows.tasks.quota.verdict import Stand, Verdict, judge

from .facts import Fact, tasks_of
from .standing import urgency

Quotas = Mapping[tuple[int, int], Verdict]  # by (unit, item)
NOTHING_OWED = (Stand.MET, Stand.ANSWERED)


def quotas_of(
    plan: int, items: Iterable[Item], facts: Iterable[Fact], today: dt.date, calendar: WorkCalendar
) -> Quotas:
    """No query where nobody is asked for cases, else two: what was recommended, what was typed."""
    ways = {item.pk: ways_of(item.reading) for item in items if item.kind == Item.Kind.CASES}
    asked = [fact for fact in facts if fact.item in ways and not fact.imported]
    if not asked:
        return {}
    handed = handed_of(plan)
    typed = typed_of(tasks_of(plan, {fact.unit for fact in asked}).filter(item__in=ways))
    found: dict[tuple[int, int], Verdict] = {}
    for fact in asked:
        place = (fact.unit, fact.item)
        owed = owed_of(fact.task, fact, handed.get((fact.item, fact.unit), ()), typed)
        verdict = judge(ways[fact.item], owed, today, calendar)
        if place not in found or urgency(verdict.light) < urgency(found[place].light):
            found[place] = verdict
    return found


def met(quotas: Quotas, units: Sequence[Unit], item: Item) -> int:
    """Of how many units nothing more is owed."""
    found = [quotas.get((unit.pk, item.pk)) for unit in units]
    return sum(one is not None and one.stand in NOTHING_OWED for one in found)


def quota_at(plan: int, unit: str = "") -> str:
    """The page of the campaign's quota, or one unit of it."""
    return reverse("plan_recommendations", args=[plan]) + (f"?{urlencode({'q': unit})}" if unit else "")
