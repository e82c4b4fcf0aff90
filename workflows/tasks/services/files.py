"""Files of a task, in the places its item asks for."""

from __future__ import annotations

import datetime as dt
from typing import IO

from django.db import transaction as tx

from foundation.files import services as files
from foundation.files.kinds import extension
from foundation.files.models import Attachment
from foundation.journal.moves import record
from foundation.organization.actors import Actor
from foundation.organization.refusals import Refused

from ..gathering import LABEL, asked_of
from ..models import Task
from ..permissions import writes_task
from .guards import WRITABLE, locked


def attach(
    *, task: int, slot: str, source: bytes | IO[bytes], name: str, actor: Actor, at: dt.datetime
) -> Attachment:
    """Check the kind, keep the content, then attach under the task's lock. The same file twice is one file."""
    _fits(Task.objects.select_related("item").get(pk=task), slot, name)
    stored = files.store(source, name, at=at)
    with tx.atomic():
        locked(task, actor, at)
        there = Attachment.objects.filter(
            subject=LABEL, subject_id=task, slot=slot, file=stored, removed_at=None
        ).first()
        if there:
            return there
        row = files.attach(stored, subject=LABEL, subject_id=task, slot=slot, name=name, actor=actor, at=at)
        _tell("attach", task, row.pk, actor, at)
        return row


@tx.atomic
def detach(*, task: int, attachment: int, actor: Actor, at: dt.datetime) -> None:
    """Off the draft; versions that were submitted with it keep it."""
    locked(task, actor, at)
    if not Attachment.objects.filter(pk=attachment, subject=LABEL, subject_id=task).exists():
        raise Refused("这个附件不属于本任务。")
    files.detach(attachment, actor=actor, at=at)
    _tell("detach", task, attachment, actor, at)


def _fits(task: Task, code: str, name: str) -> None:
    slot = asked_of(task).slot(code)
    if slot is None:
        raise Refused("本任务没有这个附件栏，请刷新页面。")
    if slot.kinds and extension(name) not in slot.kinds:
        raise Refused(f"“{name}”没有保存：{slot.name}只收 {'、'.join(slot.kinds)} 文件。")


def _tell(verb: str, task: int, pk: int, actor: Actor, at: dt.datetime) -> None:
    record(
        Task, task, verb, actor=actor, at=at, data={"attachment": pk}, rules=(writes_task,), source=WRITABLE
    ).all_or_refuse()
