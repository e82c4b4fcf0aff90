"""What a command names: CAMPAIGN is an id or an exact title."""

from __future__ import annotations

from django.db.models import Q

from foundation.organization.commands import BadInput
from foundation.organization.typed import number
from workflows.plans.models import Plan


def campaign_named(words: str) -> Plan:
    """Raises BadInput where there is none, or where several bear the title."""
    wanted = Q(title=words)
    if pk := number(words):
        wanted |= Q(pk=pk)
    plans = list(Plan.objects.filter(wanted).order_by("pk")[:5])
    if not plans:
        raise BadInput(f"没有活动“{words}”，请给编号或完整名称。")
    if len(plans) > 1:
        numbers = "、".join(str(plan.pk) for plan in plans)
        raise BadInput(f"有多个活动符合“{words}”，请改用编号：{numbers}。")
    return plans[0]
