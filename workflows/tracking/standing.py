"""Lights as questions to the database, and what comes first. The light of one task: tasks/deadlines.py."""

from __future__ import annotations

import datetime as dt

from django.db.models import F, Q

from foundation.organization.lights import Light
from workflows.tasks.models import Task
from workflows.tasks.querysets import DONE

PASSED = (Task.State.ACCEPTED, Task.State.ARCHIVED)
URGENCY = ("overdue", "near", "ok", "idle", "done")  # what is shown first


def late(today: dt.date) -> Q:
    """Tasks whose light is overdue: past the day and not handed in, or first handed in after it."""
    never = Q(first_submitted_at=None, due_on__lt=today)
    return ~Q(state__in=DONE) & (never | Q(first_submitted_at__date__gt=F("due_on")))


def near(today: dt.date, last: dt.date) -> Q:
    """Tasks whose light is near; `last` from deadlines.last_near_day."""
    return ~Q(state__in=DONE) & Q(first_submitted_at=None, due_on__range=(today, last))


def urgency(light: Light | None) -> tuple[int, int]:
    """Sort key: late before near before the rest, what has no light last; longest late and soonest due first."""
    if light is None:
        return len(URGENCY), 0
    return URGENCY.index(light.kind), -light.days if light.kind == "overdue" else light.days
