"""A campaign ends: what never came is called off, the rest is archived."""

from __future__ import annotations

import datetime as dt

from workflows.campaigns import services
from workflows.campaigns.committees.services import dissolve_due
from workflows.tasks import services as tasks
from workflows.tasks.models import Task
from workflows.tasks.querysets import TO_DO

from .days import ENDINGS
from .story import Story


def close(story: Story, at: dt.datetime) -> None:
    """With the reason for what is called off; then the campaign is archived."""
    services.begin_closing(plan=story.plan, actor=story.clerk, at=at)
    mine = Task.objects.filter(plan=story.plan)
    for pk in mine.filter(state__in=TO_DO).values_list("pk", flat=True):
        tasks.cancel(task=pk, reason="活动结束仍未报送，按未完成处理。", actor=story.clerk, at=at)
    through = mine.filter(state="accepted").values_list("pk", flat=True)
    tasks.archive(tasks=list(through), actor=story.clerk, at=at)
    dissolve_due(at)
    for end in ENDINGS:
        end(story.plan, story.boss, at)
    services.archive(plan=story.plan, actor=story.boss, at=at)
