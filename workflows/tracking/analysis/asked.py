"""What somebody looks at: campaign, units, rows, mean or median, order. All of it stands in the address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse

from foundation.organization.actors import Actor
from foundation.organization.models import Unit
from foundation.organization.posts import UNIT_POSTS
from foundation.organization.ranges import in_range, ranges
from workflows.plans.models import Plan

from ..campaigns import campaign_in
from ..facts import sees_unit

CARRIED_OUT = ("running", "closing", "archived")  # states of a campaign that has tasks
BY = {"units": "按单位", "groups": "按单位类别", "items": "按任务项"}
OF = {"mean": "平均", "median": "中位数"}
ORDERS = {
    "": "原有顺序", "in_time": "按时率低的在前", "first": "一次通过率低的在前", "whole": "全程用时长的在前",
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    plan: Plan
    range: str = ""
    by: str = "units"
    of: str = "mean"
    order: str = ""

    def fields(self) -> dict[str, str]:
        given = {
            "plan": str(self.plan.pk),
            "range": self.range,
            "by": self.by,
            "of": self.of,
            "order": self.order,
        }
        return {name: value for name, value in given.items() if value}

    def at(self, name: str) -> str:
        return f"{reverse(name)}?{urlencode(self.fields())}"

    def units(self, actor: Actor, day: dt.date) -> QuerySet[Unit]:
        """Those that one may see, within the range. A unit is in it once, however many groups it is in."""
        within = Q(pk__in=Unit.objects.filter(in_range(self.range)).values("pk")) if self.range else Q()
        return Unit.objects.filter(sees_unit.q(actor.post, day), within)


def campaigns(actor: Actor, day: dt.date) -> list[Plan]:
    """Those with tasks that one may see, the latest first."""
    seen = Plan.objects.visible_to(actor, day).filter(state__in=CARRIED_OUT)
    return list(seen.defer("text", "reading").distinct())


def asked(given: Mapping[str, str], plans: list[Plan], actor: Actor) -> Asked | None:
    """What makes no sense gives what is shown first; None where there is no campaign."""
    plan = campaign_in(given, plans)
    if plan is None:
        return None
    own = actor.post_code in UNIT_POSTS
    range_ = "" if own else one_of(given.get("range", ""), dict(ranges()), "")
    by = "items" if own else one_of(given.get("by", ""), BY, "units")
    of, order = one_of(given.get("of", ""), OF, "mean"), one_of(given.get("order", ""), ORDERS, "")
    return Asked(plan, range_, by, of, order)


def one_of(wanted: str, offered: Mapping[str, object], first: str) -> str:
    return wanted if wanted in offered else first
