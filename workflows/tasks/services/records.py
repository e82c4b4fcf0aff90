"""活动记录: one thing the unit did, added until the task is submitted."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from django.db import transaction as tx
from django.utils import timezone

from foundation.journal.moves import record
from foundation.organization.actors import Actor
from foundation.organization.refusals import Refused

from ..models import ActivityRecord, Task
from ..permissions import writes_task
from .guards import WRITABLE, locked, seat

GONE = "这条活动记录已经删除，请刷新页面。"


@dataclass(frozen=True)
class Activity:
    """What is written down of it."""

    held_on: dt.date
    form: str
    text: str
    place: str = ""
    sessions: int = 1
    people: int = 0


@tx.atomic
def add_record(*, task: int, activity: Activity, token: str, actor: Actor, at: dt.datetime) -> int:
    """`token` is the form's own: sent twice, it is added once. Returns the id of the record."""
    locked(task, actor, at)
    _possible(activity, at)
    if there := ActivityRecord.objects.filter(task=task, token=token).first():
        return there.pk
    row = ActivityRecord.objects.create(
        task_id=task, token=token, added_by_id=seat(actor), added_at=at, **asdict(activity)
    )
    _tell("add_record", task, row.pk, actor, at)
    return row.pk


@tx.atomic
def change_record(*, task: int, record: int, activity: Activity, actor: Actor, at: dt.datetime) -> None:
    """Earlier submissions keep what it said then."""
    locked(task, actor, at)
    _possible(activity, at)
    there = ActivityRecord.objects.filter(task=task, pk=record, removed_at=None)
    if not there.update(**asdict(activity)):
        raise Refused(GONE)
    _tell("change_record", task, record, actor, at)


@tx.atomic
def remove_record(*, task: int, record: int, actor: Actor, at: dt.datetime) -> None:
    """The row stays, for what was submitted with it."""
    locked(task, actor, at)
    if not ActivityRecord.objects.filter(task=task, pk=record, removed_at=None).update(removed_at=at):
        raise Refused(GONE)
    _tell("remove_record", task, record, actor, at)


def _possible(activity: Activity, at: dt.datetime) -> None:
    if activity.held_on > timezone.localdate(at):
        raise Refused("活动日期晚于今天，请改为实际开展的日期；计划中的活动请在开展后登记。")
    if activity.people and not activity.sessions:
        raise Refused("参加人数大于 0 时，场次不能是 0。")


def _tell(verb: str, task: int, pk: int, actor: Actor, at: dt.datetime) -> None:
    record(
        Task, task, verb, actor=actor, at=at, data={"record": pk}, rules=(writes_task,), source=WRITABLE
    ).all_or_refuse()
