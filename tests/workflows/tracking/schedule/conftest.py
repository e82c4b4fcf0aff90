"""Schedules of three units: 甲镇 and 丙局 in one slot of the evening news, 乙镇 by itself."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from approvals.models import Approval, RouteVersion
from foundation.organization.models import Appointment
from tests.workflows.tracking.conftest import give, start_plan
from workflows.plans.models import Item, Period, Plan
from workflows.tasks.models import Submission, Task

AT = dt.datetime(2026, 5, 29, 8, tzinfo=dt.UTC)
NEWS = {"time": "19:30-19:45", "form": "专题", "place": "英德新闻"}


def planned(on: str, title: str, **more: str) -> dict[str, str]:
    return {
        "date": on,
        "title": title,
        "time": "",
        "form": "",
        "place": "",
        "host": "",
        "material": "",
    } | more


def hand_in(
    task: int, seat: Appointment, rows: list[dict[str, str]], version: int = 1, state="accepted"
) -> None:
    """As the unit's head approved it."""
    content = {"summary": "", "highlights": "", "schedule": rows, "attachments": []}
    digest = f"{task:060}{version:04}"
    Submission.objects.create(
        task_id=task, version=version, content=content, digest=digest, author=seat, at=AT
    )
    route = RouteVersion.objects.filter(route__code="unit").first()
    Approval.objects.create(
        subject="tasks.task", subject_id=task, version=route, title="安排表", digest=digest, state="approved",
        unit=seat.unit, initiator=seat,
    )  # fmt: skip
    Task.objects.filter(pk=task).update(state=state, version=version)


@pytest.fixture
def june(cast):
    """tasks[unit code] -> id of the task."""
    plan = start_plan(cast)
    Plan.objects.filter(pk=plan).update(starts_on=dt.date(2026, 6, 1))
    item = Item.objects.create(
        plan_id=plan, order=51, number="R1", kind="report", title="附件3《安排表》", deliverables=["schedule"]
    )
    period = Period.objects.create(item=item, due_on=dt.date(2026, 5, 30))
    houses = (cast.town, cast.other, cast.department)
    tasks = {house.unit.code: give(period, house.unit, "received") for house in houses}
    hand_in(tasks["jia"], cast.town.liaison, [
        planned("2026-06-16", "甲镇专题", **NEWS, material="2026-06-10", contact="张三"),
        planned("2026-06-20", "甲镇宣讲", time="09:30", place="会议室"),
    ])  # fmt: skip
    hand_in(
        tasks["yi"], cast.other.liaison, [planned("2026-06-20", "乙镇宣讲", time="09:30", place="会议室")]
    )
    hand_in(
        tasks["bing"],
        cast.department.liaison,
        [planned("2026-06-16", "丙局专题", **NEWS)],
        state="office_review",
    )
    return SimpleNamespace(plan=plan, item=item, period=period, tasks=tasks)
