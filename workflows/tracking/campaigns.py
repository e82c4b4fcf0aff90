"""The campaigns that ask the units for one of the annex forms."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from foundation.organization.actors import Actor
from workflows.plans.deliverables import Deliverable
from workflows.plans.models import Plan
from workflows.plans.permissions import IN_FORCE


def campaigns_asking(form: Deliverable, actor: Actor, day: dt.date) -> QuerySet[Plan]:
    """Of those that one may see, the latest first."""
    asks = Q(items__deliverables__icontains=form.value)
    seen = Plan.objects.visible_to(actor, day).filter(asks, state__in=IN_FORCE)
    return seen.defer("text", "reading").select_related("organ").distinct()
