"""Dispatch: a task for every unit of every period of every item that goes out. Set-wise, repeatable."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from foundation.journal.moves import create
from foundation.journal.prepared import Param
from foundation.organization.actors import Actor
from foundation.organization.ending import stay
from foundation.organization.models import Unit
from workflows.plans.models import Item, Period
from workflows.tasks.models import Task

# disposition -> (the state in which its tasks begin, were they done before the plan went out)
BEGIN = {
    Item.Disposition.DISPATCH: (Task.State.ISSUED, False),
    Item.Disposition.DONE: (Task.State.ARCHIVED, True),
}

ALL = (0, 32_767)  # orders of a plan's items


def missing(disposition: str) -> QuerySet:
    """One row for every task of the plan that should be there and is not: period, unit_to, role_of."""
    unit = Coalesce(F("item__duties__unit"), F("item__duties__group__units"))
    ended = Unit.objects.filter(pk=OuterRef("unit_to"), ended_on__isnull=False)
    there = Task.objects.filter(item=OuterRef("item"), period=OuterRef("pk"), unit=OuterRef("unit_to"))
    # Of a unit that was merged into this one since: nothing is owed twice.
    before = Task.objects.filter(
        item=OuterRef("item"), period=OuterRef("pk"), unit__successor=OuterRef("unit_to")
    )
    return (
        Period.objects.filter(item__plan=Param("plan"), item__disposition=disposition)
        .filter(item__order__gte=Param("first"), item__order__lte=Param("last"))
        .annotate(unit_to=unit)
        .filter(~Exists(ended), ~Exists(there), ~Exists(before), unit_to__isnull=False)
        .values("pk", "item", "unit_to", "due_on", "item__version")
        .annotate(role_of=Max("item__duties__role"))  # "lead" comes after "assist": leading wins
    )


def _to_dispatch() -> QuerySet:
    return missing(Item.Disposition.DISPATCH)


def _done_before() -> QuerySet:
    return missing(Item.Disposition.DONE)


SOURCES: dict[str, Callable[[], QuerySet]] = {
    Item.Disposition.DISPATCH: _to_dispatch,
    Item.Disposition.DONE: _done_before,
}


@transaction.atomic(savepoint=False)
def dispatch_tasks(*, plan: int, actor: Actor, at: dt.datetime, orders: tuple[int, int] = ALL) -> int:
    """Create what is missing; returns how many. A second run creates nothing, a new unit gets its tasks.

    `orders`: of the items from this one to that one only. Two statements on PostgreSQL, however many units, and one that
    keeps a unit from being merged away behind the question who is there.
    """
    stay()
    return sum(_create(plan, disposition, actor, at, orders) for disposition in BEGIN)


def _create(plan: int, disposition: str, actor: Actor, at: dt.datetime, orders: tuple[int, int]) -> int:
    state, imported = BEGIN[Item.Disposition(disposition)]
    values = {
        "plan": plan, "item": F("item"), "period": F("pk"), "unit": F("unit_to"), "role": F("role_of"),
        "item_version": F("item__version"), "due_on": F("due_on"), "state": state, "imported": imported, "changed": at,
    }  # fmt: skip
    first, last = orders
    made = create(
        Task, values, source=SOURCES[disposition], actor=actor, at=at, plan=plan, first=first, last=last
    )
    return len(made)
