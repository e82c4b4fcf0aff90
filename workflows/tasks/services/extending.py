"""延期: a unit asks in time, the office decides; the due day moves, and the journal keeps the old and the new one."""

from __future__ import annotations

import datetime as dt

from django.db import transaction as tx
from django.utils import timezone

from foundation.journal.moves import create, record, transition
from foundation.organization.actors import Actor
from foundation.organization.calendar import DAY
from foundation.organization.refusals import Refused

from ..models import Extension, Task
from ..querysets import OPEN
from .guards import locked, required, seat

FURTHEST = 366  # days: beyond them a year was mistyped
NONE = "这件任务没有待决定的延期申请，或者已经办结，请刷新后查看。"


@tx.atomic
def ask_extension(*, task: int, until: dt.date, reason: str, actor: Actor, at: dt.datetime) -> int:
    """On the due day at the latest, and before anything was handed in. Returns the extension."""
    reason = required(reason, "延期理由")
    row, today = locked(task, actor, at), timezone.localdate(at)
    if row.due_on is None or row.first_submitted_at:
        raise Refused("这件任务没有期限，或者已经提交过，不用申请延期。")
    if today > row.due_on:
        raise Refused(
            f"延期要在到期以前申请，这件任务已于 {row.due_on:%m月%d日} 到期。请尽快报送，并向安委办说明。"
        )
    _later(until, row.due_on)
    if Extension.objects.filter(task=task, state=Extension.State.ASKED).exists():
        raise Refused("已经申请过延期，正在等安委办决定。要改的，先撤回再申请。")
    values = {
        "task": task, "due_on": row.due_on, "wanted_on": until, "reason": reason, "asked_by": seat(actor), "asked_at": at,
    }  # fmt: skip
    data = {"task": task, "from": row.due_on.isoformat(), "wanted_on": until.isoformat()}
    (pk,) = create(Extension, values, actor=actor, at=at, data=data, words={"reason": reason})
    return pk


@tx.atomic
def agree_extension(*, task: int, until: dt.date, actor: Actor, at: dt.datetime, opinion: str = "") -> None:
    """To the day that was asked for, or to another one."""
    asked = _asked(task)
    now = asked.task.due_on or asked.due_on  # a 补充通知 may have moved it since
    _later(until, now)
    granted, note = {"granted_on": until.isoformat()}, {"from": now.isoformat()}
    words = {"opinion": opinion.strip()}
    transition(
        Extension.agree, asked.pk, actor=actor, at=at, data=granted, note=note, words=words
    ).all_or_refuse()
    record(
        Task, task, "extend", actor=actor, at=at, changes={"due_on": until}, 
        data={"due_on": [now.isoformat(), until.isoformat()], "extension": asked.pk},
    ).all_or_refuse()  # fmt: skip


@tx.atomic
def refuse_extension(*, task: int, reason: str, actor: Actor, at: dt.datetime) -> None:
    words = {"reason": required(reason, "不同意的理由")}
    transition(Extension.refuse, _asked(task).pk, actor=actor, at=at, words=words).all_or_refuse()


@tx.atomic
def withdraw_extension(*, task: int, actor: Actor, at: dt.datetime) -> None:
    transition(Extension.withdraw, _asked(task).pk, actor=actor, at=at).all_or_refuse()


def _asked(task: int) -> Extension:
    """The task is locked first, by whoever asks and by whoever decides."""
    Task.objects.select_for_update(of=("self",)).filter(pk=task).first()
    rows = Extension.objects.filter(task=task, state=Extension.State.ASKED, task__state__in=OPEN)
    found = rows.select_related("task").first()
    if found is None:
        raise Refused(NONE)
    return found


def _later(until: dt.date, due_on: dt.date) -> None:
    if until <= due_on:
        raise Refused(f"延期后的日期要在原截止日 {due_on:%m月%d日} 以后。", field="until")
    if until > due_on + DAY * FURTHEST:
        raise Refused(f"延期到 {until} 超过一年，请核对年份。", field="until")
