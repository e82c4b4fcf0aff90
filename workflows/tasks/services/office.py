"""What the office does with tasks: 归档, 催办, 撤销, 重开."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction as tx
from django.db.models import Q
from django.utils import timezone

from approvals import services as approvals
from approvals.models import Approval
from foundation.jobs import queue
from foundation.jobs.housekeeping import sign
from foundation.journal.moves import Moved, record, transition
from foundation.organization.actors import Actor
from foundation.organization.refusals import Refused
from workflows.plans.models import Plan, office_works

from ..gathering import LABEL
from ..models import Task
from ..permissions import not_urged_today
from ..querysets import WITH_UNIT
from ..succession import to_heir
from .guards import required

PAPERS = "tasks.papers"  # the job


def archive(*, tasks: int | Iterable[int], actor: Actor, at: dt.datetime) -> Moved:
    """One or many that were accepted; `missed()` says why some stayed. Their 审批单 are made in the background, and
    the journal is signed."""
    with tx.atomic(savepoint=False):
        moved = transition(Task.archive, tasks, actor=actor, at=at)
        if moved.ids:
            queue.put(PAPERS, args={"tasks": moved.ids}, owner=actor.post, at=at)
            sign(at)
    return moved


def urge(*, tasks: int | Iterable[int], actor: Actor, at: dt.datetime, reason: str = "") -> Moved:
    """催办: of what the unit has, at most once a day for each task, and written down, with what is said to the unit."""
    return record(
        Task, tasks, "urge", actor=actor, at=at, changes={"urged_on": timezone.localdate(at)},
        words={"reason": reason.strip()},
        rules=(office_works, not_urged_today), source=Q(state__in=WITH_UNIT),
    )  # fmt: skip


@tx.atomic
def cancel(*, task: int, reason: str, actor: Actor, at: dt.datetime) -> None:
    """Call a task off; what is being approved on it ends undecided."""
    reason = required(reason, "撤销理由")
    approvals.void(subject=LABEL, subject_id=task, actor=actor, at=at, reason=reason)
    transition(Task.cancel, task, actor=actor, at=at, words={"reason": reason}).all_or_refuse()
    if Approval.objects.filter(subject=LABEL, subject_id=task, state="pending").exists():
        raise Refused("这件任务刚刚提交了审批，请刷新后再撤销。")  # between the two statements above


@tx.atomic
def reopen(*, task: int, reason: str, actor: Actor, at: dt.datetime) -> None:
    """Accepted, refused or waived wrongly: the office head gives it back to the unit."""
    reason = required(reason, "重开理由")
    # Archiving the campaign at the same time waits, then finds it open; or was first, then plan_lives refuses.
    Plan.objects.select_for_update().filter(tasks=task).first()
    transition(Task.reopen, task, actor=actor, at=at, words={"reason": reason}).all_or_refuse()
    to_heir(task, actor=actor, at=at)
