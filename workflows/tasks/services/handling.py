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
from foundation.organization.rules import Rule
from workflows.plans.models import office_works

from ..models import Task
from ..permissions import unit_hands_over
from .guards import WRITABLE, required


def receive(*, tasks: int | Iterable[int], actor: Actor, at: dt.datetime) -> Moved:
    """The liaison officer takes one or many; `missed()` says why some stayed."""
    return transition(Task.receive, tasks, actor=actor, at=at)


@tx.atomic
def hand_over(*, task: int, handler: int, actor: Actor, at: dt.datetime, reason: str = "") -> None:
    """转交: to somebody who is 经办人 of the same unit; the liaison officer may go on working on it too."""
    _give(task, _handler(task, handler, at), "hand_over", unit_hands_over, actor, at, reason.strip())


@tx.atomic
def reassign(*, task: int, handler: int, actor: Actor, at: dt.datetime, reason: str) -> None:
    """改派: the same by the office, which has to say why; the unit keeps the task."""
    reason = required(reason, "改派理由")
    _give(task, _handler(task, handler, at), "reassign", office_works, actor, at, reason)


def take_back(*, task: int, actor: Actor, at: dt.datetime) -> None:
    """The liaison officer works on it alone again."""
    _give(task, None, "take_back", unit_hands_over, actor, at, given=Q(handler__isnull=False))


def _handler(task: int, handler: int, at: dt.datetime) -> int:
    unit = Task.objects.values_list("unit", flat=True).filter(pk=task).first()
    held = Appointment.objects.in_force(timezone.localdate(at)).filter(post=Post.HANDLER, unit=unit)
    if not held.filter(pk=handler).exists():
        raise Refused("只能转交给本单位在任的经办人，请重新选择。")
    return handler


def _give(
    task: int, handler: int | None, verb: str, rule: Rule, actor: Actor, at: dt.datetime, reason: str = "",
    given: Q | None = None,
) -> None:  # fmt: skip
    record(
        Task, task, verb, actor=actor, at=at, changes={"handler": handler}, data={"handler": handler},
        words={"reason": reason}, rules=(rule,), source=WRITABLE & (given or Q()),
    ).all_or_refuse()  # fmt: skip
