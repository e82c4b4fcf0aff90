"""In whose hands tasks are now, by name: two queries however many tasks."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from approvals.models import Signer
from foundation.organization.models import Appointment
from foundation.organization.posts import Post

from .gathering import LABEL
from .models import Task
from .querysets import DONE, IN_REVIEW, IN_WORK

NO_LIAISON = "无联络员"  # the red line: nobody can take the task


def hands_of(tasks: Iterable[Task], day: dt.date) -> dict[int, str]:
    """The liaison officer, the handler it was given to, or the signers whose turn it is; empty once done."""
    rows = [task for task in tasks if task.state not in DONE]
    signers = _signers([task.pk for task in rows if task.state in IN_REVIEW])
    working = [task for task in rows if task.state not in IN_REVIEW]
    liaisons, handlers = _workers(working, day)
    return {task.pk: "、".join(signers[task.pk]) for task in rows if task.state in IN_REVIEW} | {
        task.pk: _worker(task, liaisons, handlers) for task in working
    }


def _worker(task: Task, liaisons: dict[int, str], handlers: dict[int, str]) -> str:
    given = handlers.get(task.handler_id or 0) if task.state in IN_WORK else None
    return given or liaisons.get(task.unit_id, NO_LIAISON)


def _workers(tasks: list[Task], day: dt.date) -> tuple[dict[int, str], dict[int, str]]:
    """Liaison officers by unit, handlers by appointment; those in force."""
    if not tasks:
        return {}, {}
    officers = Q(post=Post.LIAISON, unit__in={task.unit_id for task in tasks})
    given = Q(pk__in={task.handler_id for task in tasks if task.handler_id})
    seats = Appointment.objects.in_force(day).filter(officers | given).select_related("person")
    liaisons = {seat.unit_id: seat.person.name for seat in seats if seat.post == Post.LIAISON}
    return liaisons, {seat.pk: seat.person.name for seat in seats}


def _signers(tasks: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    if tasks:
        turn = Signer.objects.filter(
            approval__subject=LABEL, approval__subject_id__in=tasks, approval__state="pending", state="open"
        )
        for task, name in turn.values_list("approval__subject_id", "appointment__person__name"):
            found[task].append(name)
    return found
