"""Whom a plan waits for on its way through the flow."""

from __future__ import annotations

from approvals.models import Signer
from approvals.nodes import LABEL
from workflows.plans.models import Plan


def waits_for(plan: Plan) -> str:
    """Whose decision the plan waits for: 谢长青."""
    asked = Signer.objects.filter(
        state="open", approval__state="pending", approval__subject=LABEL,
        approval__subject_id__in=plan.process.task_set.values("pk"),
    )  # fmt: skip
    names = asked.values_list("appointment__person__name", flat=True)
    return "、".join(dict.fromkeys(name for name in names if name))


def holder_of(plan: Plan, node: str) -> str:
    """In whose hands a node of the flow is, while the campaign stands there."""
    if node == "review":
        return waits_for(plan)
    return "各责任单位" if node == "running" else plan.organ.short_name
