"""Whom a plan waits for on its way through the flow."""

from __future__ import annotations

from approvals import waiting
from workflows.plans.models import Plan

from .models import CampaignProcess


def waits_for(plan: Plan) -> str:
    """Whose decision the plan waits for: 谢长青."""
    return waiting.waits_for(CampaignProcess.objects.filter(plan=plan))


def holder_of(plan: Plan, node: str) -> str:
    """In whose hands a node of the flow is, while the campaign stands there."""
    if node == "review":
        return waits_for(plan)
    return "各责任单位" if node == "running" else plan.organ.short_name
