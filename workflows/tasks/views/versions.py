"""One version whole, beside the one before it with the difference marked."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ..matters import shown_of
from ..models import Task
from .finding import of_task


@require_safe
@of_task
def version(request: HttpRequest, task: Task, number: int) -> HttpResponse:
    versions = {one.version: one for one in task.submissions.select_related("author__person")}
    if number not in versions:
        raise Http404("没有这一版。")
    chips = [
        {"label": f"第 {n} 版", "url": reverse("task_version", args=[task.pk, n]), "current": n == number}
        for n in versions
    ]
    shown = shown_of(task, versions[number], versions.get(number - 1))
    context = {"section": "tasks", "task": task, "chips": chips, "shown": shown}
    return render(request, "tasks/version.html", context)
