"""The light of a task. Timeliness is fixed by the first submission, whatever comes after (domain.md A.7)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from foundation.organization.calendar import WorkCalendar
from foundation.organization.lights import NEAR, Light, light_of

from .querysets import DONE

if TYPE_CHECKING:
    from .models import Task


def light_for(task: Task, today: dt.date, calendar: WorkCalendar) -> Light:
    """As the clock stands now; once submitted, as it stood then."""
    if task.state in DONE:
        return Light("done")
    if task.first_submitted_at is None:
        return light_of(task.due_on, today, calendar, idle=task.state == "issued")
    then = light_of(task.due_on, timezone.localdate(task.first_submitted_at), calendar)
    return then if then.kind == "overdue" else Light("ok")


def last_near_day(today: dt.date, calendar: WorkCalendar) -> dt.date:
    """The last day whose tasks are 临期 today."""
    return calendar.add(today, NEAR + 1) - dt.timedelta(days=1)
