"""签收, and giving a task to somebody else inside the unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction as tx
from django.db.models import Q
from django.utils import timezone

from foundation.journal.moves import Moved, record, transition
from foundation.organization.actors import Actor
from foundation.organization.models import Appointment
from foundation.organization.posts import Post
from foundation.organization.refusals import Refused

from ..models import Task
from ..permissions import unit_hands_over
from .guards import WRITABLE


def receive(*, tasks: int | Iterable[int], actor: Actor, at: dt.datetime) -> Moved:
    """The liaison officer takes one or many; `missed()` says why some stayed."""
    return transition(Task.receive, tasks, actor=actor, at=at)


@tx.atomic
def hand_over(*, task: int, handler: int, actor: Actor, at: dt.datetime) -> None:
    """To somebody who is 经办人 of the same unit; the liaison officer may go on working on it too."""
    unit = Task.objects.values_list("unit", flat=True).filter(pk=task).first()
    held = Appointment.objects.in_force(timezone.localdate(at)).filter(post=Post.HANDLER, unit=unit)
    if not held.filter(pk=handler).exists():
        raise Refused("只能转交给本单位在任的经办人，请重新选择。")
    _give(task, handler, "hand_over", Q(), actor, at)


def take_back(*, task: int, actor: Actor, at: dt.datetime) -> None:
    """The liaison officer works on it alone again."""
    _give(task, None, "take_back", Q(handler__isnull=False), actor, at)


def _give(task: int, handler: int | None, verb: str, given: Q, actor: Actor, at: dt.datetime) -> None:
    record(
        Task, task, verb, actor=actor, at=at, changes={"handler": handler}, data={"handler": handler},
        rules=(unit_hands_over,), source=WRITABLE & given,
    ).all_or_refuse()  # fmt: skip
