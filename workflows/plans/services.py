"""Changes to a draft plan."""

from __future__ import annotations

from .models import Plan


def problems_before_approval(plan: int) -> list[str]:
    """What stands in the way of sending a draft for approval, as sentences for the office."""
    found = Plan.objects.prefetch_related("items__duties", "items__periods").get(pk=plan)
    return [] if found.items.count() else ["方案还没有任何事项，请先添加事项再送审。"]
