"""Units that have handed in the figures of June: 甲镇's accepted, 乙镇's in review, 丙局's missing."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from approvals.models import Approval, RouteVersion
from foundation.organization.models import Appointment
from tests.workflows.tracking.conftest import give, start_plan
from workflows.plans.models import Item, Period
from workflows.tasks.annexes import statistics_on
from workflows.tasks.models import Submission, Task

DUE = dt.date(2026, 7, 1)
CUTOFF = dt.date(2026, 6, 11)
FORM = statistics_on(CUTOFF)


def duty(plan: int, title="月度活动总结和附件2《统计表》", due=DUE) -> Period:
    order = Item.objects.filter(plan=plan).count() + 50
    item = Item.objects.create(
        plan_id=plan, order=order, number=f"R{order}", kind="report", title=title, deliverables=["statistics"]
    )
    return Period.objects.create(item=item, due_on=due)


def hand_in(
    task: int, state: str, seat: Appointment, at: dt.datetime, cutoff=CUTOFF, notes=None, **rows
) -> None:
    """As the unit's head approved it; `rows` by code."""
    numbers = {row.code: {cell.key: 0 for cell in row.cells} for row in FORM.rows}
    numbers |= {code: numbers[code] | cells for code, cells in rows.items()}
    filled = {
        "form": FORM.effective_from.isoformat(), "cutoff": cutoff.isoformat(), "rows": numbers,
        "notes": notes or {}, "drafted": {},
    }  # fmt: skip
    content = {"summary": "", "highlights": "", "statistics": filled, "attachments": []}
    digest = f"{task:064}"
    Submission.objects.create(task_id=task, version=1, content=content, digest=digest, author=seat, at=at)
    route = RouteVersion.objects.filter(route__code="unit").first()
    Approval.objects.create(
        subject="tasks.task", subject_id=task, version=route, title="统计表", digest=digest, state="approved",
        unit=seat.unit, initiator=seat,
    )  # fmt: skip
    Task.objects.filter(pk=task).update(state=state, version=1)


@pytest.fixture
def june(cast):
    """tasks[unit code] -> id of the task."""
    plan = start_plan(cast)
    period = duty(plan)
    houses = (cast.town, cast.other, cast.department)
    tasks = {house.unit.code: give(period, house.unit, "received") for house in houses}
    at = dt.datetime(2026, 6, 11, 9, tzinfo=dt.UTC)
    hand_in(tasks["jia"], "accepted", cast.town.liaison, at, S01={"sessions": 3, "people": 120})
    hand_in(
        tasks["yi"],
        "office_review",
        cast.other.liaison,
        at,
        S01={"sessions": 1, "people": 50},
        S07={"pieces": 7},
        S16={"received": 1, "confirmed": 2},
    )
    return SimpleNamespace(plan=plan, period=period, tasks=tasks)
