"""Which campaigns ask a unit for typical cases."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from workflows.plans.models import Item, Plan

IN_FORCE = (Plan.State.RUNNING, Plan.State.CLOSING)


def items_of(unit: int) -> QuerySet[Item]:
    """Of campaigns in force, the newest first."""
    duty = Q(duties__unit=unit) | Q(duties__group__units=unit)
    rows = Item.objects.filter(duty, kind=Item.Kind.CASES, disposition="dispatch", plan__state__in=IN_FORCE)
    return rows.select_related("plan").order_by("-plan", "order").distinct()
