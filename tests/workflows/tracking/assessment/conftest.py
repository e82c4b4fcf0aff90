"""A year of one plan: three reports, an activity and the case quota, all given to 甲镇."""

from __future__ import annotations

import datetime as dt

import pytest

from workflows.plans.models import Item, Period, Plan
from workflows.tasks.models import Submission, Task

from ..conftest import CHINA, give, start_plan

TODAY = dt.date(2027, 1, 10)
DUE = {"R1": dt.date(2026, 5, 29), "R2": dt.date(2026, 7, 1), "R3": dt.date(2026, 12, 1)}
ASKED = {"R1": ["report", "schedule"], "R2": ["report", "statistics"], "R3": ["report", "statistics"]}


@pytest.fixture
def year(cast):
    """A plan with three reports, an activity and the case quota, all given to 甲镇."""
    plan = start_plan(cast)
    for order, (number, due) in enumerate(DUE.items(), 1):
        add(plan, order, "report", due, number, ASKED[number])
    add(plan, 8, "activity", dt.date(2026, 6, 30), "1", ["records"])
    quota = add(plan, 9, "cases", dt.date(2026, 12, 31), "C", ["cases"])
    quota.item.reading = {
        "alternatives": [{"kind": "double_penalty", "min": 2}, {"kind": "referral", "min": 1}]
    }
    quota.item.save()
    for period in Period.objects.filter(item__plan=plan):
        give(period, cast.town.unit)
    return Plan.objects.get(pk=plan)


def add(plan: int, order: int, kind: str, due: dt.date, number: str, deliverables: list[str]) -> Period:
    item = Item.objects.create(
        plan_id=plan, order=order, number=number, kind=kind, title=f"事项{number}", text="…", deliverables=deliverables
    )  # fmt: skip
    return Period.objects.create(item=item, due_on=due)


def hand_in(plan: Plan, number: str, on: dt.date, by, state="accepted", **content) -> Task:
    task = Task.objects.get(plan=plan, item__number=number, unit__code="jia")
    at = dt.datetime.combine(on, dt.time(10), CHINA)
    Submission.objects.create(task=task, version=1, content=content, digest="0" * 64, author=by, at=at)
    Task.objects.filter(pk=task.pk).update(state=state, version=1, first_submitted_at=at)
    return task
