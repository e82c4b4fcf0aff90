"""The moment a 补充通知 counts: its number, the new versions of its items, and the open tasks that take them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from approvals.services import move_due
from foundation.journal.moves import record
from foundation.organization.actors import Actor
from foundation.organization.refusals import Refused
from workflows.plans.models import Item, Plan
from workflows.plans.terms import moved
from workflows.plans.versions import due_of, supersede
from workflows.tasks.gathering import LABEL
from workflows.tasks.models import Task

from ..models import Supplement, SupplementChange
from ..services import open_dispatch
from .paper import register_supplement
from .reach import STAYS, TAKES

INSIDE = ("unit", "entry")  # routes on which a task waits in its own unit
STALE = "“{}”在起草以后已由另一份补充通知调整，请作废这一份，按现在的要求重新起草。"


def come_into_force(row: Supplement, actor: Actor, at: dt.datetime) -> dict[str, int]:
    """One transaction, the process held: the paper registered, every item of a new version, its open tasks moved.

    Returns what the journal tells of it. Accepted tasks are not touched: they keep the version they were accepted by.
    """
    changes = _locked(row)
    document, number = register_supplement(supplement=row, actor=actor, at=at)
    counts = {"document": document, "moved": 0, "kept": 0}
    for change in changes:
        took, stayed = _enforce(change, number, actor, at)
        counts["moved"] += took
        counts["kept"] += stayed
    data = {"supplement": row.pk, "moved": counts["moved"]}
    record(Plan, row.plan_id, "supplement", actor=actor, at=at, data=data).all_or_refuse()
    return counts


def refuse_unless_running(plan: Plan, does: str) -> None:
    """What has begun to close can be taken back by whoever may write a 补充通知; what is archived can't."""
    if plan.state == Plan.State.CLOSING:
        raise Refused(f"活动正在收尾，不能{does}补充通知；请先撤回收尾，再{does}。")
    if plan.state != Plan.State.RUNNING:
        raise Refused(f"活动当前为“{plan.get_state_display()}”；只有进行中的活动可以{does}补充通知。")


def _locked(row: Supplement) -> list[SupplementChange]:
    """The plan first, as dispatch and the closing take it; then the items, which must be what was written against."""
    plan = Plan.objects.select_for_update().get(pk=row.plan_id)
    refuse_unless_running(plan, "印发")
    if open_dispatch(plan.pk):
        raise Refused("任务还在下达中，请等下达完成后再印发补充通知。")
    changes = list(row.changes.select_related("item__plan").prefetch_related("item__periods"))
    held = {one.pk: one.version for one in Item.objects.select_for_update().filter(plan=plan)}
    for one in changes:
        if held[one.item_id] != one.base:
            raise Refused(STALE.format(one.item))
    return changes


def _enforce(change: SupplementChange, number: str, actor: Actor, at: dt.datetime) -> tuple[int, int]:
    """The tasks that took it and those that stayed. One statement for each day that tasks of a period are due on."""
    item, before = change.item, _days(due_of(change.item))
    after = before | _days(change.due)
    new = {pk: dt.date.fromisoformat(day) for pk, day in after.items() if day and day != before[pk]}
    version = supersede(
        item=item, text=change.text, deliverables=change.deliverables, due=new, basis=number, at=at
    )
    told = {"supplement": change.supplement_id, "version": version}
    took = 0
    for (period, due), tasks in _open_tasks(item).items():
        own = due.isoformat() if due else None
        day = moved(own, before[period], after[period])
        until = dt.date.fromisoformat(day) if day else None
        changes = {"item_version": version, "due_on": until}
        if day != own:  # what the office reviews keeps the days it gave itself
            move_due(subject=LABEL, subject_ids=tasks, routes=INSIDE, due_on=until, actor=actor, at=at)
        data = told | ({"due_on": [own, day]} if day != own else {})
        done = record(Task, tasks, "supplement", actor=actor, at=at, changes=changes, data=data, source=TAKES)
        took += len(done.ids)
    return took, Task.objects.filter(STAYS, item=item).count()


def _days(due: list[list[Any]]) -> dict[int, str | None]:
    return {pk: day for pk, _, day in due}


def _open_tasks(item: Item) -> dict[tuple[int, dt.date | None], list[int]]:
    """By period and by the day they are due on now: most have the day of their period, some one of their own."""
    groups: dict[tuple[int, dt.date | None], list[int]] = defaultdict(list)
    for pk, period, due in Task.objects.filter(TAKES, item=item).values_list("pk", "period", "due_on"):
        groups[period, due].append(pk)
    return groups
