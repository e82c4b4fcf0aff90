"""Who sees what belongs to a campaign: whoever sees its plan."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q

from foundation.organization.rules import Rule
from workflows.plans.models import Plan
from workflows.plans.permissions import sees_plan


def _of_seen(actor: Any, day: Any) -> Q:
    return Q(Exists(Plan._base_manager.filter(sees_plan.q(actor, day), pk=OuterRef("plan"))))


sees_committee = Rule(sees_plan.says, _of_seen)
