"""附件3 as a month and as a table, for somebody who may see some of the units."""

from __future__ import annotations

import datetime as dt
from calendar import Calendar
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from foundation.organization.templatetags.components import day as said
from workflows.plans.models import Plan

from .airing import Compared, Found, Stand
from .conflicts import Conflict, Rule, conflicts
from .facts import Line

WEEKDAYS = "一二三四五六日"
MONDAY_FIRST = Calendar(0)
STANDS = {Stand.SHOWN: "已播", Stand.BOOKED: "待播", Stand.CANCELLED: "播出已取消"}
TROUBLE = {
    Stand.CANCELLED: "电视播出安排里已取消", Stand.TAKEN: "电视播出安排里这一时段是别的单位的",
    Stand.UNBOOKED: "日子已过，电视播出安排里没有登记",
}  # fmt: skip


@dataclass(frozen=True)
class Aired:
    """What the register of broadcasts says of a line, and its row where one may open it."""

    says: str
    url: str = ""


@dataclass(frozen=True)
class Shown:
    line: Line
    troubles: list[str]
    aired: Aired | None = None

    @property
    def url(self) -> str:
        return reverse("task_version", args=[self.line.task, self.line.version]) + "#schedule"

    @property
    def weekday(self) -> str:
        return f"星期{WEEKDAYS[self.line.slot.on.weekday()]}"


def shown(lines: list[Line], plan: Plan, seen: Collection[int], aired: Compared) -> list[Shown]:
    """Those of the units `seen`; what they collide with may be anybody's, and is named by its unit alone."""
    window = (plan.starts_on, plan.ends_on)
    names = {line.unit.code: line.unit.short_name for line in lines}
    own = {line.unit.code for line in lines if line.unit.pk in seen}
    found = defaultdict(list)
    for one in conflicts((line.slot for line in lines), window):
        found[one.slot.key].append(_says(one, names, own))
    for key, there in aired.slots.items():
        if there.stand in TROUBLE:
            found[key].append(TROUBLE[there.stand])
    return [
        Shown(line, found[line.slot.key], _aired(aired.slots.get(line.slot.key)))
        for line in lines
        if line.unit.pk in seen
    ]


def _aired(found: Found | None) -> Aired | None:
    """Of one's own row; whose slot it is otherwise is nobody else's business."""
    if found is None or found.stand not in STANDS or found.airing is None:
        return None
    return Aired(STANDS[found.stand], reverse("register_row", args=[found.airing.row]))


def unplanned(aired: Compared, month: dt.date) -> list[dict[str, Any]]:
    """What is booked in that month and stands in nobody's 附件3."""
    return [
        {"one": one, "url": reverse("register_row", args=[one.row])}
        for one in aired.unplanned
        if one.on.replace(day=1) == month and one.state != "取消"
    ]


def _says(one: Conflict, names: Mapping[str, str], own: Collection[str]) -> str:
    if one.rule == Rule.SLOT and one.other:
        title = f"“{one.other.title}”" if one.other.unit in own else ""
        return f"与{names[one.other.unit]}{title} {one.other.time} 同一时段"
    if one.rule == Rule.MATERIAL and one.slot.material:
        return f"素材 {said(one.slot.material)} 提交，不早于播出"
    return "不在活动期间"


def months(rows: list[Shown], asked: str, today: dt.date) -> tuple[dt.date, list[tuple[dt.date, int]]]:
    """The month to show, and all that have something: the one asked for, else this one, else the next, else the last."""
    counts = Counter(row.line.slot.on.replace(day=1) for row in rows)
    known, now = sorted(counts), today.replace(day=1)
    wanted = next((one for one in known if f"{one:%Y-%m}" == asked), None)
    after = next((one for one in known if one >= now), known[-1] if known else now)
    return wanted or after, [(one, counts[one]) for one in known]


def weeks(month: dt.date, rows: list[Shown]) -> list[list[dict[str, Any]]]:
    by_day = defaultdict(list)
    for row in rows:
        by_day[row.line.slot.on].append(row)
    return [
        [{"day": one, "inside": one.month == month.month, "rows": by_day[one]} for one in week]
        for week in MONDAY_FIRST.monthdatescalendar(month.year, month.month)
    ]


def chips(
    rows: list[Shown], plan: Plan, month: dt.date, known: list[tuple[dt.date, int]], only: str
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(months, 全部 and 有冲突 of the month)"""

    def at(**more: str) -> str:
        return f"?{urlencode({'plan': plan.pk, 'month': f'{month:%Y-%m}', 'only': only} | more)}"

    there = [row for row in rows if row.line.slot.on.replace(day=1) == month]
    troubled = sum(bool(row.troubles) for row in there)
    return (
        [
            {"label": f"{one.year}年{one.month}月", "count": count, "url": at(month=f"{one:%Y-%m}"), "current": one == month}
            for one, count in known
        ],
        [
            {"label": "全部", "count": len(there), "url": at(only=""), "current": not only},
            {"label": f"有冲突 {troubled}", "url": at(only="conflicts"), "current": only == "conflicts",
             "kind": "overdue" if troubled else ""},
        ],
    )  # fmt: skip
