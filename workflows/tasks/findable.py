"""任务 and 报送 of the search box."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db.models import F, QuerySet
from django.urls import reverse

from foundation.organization.actors import Actor
from foundation.organization.finding.folding import excerpt
from foundation.organization.searching import Asked, Hit, Kind
from foundation.organization.templatetags.components import day

from . import texts
from .ledger.words import matching
from .models import Submission, Task
from .permissions import SEERS


def tasks(asked: Asked) -> QuerySet[Task]:
    mine = Task.objects.visible_to(Actor.of(asked.seat))
    return mine.filter(matching(asked.text, asked.day)).select_related("item", "unit").order_by("-pk")


def task_hit(task: Task, asked: Asked) -> Hit:
    due = f"{day(task.due_on)}截止" if task.due_on else "没有期限"
    return Hit(
        reverse("task", args=[task.pk]), str(task.item), (task.unit.short_name, task.get_state_display(), due)
    )


def tasks_at(asked: Asked) -> str:
    return f"{reverse('tasks')}?{urlencode({'q': asked.text, 'state': 'all'})}"


def submissions(asked: Asked) -> QuerySet[Submission]:
    """The version that counts, of each task that one sees."""
    seen = Task.objects.visible_to(Actor.of(asked.seat))
    rows = Submission.objects.filter(task__in=seen, version=F("task__version"))
    return texts.found(rows, asked.words).select_related("task__item", "task__unit").order_by("-pk")


def submission_hit(row: Submission, asked: Asked) -> Hit:
    facts = (row.task.unit.short_name, f"第 {row.version} 版", f"{day(row.at)}提交")
    cut = excerpt(texts.text_of(row), asked.words)
    return Hit(reverse("task", args=[row.task_id]), str(row.task.item), facts, cut)


FINDS_TASKS = Kind("tasks.task", "任务", SEERS, tasks, task_hit, tasks_at)
FINDS_SUBMISSIONS = Kind("tasks.submission", "报送内容", SEERS, submissions, submission_hit)
