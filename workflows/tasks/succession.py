"""What becomes of the tasks of a unit that ends: open ones go to its successor, nothing is owed twice, the rest stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from approvals.models import Approval
from approvals.services import void_all
from foundation.journal.moves import record, transition
from foundation.organization.actors import Actor
from foundation.organization.ending import Ending, Estate, Line, last_heir
from foundation.organization.models import Unit
from foundation.organization.refusals import Refused

from .gathering import LABEL
from .models import Task
from .querysets import DONE

TWICE = "承接单位已有同一项任务"


def open_tasks(unit: Unit) -> QuerySet[Task]:
    """Those that somebody still works on. Accepted ones were done by the old unit, and stay with it."""
    return Task.objects.filter(unit=unit).exclude(state__in=DONE)


def going(unit: Unit, heir: Unit) -> QuerySet[Task]:
    """Those that the successor carries on: it does not owe them itself."""
    rows = open_tasks(unit)
    return rows.exclude(pk__in=_owed_too(rows, heir).order_by().values("pk"))


def open_rows(units: Collection[Unit]) -> Iterator[QuerySet]:
    """What is being approved, then its tasks: the order of every decision."""
    tasks = Task.objects.filter(unit__in=units).exclude(state__in=DONE)
    ids = tasks.order_by().values("pk")
    yield Approval.objects.filter(subject=LABEL, subject_id__in=ids, state="pending")
    yield tasks


def preview(unit: Unit, successor: Unit | None) -> list[Line]:
    rows, staying = open_tasks(unit), _staying(unit, successor).count()
    kept = Task.objects.filter(unit=unit, state__in=DONE).count()
    stay = [Line("已报安委办审核的任务由安委办接着审", staying), Line("已办结的任务保留在原单位", kept)]
    if successor is None:
        return [Line("未办结的任务终止", rows.count() - staying), *stay]
    on = going(unit, successor).count()
    return [
        Line("未办结的任务由承接单位接着办", on),
        Line("承接单位已有同一项任务，原单位的终止", rows.count() - on - staying),
        *stay,
    ]


def pass_on(ending: Ending) -> None:
    """Set-wise. What waits for the old unit's heads is void: the successor's heads decide on it anew."""
    heir = ending.successor
    by: dict[str, Any] = {"actor": ending.actor, "at": ending.at}
    staying = set(_staying(ending.unit, heir).values_list("pk", flat=True))
    rows = open_tasks(ending.unit).exclude(pk__in=staying)
    lapsing = list((_owed_too(rows, heir) if heir else rows).values_list("pk", flat=True))
    inside = list(rows.filter(state=Task.State.UNIT_REVIEW).values_list("pk", flat=True))
    void_all(subject=LABEL, subject_ids={*lapsing, *inside}, reason=ending.reason, **by)
    if heir:
        _keep_lead({*lapsing, *staying}, heir, **by)
    reason = f"{ending.reason}；{TWICE}" if heir else ending.reason
    transition(Task.lapse, lapsing, words={"reason": reason}, **by).all_or_refuse()
    if heir:
        moving = list(going(ending.unit, heir).values_list("pk", flat=True))
        transition(Task.recall, [pk for pk in inside if pk in set(moving)], **by).all_or_refuse()
        hand_down(moving, ending.unit, heir, ending.reason, **by)


def _staying(unit: Unit, heir: Unit | None) -> QuerySet[Task]:
    """What the office is reviewing and nobody else can take over: the figures in it were reported, and are lost by no merger."""
    handed_in = open_tasks(unit).filter(state=Task.State.OFFICE_REVIEW)
    return _owed_too(handed_in, heir) if heir else handed_in


def lapse_given_back(tasks: Iterable[int], *, actor: Actor, at: dt.datetime) -> None:
    """What stayed with a unit that ended, given back by the office: nobody is there to put it right."""
    gone = Task.objects.filter(pk__in=list(tasks), unit__ended_on__isnull=False).exclude(state__in=DONE)
    ids, reason = (
        list(gone.values_list("pk", flat=True)),
        "单位已撤销，退回的内容由承接单位在同一项任务里补报",
    )
    if ids:
        transition(Task.lapse, ids, words={"reason": reason}, actor=actor, at=at).all_or_refuse()


def hand_down(
    tasks: Iterable[int], unit: Unit, heir: Unit, reason: str, *, actor: Actor, at: dt.datetime
) -> None:
    """With their drafts, records, files and versions, which hang on the task."""
    changes = {"unit": heir.pk, "handler": None}
    data = {"unit": [unit.pk, heir.pk], "names": [unit.short_name, heir.short_name]}
    words = {"reason": reason}
    record(
        Task, tasks, "succeed", actor=actor, at=at, changes=changes, data=data, words=words
    ).all_or_refuse()


def to_heir(pk: int, *, actor: Actor, at: dt.datetime) -> None:
    """A task that is opened again belongs to who carries on the work of its unit now."""
    task = Task.objects.select_related("unit__successor").get(pk=pk)
    if not task.unit.ended_on:
        return
    heir = last_heir(task.unit)
    if heir is None:
        raise Refused(f"{task.unit}已撤销，没有承接单位，不能重开。")
    if Task.objects.filter(item=task.item_id, period=task.period_id, unit=heir).exists():
        raise Refused(f"{task.unit}已并入{heir}，{TWICE}，不能重开；请在那一件里办理。")
    hand_down([pk], task.unit, heir, f"{task.unit}已并入{heir}", actor=actor, at=at)


def _owed_too(rows: QuerySet[Task], heir: Unit) -> QuerySet[Task]:
    theirs = Task.objects.filter(item=OuterRef("item"), period=OuterRef("period"), unit=heir)
    return rows.filter(Exists(theirs))


def _keep_lead(leaving: set[int], heir: Unit, *, actor: Actor, at: dt.datetime) -> None:
    """Where the old unit led and the successor assists, the successor leads: somebody has to."""
    led = Task.objects.filter(pk__in=leaving, role="lead", item=OuterRef("item"), period=OuterRef("period"))
    rows = Task.objects.filter(Exists(led), unit=heir, role="assist").exclude(state__in=DONE)
    ids, changes = list(rows.values_list("pk", flat=True)), {"role": "lead"}
    record(Task, ids, "lead", actor=actor, at=at, changes=changes, data={"role": ["assist", "lead"]})


def obstacles(unit: Unit, successor: Unit | None) -> list[Line]:
    """What waits for the heads of this unit and is no task."""
    rows = Approval.objects.filter(unit=unit, state="pending").exclude(subject=LABEL)
    return [Line(f"{unit.short_name}还有没办完的审批（案例推荐、移送等）", rows.count(), stops=True)]


TASKS = Estate(preview, pass_on, open_rows)
APPROVALS = Estate(obstacles, lambda ending: None)
