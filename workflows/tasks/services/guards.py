"""The task, locked, for somebody who may write on it now; or the sentence that says why not."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q
from django.utils import timezone

from foundation.journal.moves import Move, refusals
from foundation.organization.actors import Actor
from foundation.organization.refusals import Refused

from ..models import Task
from ..permissions import writes_task
from ..querysets import IN_WORK

WRITABLE = Q(state__in=IN_WORK)
WRITE = Move(Task, "state", "", WRITABLE, (writes_task,), "", dict)


def locked(task: int, actor: Actor, at: dt.datetime) -> Task:
    """Held until the transaction ends: what is gathered under it is what gets submitted."""
    day = timezone.localdate(at)
    rows = Task.objects.select_for_update(of=("self",)).select_related("item", "unit", "plan", "period")
    row = rows.filter(*WRITE.wanted(actor.post, day), pk=task).first()
    if row is None:
        refuse_writing(task, actor, at)
        raise Refused("刚刚有变化，请刷新后再试一次。")
    return row


def refuse_writing(task: int, actor: Actor, at: dt.datetime) -> None:
    """Raises Refused with the reason, where this identity may not write on the task now."""
    day = timezone.localdate(at)
    if not Task.objects.filter(*WRITE.wanted(actor.post, day), pk=task).exists():
        raise Refused(refusals(WRITE, [task], actor, day)[task])


def required(text: str, name: str, longest: int = 500) -> str:
    """A reason somebody has to give."""
    text = text.strip()
    if not text:
        raise Refused(f"请填写{name}。")
    if len(text) > longest:
        raise Refused(f"{name}有 {len(text)} 字，请控制在 {longest} 字以内。")
    return text


def seat(actor: Actor) -> int:
    """The appointment acted under; what people wrote is never the system's."""
    if actor.post is None:
        raise Refused("请先选择以哪个岗位办理。")
    return actor.post
