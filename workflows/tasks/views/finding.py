"""The task of an address, for somebody who may see it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from foundation.organization.actors import Actor
from foundation.organization.posts import UNIT_POSTS

from ..models import Task
from ..permissions import reads_task

View = Callable[..., HttpResponse]
RELATED = ("item", "unit", "plan", "period", "handler__person")


def of_task(view: View) -> View:
    """Hands the view the task itself; 403 with a sentence for a link to somebody else's."""

    @login_required
    @wraps(view)
    def found(request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        task = get_object_or_404(Task.objects.select_related(*RELATED), pk=pk)
        if not _reads(request.actor, pk):  # type: ignore[attr-defined]
            raise PermissionDenied(reads_task.says)
        return view(request, task, *args, **kwargs)

    return found


def _reads(actor: Actor, pk: int) -> bool:
    """Its own people first: only a unit that leads asks once more."""
    rows = Task.objects.filter(pk=pk)
    if rows.visible_to(actor).exists():
        return True
    return (
        actor.post_code in UNIT_POSTS and rows.filter(reads_task.q(actor.post, timezone.localdate())).exists()
    )
