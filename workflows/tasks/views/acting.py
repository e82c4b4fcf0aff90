"""The acts of acts.py: a page that says the consequence, and the act itself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from foundation.organization.addresses import way_back
from foundation.organization.models import Appointment
from foundation.organization.posts import Post
from foundation.organization.refusals import Refused
from foundation.organization.templatetags.components import moment

from ..acts import ACTS, Act, acts_for, overtaken
from ..history import last_of
from ..models import Task
from ..permissions import not_urged_today
from .batch import tell_unheard
from .finding import of_task

DECIDES = ("extend-agree", "extend-refuse")  # what was asked for is read before it is decided


@require_http_methods(["GET", "HEAD", "POST"])
@of_task
def act(request: HttpRequest, task: Task, code: str) -> HttpResponse:
    act = ACTS.get(code)
    if act is None:
        raise Http404("没有这个操作。")
    form = act.form(request.POST if request.method == "POST" else None, **_choices(act, task))
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                act.run(task.pk, request.actor, timezone.now(), form.cleaned_data)  # type: ignore[attr-defined]
                messages.success(request, act.done)
                if act.code == "urge":
                    tell_unheard(request, [task.pk])
                return redirect(way_back(request, reverse("task", args=[task.pk])))
            except Refused as refused:
                if overtaken(task, act, request.identity):  # type: ignore[attr-defined]
                    return _overtaken(request, task, form)
                form.add_error(refused.field, str(refused))
        status = 422
    context = {
        "section": "tasks", "task": task, "act": act, "form": form, "open": _open(request, task, act),
        "next": way_back(request, ""), "why": _why_not(task, act),
        "extension": task.extension_asked if act.code in DECIDES else None,
    }  # fmt: skip
    return render(request, "tasks/act.html", context, status=status)


def _overtaken(request: HttpRequest, task: Task, form: Form) -> HttpResponse:
    """Somebody else was first, or the same person in another window."""
    first, person = last_of(task)
    when = f"于 {moment(first.at)} {first.does}"
    own = person == request.user.pk
    context = {
        "section": "tasks",
        "says": f"您已{when}过此件。" if own else f"此件已由 {first.who} {when}。",
        "about": task,
        "state": task.get_state_display(),
        "typed": form.cleaned_data.get("reason", ""),
        "latest": reverse("task", args=[task.pk]),
        "onward": {"label": "回到任务列表", "url": reverse("tasks")},
    }
    return render(request, "409.html", context, status=409)


def _open(request: HttpRequest, task: Task, act: Act) -> bool:
    return act in acts_for(task, request.identity)  # type: ignore[attr-defined]


def _why_not(task: Task, act: Act) -> str:
    """Said instead of a form that could only be refused."""
    return not_urged_today.says if act.code == "urge" and task.urged_on == timezone.localdate() else ""


def _choices(act: Act, task: Task) -> dict[str, Any]:
    if act.code == "extend-agree" and task.extension_asked:
        return {"initial": {"until": task.extension_asked.wanted_on}}
    if act.code not in ("hand_over", "reassign"):
        return {}
    held = Appointment.objects.in_force(timezone.localdate()).filter(post=Post.HANDLER, unit=task.unit)
    return {"choices": [(seat.pk, seat.person.name) for seat in held.select_related("person")]}
