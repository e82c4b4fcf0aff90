"""From a reading to a draft: rows that the office can edit, with the reading kept beside them unchanged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from foundation.files.models import StoredFile
from foundation.journal.moves import create
from foundation.organization.actors import Actor
from foundation.organization.models import Unit, UnitGroup

from . import reading as read
from .deliverables import Deliverable
from .models import Duty, Item, Period, Plan

D = Deliverable
EVERYBODY = "all_units"
CUT, SHORTEST = 40, 8  # characters of a title


@dataclass
class Row:
    """One item on its way to the database."""

    item: Item
    periods: list[tuple[str, dt.date | None, dt.date | None]]
    who: tuple[read.Responsible, ...]
    inherited: str | None = None


@transaction.atomic
def draft_plan(
    *, reading: read.Reading, text: str, organ: Unit, actor: Actor, at: dt.datetime, source_name: str = "",
    source_file: StoredFile | None = None,
) -> Plan:  # fmt: skip
    """Write the plan with its items. Nothing of the reading is dropped: what gave no item stays in `reading`."""
    starts = [p.start for p in reading.periods if p.start]
    ends = [p.end for p in reading.periods if p.end]
    values = {
        "title": reading.title[:200] or source_name or "未命名方案",
        "year": reading.year, "theme": (reading.theme or "")[:200], "text": text, "organ": organ,
        "source_name": source_name[:200], "source_file": source_file and source_file.pk,
        "reading": {**reading.as_json(), "warnings": [one.as_json() for one in reading.warnings]},
        "drafted_by": actor.post, "starts_on": min(starts, default=None), "ends_on": max(ends, default=None),
    }  # fmt: skip
    (pk,) = create(Plan, values, actor=actor, at=at)
    _save(pk, [*_items(reading), *_reports(reading), *_quotas(reading)], timezone.localdate(at))
    return Plan.objects.get(pk=pk)


def _items(reading: read.Reading) -> Iterable[Row]:
    for item in reading.items:
        office_only = [one.group for one in item.responsible] == ["office"]
        row = Item(
            number=item.number, section=list(item.section), title=_title(item), text=item.text,
            source=list(item.source), reading=item.as_json(),
            deliverables=[D.EVENT if office_only else D.RECORDS],
        )  # fmt: skip
        yield Row(row, [_period_of(item, reading)], item.responsible, item.inherited)


def _title(item: read.Item) -> str:
    """The reading cuts a long sentence at 40 characters; a title ends where a clause does."""
    title = item.title
    if len(title) < CUT or item.text.startswith(title + "。"):
        return title
    clause = max(title.rfind(mark) for mark in "，；：")
    return title[:clause] if clause >= SHORTEST else f"{title}…"


def _period_of(item: read.Item, reading: read.Reading) -> tuple[str, dt.date | None, dt.date | None]:
    """The item's own dates; else the campaign period its section names; else the first one."""
    starts = [date.start for date in item.dates if date.start]
    ends = [date.end for date in item.dates if date.end]
    named = [p for p in reading.periods if any(p.name and p.name in part for part in item.section)]
    whole = next(iter(named or reading.periods), None)
    start = min(starts, default=whole.start if whole and not ends else None)
    return "", start, max(ends, default=whole.end if whole else None)


def _reports(reading: read.Reading) -> Iterable[Row]:
    dated = 0
    for report in reading.reports:
        if report.kind == "cases":
            continue  # the quota stands for it
        liaison = report.kind == "liaison"
        dated += not liaison
        row = Item(
            number="R0" if liaison else f"R{dated}", title=report.title[:200], text=report.title,
            kind=Item.Kind.LIAISON if liaison else Item.Kind.REPORT, source=list(report.source),
            reading=report.as_json(), deliverables=_report_parts(report),
            disposition=Item.Disposition.LEAVE_OUT if liaison else Item.Disposition.DISPATCH,
        )  # fmt: skip
        yield Row(row, [("", None, report.due)], report.who, EVERYBODY)


def _report_parts(report: read.Report) -> list[str]:
    """What a reporting duty asks for: the paper itself, and the annex forms it names."""
    named = " ".join(report.attachments)
    forms = {"统计表": D.STATISTICS, "安排表": D.SCHEDULE}
    return [D.REPORT, *(code for word, code in forms.items() if word in named or word in report.title)]


def _quotas(reading: read.Reading) -> Iterable[Row]:
    words = {"double_penalty": "“一案双罚”案例", "referral": "行刑衔接案例"}
    for quota in reading.quotas:
        title = "或".join(f"{one.min} 个{words.get(one.kind, one.kind)}" for one in quota.alternatives)
        row = Item(
            number="C", title=f"推荐{title}"[:200], text=f"推荐{title}", kind=Item.Kind.CASES,
            source=list(quota.source), reading=quota.as_json(), deliverables=[D.CASES],
        )  # fmt: skip
        yield Row(row, [("", quota.start, quota.end)], quota.who, EVERYBODY)


def _save(plan: int, rows: list[Row], today: dt.date) -> None:
    """Set-wise: four statements whatever the number of items."""
    units = dict(Unit.objects.values_list("code", "pk"))
    groups = dict(UnitGroup.objects.values_list("code", "pk"))
    for order, row in enumerate(rows, 1):
        row.item.plan_id, row.item.order = plan, order
        if all(due and due < today for _, _, due in row.periods):
            row.item.disposition = Item.Disposition.DONE  # lay in the past: the office confirms or changes it
    Item.objects.bulk_create(row.item for row in rows)
    Period.objects.bulk_create(
        Period(item=row.item, name=name, starts_on=start, due_on=due)
        for row in rows
        for name, start, due in row.periods
    )
    Duty.objects.bulk_create(duty for row in rows for duty in _duties(row, units, groups))


def _duties(row: Row, units: dict[str, int], groups: dict[str, int]) -> list[Duty]:
    """Named units and groups that are known; where nobody is named, the group it is inherited from."""
    found: list[Duty] = []
    for one in row.who:
        common: dict[str, Any] = {"role": one.role, "phrase": one.phrase[:100], "source": list(one.source)}
        found += [
            Duty(item=row.item, unit_id=units[code], **common) for code in one.units or () if code in units
        ]
        group = _group(row.item, one.group)
        if group in groups:
            found.append(Duty(item=row.item, group_id=groups[group], **common))
    if not row.who and row.inherited in groups:
        found.append(Duty(item=row.item, group_id=groups[row.inherited], role=Duty.Role.LEAD))
    return found


def _group(item: Item, group: str | None) -> str | None:
    """“相关部门” of a reporting duty is taken to mean every unit (domain A.3); the office can narrow it."""
    return EVERYBODY if item.kind == Item.Kind.REPORT and group == "departments" else group
