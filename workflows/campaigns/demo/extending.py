"""Some units ask for more time three working days before the due day; the office answers the next morning."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from workflows.tasks import services as tasks
from workflows.tasks.models import Extension, Task

if TYPE_CHECKING:
    from .story import Story

ONE_OF = 29  # tasks asks
REASONS = (
    "原定场地检修，活动顺延一周，拟一并补充现场照片。",
    "汛期值班值守任务重，人员抽调较多，恳请延期报送。",
    "部分村（社区）数据尚未核实，延期后可一并报准。",
)


def ask(story: Story, day: dt.date) -> None:
    due, every = story.calendar.add(day, 3), Task.objects.filter(plan=story.plan).order_by("pk")
    first = every.values_list("pk", flat=True).first() or 0
    for task in every.filter(state="received", due_on=due, first_submitted_at=None):
        liaison = story.hands[task.unit_id].get("liaison")
        place = task.pk - first + 1  # of the plan's: a database that had others plays the same campaign
        if liaison is None or place % ONE_OF or task.extension_asked:
            continue
        tasks.ask_extension(
            task=task.pk, until=story.calendar.add(due, 5), reason=REASONS[place % len(REASONS)], actor=liaison,
            at=story.at(day, 15),
        )  # fmt: skip


def decide(story: Story, day: dt.date) -> None:
    """What was asked on the day before; every third is refused. The last day's wait for whoever opens the demo."""
    rows = Extension.objects.filter(state="asked", task__plan=story.plan, asked_at__lt=story.at(day, 0))
    for one in rows.order_by("pk"):
        about: dict[str, Any] = {"task": one.task_id, "actor": story.clerk, "at": story.at(day, 10)}
        if (Extension.objects.filter(task__plan=story.plan, pk__lt=one.pk).count() + 1) % 3:
            tasks.agree_extension(until=one.wanted_on, opinion="同意，请抓紧完成。", **about)
        else:
            tasks.refuse_extension(reason="活动时间已经统一安排，请按期报送。", **about)
