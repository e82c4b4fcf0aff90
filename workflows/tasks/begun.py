"""草稿 of tasks: what was typed for them since they were last handed in."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from approvals.drafts import Begun
from foundation.organization.calendar import WorkCalendar
from foundation.organization.models import Appointment

from .deadlines import light_for
from .models import Submission, Task
from .permissions import unit_works
from .querysets import IN_WORK

BRIEF = 120  # characters of what was typed


def rows(post: Any, day: Any) -> QuerySet[Task]:
    """The unit comes first: of a million tasks its own open ones are looked at."""
    mine = Appointment.objects.filter(pk=post).values("unit")[:1]
    since = Submission.objects.filter(task=OuterRef("pk"), at__gte=OuterRef("draft__saved_at"))
    found = Task.objects.unfinished().filter(unit_works.q(post, day), unit=Subquery(mine), state__in=IN_WORK)
    return (
        found.filter(~Exists(since), draft__isnull=False)
        .annotate(written=F("draft__saved_at"))
        .select_related("item", "draft__saved_by__person")
    )


def line(task: Task, today: dt.date, calendar: WorkCalendar) -> dict[str, Any]:
    typed = task.draft.content.get("summary")
    returned = [(task.get_state_display(), "accent")] if task.state == Task.State.RETURNED else []
    return {
        "url": reverse("task", args=[task.pk]),
        "title": str(task.item),
        "light": light_for(task, today, calendar),
        "brief": str(typed or "还没有写工作小结")[:BRIEF],
        "tags": [("任务填报", ""), *returned],
        "meta": f"{task.draft.saved_by.person.name} 保存",
        "step": f"填报第 {task.version + 1} 版",
    }


def found(words: str) -> Q:
    return Q(item__title__icontains=words) | Q(item__number=words)


BEGUN = Begun(rows, line, found)
