"""What somebody looks at: campaign, 口径, 统计截至, units. All of it stands in the address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from foundation.organization.actors import Actor
from foundation.organization.models import Unit
from foundation.organization.posts import UNIT_POSTS
from workflows.plans.deliverables import Deliverable
from workflows.plans.models import Plan
from workflows.tasks.figures.consolidation import accepted_only
from workflows.tasks.figures.facts import Figures, figures_of
from workflows.tasks.figures.kinds import Kind

from ..campaigns import campaign_in, campaigns_asking
from ..facts import sees_unit

RANGES = {
    "all": ("全部单位", tuple(Unit.Kind)),
    "towns": ("镇（街）", (Unit.Kind.TOWN, Unit.Kind.SUBDISTRICT)),
    "departments": ("部门", (Unit.Kind.DEPARTMENT,)),
}
ONLY = {"": "已报的全部", "accepted": "只计已通过"}


@dataclass(frozen=True)
class Asked:
    plan: Plan
    period: Kind
    cutoff: dt.date
    range: str
    only: str

    @property
    def query(self) -> str:
        return urlencode(self.fields())

    def fields(self) -> dict[str, str]:
        return {
            "plan": str(self.plan.pk), "period": self.period.value, "cutoff": self.cutoff.isoformat(),
            "range": self.range, "only": self.only,
        }  # fmt: skip

    def at(self, name: str, **more: str) -> str:
        return f"{reverse(name)}?{urlencode(self.fields() | more)}"

    def whole(self, actor: Actor) -> bool:
        """All units are meant, and one may see them."""
        return self.range == "all" and actor.post_code not in UNIT_POSTS

    def figures(self, actor: Actor, day: dt.date) -> Figures:
        """Of the units that one may see, within the range."""
        kinds = RANGES[self.range][1]
        found = figures_of(
            self.plan, self.period, self.cutoff, sees_unit.q(actor.post, day) & Q(kind__in=kinds)
        )
        if self.only != "accepted":
            return found
        return replace(found, found=accepted_only(found.found))


def campaigns(actor: Actor, day: dt.date) -> list[Plan]:
    return list(campaigns_asking(Deliverable.STATISTICS, actor, day))


def asked(given: Mapping[str, str], plans: list[Plan], actor: Actor, day: dt.date) -> Asked | None:
    """What makes no sense gives what is shown first; None where there is no campaign."""
    plan = campaign_in(given, plans)
    if plan is None:
        return None
    period = given.get("period", "")
    chosen = given.get("range", "") if actor.post_code not in UNIT_POSTS else "all"
    return Asked(
        plan, Kind(period) if period in list(Kind) else Kind.MONTH, _day(given.get("cutoff", "")) or day,
        chosen if chosen in RANGES else "all", given.get("only", "") if given.get("only") in ONLY else "",
    )  # fmt: skip


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        return None
