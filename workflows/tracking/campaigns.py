"""Which campaigns a page offers, and which of them an address means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db.models import Q, QuerySet

from foundation.organization.actors import Actor
from foundation.organization.typed import number
from workflows.plans.deliverables import Deliverable
from workflows.plans.models import Plan
from workflows.plans.permissions import IN_FORCE


def campaigns_asking(form: Deliverable, actor: Actor, day: dt.date) -> QuerySet[Plan]:
    """Those that ask the units for this annex form, or did before a 补充通知, of those that one may see, the latest first."""
    now, before = (
        Q(**{f"{asks}__deliverables__icontains": form.value}) for asks in ("items", "items__versions")
    )
    seen = Plan.objects.visible_to(actor, day).filter(now | before, state__in=IN_FORCE)
    return seen.defer("text", "reading").select_related("organ").distinct()


def campaign_in(given: Mapping[str, str], plans: list[Plan]) -> Plan | None:
    """The one of these that `plan` names; what makes no sense gives the first, and of none there is none."""
    wanted = number(given.get("plan", ""))
    return next((one for one in plans if one.pk == wanted), next(iter(plans), None))
