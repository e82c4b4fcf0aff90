"""Which two campaigns are compared, up to when, and what both did: each read by analysis/facts.py."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from foundation.journal.models import Entry
from foundation.organization.ending import last_heir
from foundation.organization.models import Unit
from foundation.organization.services import working_calendar
from foundation.organization.typed import number
from workflows.plans.models import Plan

from ..campaigns import campaign_in
from .asked import one_of
from .comparing import MEASURES, House, Line, Named, by_items, by_units
from .facts import followed
from .measures import Followings

SPANS = {"same": "同期（活动开始后同样的天数）", "whole": "全程（到现在）"}
BY = {"units": "按单位", "items": "按任务项"}


@dataclass(frozen=True)
class Pair:
    """`old` the earlier campaign. `span`: the earlier one up to as many days after its beginning as the later one
    has had, or both as they are now."""

    new: Plan
    old: Plan
    span: str = "same"
    by: str = "units"
    of: str = "in_time"

    def fields(self) -> dict[str, str]:
        return {
            "plan": str(self.new.pk), "with": str(self.old.pk), "span": self.span, "by": self.by, "of": self.of,
        }  # fmt: skip

    def until(self, now: dt.datetime) -> dt.datetime:
        """Up to when the earlier campaign is followed; never beyond now."""
        return min(now, now - self.between()) if self.span == "same" else now

    def between(self) -> dt.timedelta:
        """From the beginning of the one to that of the other; where a beginning is not known, whole years."""
        if self.new.starts_on and self.old.starts_on:
            return self.new.starts_on - self.old.starts_on
        years = self.new.year - self.old.year if self.new.year and self.old.year else 1
        return dt.timedelta(days=365 * years)

    def label(self, plan: Plan) -> str:
        """2025 年; where both are of one year, or have none, what they are called."""
        return f"{plan.year} 年" if plan.year and self.new.year != self.old.year else plan.title[:12]


@dataclass(frozen=True)
class Compared:
    old: Followings
    new: Followings
    units: list[Line]
    items: list[Line]


def pair_of(given: Mapping[str, str], plans: list[Plan]) -> Pair | None:
    """The campaign, and what it was copied from, else the one before it. None where there are not two."""
    new = campaign_in(given, plans)
    others = [one for one in plans if one != new]
    if new is None or not others:
        return None
    other = number(given.get("with", ""))
    first = next((one for one in others if one.pk == (other or origin_of(new))), None)
    old = first or next((one for one in others if one.pk < new.pk), others[0])
    old, new = sorted((old, new), key=_age)
    span, by = one_of(given.get("span", ""), SPANS, "same"), one_of(given.get("by", ""), BY, "units")
    return Pair(new, old, span, by, one_of(given.get("of", ""), MEASURES, "in_time"))


def _age(plan: Plan) -> tuple[int, dt.date, int]:
    return plan.year or 0, plan.starts_on or dt.date.min, plan.pk


def origin_of(plan: Plan) -> int | None:
    """Which campaign it was copied from, as its journal tells."""
    label = Plan._meta.label_lower
    copied = Entry.objects.filter(target=label, target_id=plan.pk, verb=f"{label}.copy")
    data = copied.values_list("data", flat=True).first()
    return data["from"] if data else None


def compare(pair: Pair, now: dt.datetime) -> Compared:
    """Twelve statements at most, however many units: what somebody sees who may see all of them."""
    units, calendar = Unit.objects.all(), working_calendar()
    until = timezone.localtime(pair.until(now))
    old = followed(pair.old.pk, units, calendar, until, past=until < now)
    new = followed(pair.new.pk, units, calendar, now)
    before, this = _items(pair.old), _items(pair.new)
    return Compared(old, new, by_units(old, new, houses()), by_items(old, new, before, this))


def _items(plan: Plan) -> list[Named]:
    return [Named(*row) for row in plan.items.values_list("pk", "kind", "number", "title")]


def houses() -> dict[int, House]:
    """All units in their order, ended ones too; who ended without a successor stands for itself. One query."""
    units = {one.pk: one for one in Unit.objects.all()}
    for one in units.values():
        one.successor = units[one.successor_id] if one.successor_id else None
    return {pk: House(pk, one.short_name, (last_heir(one) or one).pk) for pk, one in units.items()}
