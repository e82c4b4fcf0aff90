"""What campaigns ask of a plan."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from .models import Duty, Item, Plan
from .problems import blockers


def items_of(plan: Plan) -> QuerySet[Item]:
    """The items in order, with their periods and with whose duty they are: three queries."""
    duties = Prefetch("duties", Duty.objects.select_related("unit__successor", "group"))
    return plan.items.order_by("order").prefetch_related("periods", duties)


def problems_before_approval(plan: int) -> list[str]:
    """What stands in the way of sending a draft for approval, as sentences for the office."""
    found = Plan.objects.get(pk=plan)
    return [one.says for one in blockers(found, items_of(found))]
