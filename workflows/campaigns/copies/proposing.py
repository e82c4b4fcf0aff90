"""What the copy of a campaign would hold, before anything is made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from foundation.organization.calendar import WorkCalendar
from foundation.organization.services import working_calendar
from workflows.plans.models import Item, Period, Plan
from workflows.plans.services import items_of
from workflows.plans.shifting import Shifted, same_date, shifted


@dataclass(frozen=True)
class Day:
    """One period of an item: the days it had and would have."""

    period: Period
    starts: Shifted | None
    due: Shifted | None


@dataclass(frozen=True)
class Row:
    item: Item
    days: list[Day]


def proposed(plan: Plan, year: int) -> list[Row]:
    """Four queries. Periods are those of the plan as it was carried out, 补充通知 included."""
    items = list(items_of(plan))
    calendar, years = _calendar(items, year), year - (plan.year or year)
    return [Row(item, [_day(one, years, calendar) for one in item.periods.all()]) for item in items]


def _day(period: Period, years: int, calendar: WorkCalendar) -> Day:
    starts = shifted(period.starts_on, years, calendar) if period.starts_on else None
    due = shifted(period.due_on, years, calendar) if period.due_on else None
    return Day(period, starts, due)


def _calendar(items: Iterable[Item], year: int) -> WorkCalendar:
    held = [one.due_on.year for item in items for one in item.periods.all() if one.due_on]
    return working_calendar(min([*held, year]), max([*held, year]) + 1)


def plan_days(plan: Plan, year: int) -> dict[str, dt.date | None]:
    """Of the whole campaign: its first and last day, which need not be working days."""
    later = year - (plan.year or year)
    ends = {"starts_on": plan.starts_on, "ends_on": plan.ends_on}
    return {name: day and same_date(day, day.year + later) for name, day in ends.items()}
