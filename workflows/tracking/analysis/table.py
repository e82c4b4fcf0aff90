"""The measures as tables: one of the steps, one of units, groups or items, one of the reasons of returns."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from foundation.organization.models import Unit
from foundation.organization.ranges import GROUP, KINDS, ranges
from workflows.plans.models import Plan
from workflows.tasks.models import Remark

from ..links import tasks_at
from ..waiting import STEPS
from .measures import Followings, Measures, Share, Times, measure_by
from .numbers import Number, count, days, percent

REASONS = dict(Remark.Reason.choices)


@dataclass(frozen=True)
class Row:
    key: Hashable
    name: str
    url: str
    measures: Measures


def step_cells(times: Times) -> list[Number]:
    """Of one step: what ended, and apart from it what still stands there."""
    return [
        days("平均", times.mean), days("中位数", times.median), days("最长", times.longest),
        count("还在办", times.open), days("已停", times.open_mean),
    ]  # fmt: skip


def steps_of(whole: Measures) -> list[tuple[str, Times]]:
    """Those that anything went through, or stands in."""
    found = ((name, whole.steps[step]) for step, name in STEPS.items())
    return [(name, times) for name, times in found if times.count or times.open]


def cells(measures: Measures, of: str) -> list[Number]:
    """Of one row: shares, returns, the whole way and every step, as `of` says it (mean or median)."""
    return [
        percent("按时率", measures.in_time),
        percent("一次通过率", measures.first),
        count("退回件次", measures.returns),
        days("全程", getattr(measures.whole, of)),
        *(days(name, getattr(measures.steps[step], of)) for step, name in STEPS.items()),
    ]


def rows_by(by: str, plan: Plan, units: Iterable[Unit], found: Followings) -> list[Row]:
    """In the order of units, of their kinds and groups, or of the plan. One query at most, two for groups."""
    if by == "items":
        measured = measure_by(found.tasks, lambda one: [one.item], found.clock)
        items = plan.items.defer("text", "source", "reading")
        return [
            Row(item.pk, str(item), tasks_at(plan=plan.pk, item=item.pk, state="all"), measured[item.pk])
            for item in items
            if item.pk in measured
        ]
    if by == "groups":
        return _by_groups(plan, units, found)
    measured = measure_by(found.tasks, lambda one: [one.unit], found.clock)
    return [
        Row(unit.pk, unit.short_name, tasks_at(plan=plan.pk, unit=unit.pk, state="all"), measured[unit.pk])
        for unit in units
        if unit.pk in measured
    ]


def _by_groups(plan: Plan, units: Iterable[Unit], found: Followings) -> list[Row]:
    """Kinds first. A unit of several groups counts in each: rows don't add up to the whole."""
    within = _ranges_of(units)
    measured = measure_by(found.tasks, lambda one: within.get(one.unit, ()), found.clock)
    return [
        Row(code, name, tasks_at(plan=plan.pk, range=code, state="all"), measured[code])
        for code, name in ranges()
        if code in measured
    ]


def _ranges_of(units: Iterable[Unit]) -> Mapping[int, list[str]]:
    found = {unit.pk: [code for code, (_, kinds) in KINDS.items() if unit.kind in kinds] for unit in units}
    members = Unit.groups.through.objects.filter(unit__in=found).order_by("unitgroup")
    for unit, code in members.values_list("unit", "unitgroup__code"):
        found[unit].append(f"{GROUP}{code}")
    return found


def in_order(rows: list[Row], order: str) -> list[Row]:
    """What there is nothing to tell of comes last."""
    if order == "whole":
        return sorted(rows, key=lambda row: -(row.measures.whole.mean or -1))
    if order:
        return sorted(rows, key=lambda row: _share(row, order) if _share(row, order) is not None else 2.0)  # type: ignore[arg-type,return-value]
    return rows


def _share(row: Row, name: str) -> float | None:
    share: Share = getattr(row.measures, name)
    return share.value


def reason_rows(reasons: Mapping[str, int]) -> list[tuple[str, Number, Number]]:
    """How many times each was given, and its share; the most first."""
    whole = sum(reasons.values())
    return [
        (REASONS[reason], count("处数", many), percent("占比", Share(many, whole)))
        for reason, many in sorted(reasons.items(), key=lambda one: -one[1])
    ]
