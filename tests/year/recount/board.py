"""The board and the ledger: a light for every task, worked out by hand, and added up."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from foundation.organization.calendar import DAY
from foundation.organization.models import Unit
from workflows.plans.models import Plan
from workflows.tasks.ledger.filters import TaskFilter
from workflows.tasks.models import Task

from ..world import Year, said
from .tales import DONE, Tale, tales

PASSED = ("accepted", "archived")
WORST = ("overdue", "near", "ok", "idle", "done")


def states(year: Year) -> None:
    """Every task stands where the last entry of its chain put it, of the unit it was last given to."""
    now = timezone.now()
    wrong = [
        str(tale.task.pk)
        for tale in tales()
        if (tale.task.state, tale.task.due_on, tale.task.unit_id)
        != (tale.state(now), tale.due(now), tale.unit(now))
    ]
    assert not wrong


def boards(year: Year) -> None:
    """The board of today and of past days, cell by cell."""
    for plan in Plan.objects.order_by("pk"):
        whole = tales(plan=plan.pk)
        for at in _moments(year):
            _one_board(year, plan, whole, at)


def _moments(year: Year) -> list[dt.datetime]:
    days = [
        dt.date(2026, 3, 6),
        dt.date(2026, 6, 17),
        dt.date(2026, 7, 8),
        dt.date(2026, 9, 1),
        dt.date(2026, 12, 4),
    ]
    noons = [timezone.make_aware(dt.datetime.combine(day, dt.time(13))) for day in days if day < year.today]
    return [*noons, timezone.now()]


def _one_board(year: Year, plan: Plan, whole: list[Tale], at: dt.datetime) -> None:
    past = ["--at", at.isoformat()] if at < timezone.now() else []
    found = said("board", str(plan.pk), *past)
    codes = dict(Unit.objects.values_list("pk", "code"))
    lit: dict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    totals: Counter[str] = Counter(tasks=0, passed=0)
    for tale in whole:
        state = tale.state(at)
        if state in ("", "cancelled"):
            continue
        one = light(year, tale, at)
        lit[codes[tale.unit(at)], tale.task.item.number].append(one)
        totals[one[0]] += 1
        totals["tasks"] += state != "waived"
        totals["passed"] += state in PASSED
    assert {name: n for name, n in found["totals"].items() if n} == {
        name: n for name, n in totals.items() if n
    }, at
    cells = {
        (row["unit"], number): (cell["light"], cell["days"])
        for row in found["rows"]
        for number, cell in row["cells"].items()
    }
    assert cells.keys() == lit.keys(), at
    wrong = {place: (cells[place], lights) for place, lights in lit.items() if cells[place] != _worst(lights)}
    assert not wrong, at


def _worst(lights: list[tuple[str, int]]) -> tuple[str, int]:
    """The longest overdue, then the soonest due."""
    return min(lights, key=lambda one: (WORST.index(one[0]), -one[1] if one[0] == "overdue" else one[1]))


def light(year: Year, tale: Tale, at: dt.datetime) -> tuple[str, int]:
    today, state, due, first = timezone.localdate(at), tale.state(at), tale.due(at), tale.first_day(at)
    if state in DONE:
        return "done", 0
    if first and (due is None or first <= due):
        return "ok", 0
    if first and due:
        return "overdue", max(1, workdays(year, due, first))
    waits = "idle" if state == "issued" else "ok"
    if due is None:
        return waits, 0
    if today > due:
        return "overdue", max(1, workdays(year, due, today))
    left = workdays(year, today, due)
    return ("near" if left <= 3 else waits), left


def workdays(year: Year, after: dt.date, upto: dt.date) -> int:
    """Working days after one day up to another, counted on the fingers."""
    count = 0
    while after < upto:
        after += DAY
        count += year.calendar.works(after)
    return count


def ledger(year: Year) -> None:
    """As many rows as there are tasks of each state and each light."""
    now, whole = timezone.now(), tales()
    lights = Counter(light(year, tale, now)[0] for tale in whole)
    by_state = Counter(tale.state(now) for tale in whole)
    asked: dict[str, int] = {f"light={kind}&state=all": lights[kind] for kind in WORST}
    asked |= {f"state={state}": by_state[state] for state in Task.State.values}
    asked["state=all"] = len(whole)
    assert {query: _rows(year, query) for query in asked} == asked


def _rows(year: Year, query: str) -> int:
    rows: Any = Task.objects.all()
    return TaskFilter(QueryDict(query), rows, today=year.today, calendar=year.calendar).qs.count()
