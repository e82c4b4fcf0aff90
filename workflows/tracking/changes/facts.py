"""What happened to the tasks that one may see after a moment, by kind: from the journal, in four statements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, F, Max, Q, QuerySet
from django.utils import timezone

from foundation.journal.models import Entry
from foundation.organization.models import Unit
from workflows.plans.models import ItemVersion
from workflows.tasks.models import Task
from workflows.tasks.querysets import late

from ..facts import tasks_of
from ..models import Slip

LABEL, SLIP = Task._meta.label_lower, Slip._meta.label_lower


@dataclass(frozen=True)
class Kind:
    """`light`: the mark it is shown with; `verbs` of a task that make it, none where it is told otherwise."""

    code: str
    name: str
    light: str = ""
    verbs: tuple[str, ...] = ()


KINDS = (
    Kind("overdue", "新超期", "overdue"),
    Kind("slips", "督办单", "overdue"),
    Kind("returned", "办公室退回", "near", ("office_return",)),
    Kind("submitted", "新报送", "", ("submit", "enter")),
    Kind("reached", "报到办公室", "", ("reach_office",)),
    Kind("accepted", "通过", "done", ("accept",)),
    Kind("rejected", "未通过", "", ("reject",)),
    Kind("waiver", "申请免报", "", ("ask_waiver",)),
    Kind("waived", "同意免报", "", ("waive",)),
    Kind("received", "签收", "", ("receive",)),
    Kind("extended", "延期", "", ("extend",)),
    Kind("supplements", "补充通知", "near"),
    Kind("succeeded", "承接合并单位", "", ("succeed",)),
    Kind("issued", "新下达", "", ("create",)),
    Kind("reopened", "重开", "", ("reopen",)),
    Kind("cancelled", "撤销", "", ("cancel", "lapse")),
)
OF_VERB = {f"{LABEL}.{verb}": kind.code for kind in KINDS for verb in kind.verbs}
HEIRS = Unit.objects.filter(successor__isnull=False).order_by().values("successor")


class Change(NamedTuple):
    """`task`: what the line is about, 0 where it is a `version` of an item. `at` None: a day went by and nobody did
    anything. `slip`: the 督办单 itself. `units`: how many of them it concerns. `note`: stands below the title."""

    task: int
    at: dt.datetime | None
    slip: int | None = None
    version: int | None = None
    units: int = 1
    note: str = ""


def changes(plan: int, units: QuerySet[Unit], since: dt.datetime, today: dt.date) -> dict[str, list[Change]]:
    """By kind, the latest first, a task once in each: what is in no kind of KINDS is not told."""
    tasks = tasks_of(plan, units).order_by()
    found: dict[str, list[Change]] = {kind.code: [] for kind in KINDS}
    found["overdue"] = list(_overdue(tasks, since, today))
    found["slips"] = list(_slips(tasks, since))
    found["supplements"] = list(_supplements(plan, tasks, since))
    told: dict[tuple[str, int], dt.datetime] = {}
    for verb, task, at in _entries(tasks, since):
        key = OF_VERB[verb], task
        told[key] = max(at, told.get(key, at))
    for (code, task), at in sorted(told.items(), key=lambda one: (-one[1].timestamp(), one[0])):
        found[code].append(Change(task, at))
    found["succeeded"] = _from(found["succeeded"], since)
    return {code: some for code, some in found.items() if some}


def _entries(tasks: QuerySet[Task], since: dt.datetime) -> QuerySet:
    """Only the chains of what moved since are read: a move stands on the task, an extension beside it; what came from
    another unit is with one that carries on the work of others."""
    somehow = Q(changed__gt=since) | Q(extensions__decided_at__gt=since) | Q(unit__in=HEIRS)
    moved = tasks.filter(somehow).values("pk")
    rows = Entry.objects.filter(target=LABEL, target_id__in=moved, verb__in=OF_VERB, at__gt=since)
    return (
        rows.order_by()
        .values("verb", "target_id")
        .annotate(last=Max("at"))
        .values_list("verb", "target_id", "last")
    )


def _overdue(tasks: QuerySet[Task], since: dt.datetime, today: dt.date) -> Iterator[Change]:
    """Whose due day went by since, and that have still not come."""
    rows = tasks.filter(
        late(today), first_submitted_at=None, due_on__gte=timezone.localdate(since), imported=False
    )
    yield from (Change(task, None) for task in rows.order_by("-due_on", "pk").values_list("pk", flat=True))


def _slips(tasks: QuerySet[Task], since: dt.datetime) -> Iterator[Change]:
    slips = Slip.objects.filter(task__in=tasks.values("pk"), issued_on__gte=timezone.localdate(since))
    sent = Entry.objects.filter(
        target=SLIP, target_id__in=slips.order_by().values("pk"), verb=f"{SLIP}.create", at__gt=since
    )
    rows = dict(sent.values_list("target_id", "at"))
    of = slips.filter(pk__in=rows).values_list("pk", "task") if rows else ()
    yield from (Change(task, rows[slip], slip) for slip, task in of)


def _supplements(plan: int, tasks: QuerySet[Task], since: dt.datetime) -> Iterator[Change]:
    """Items that ask for something else since, a line each: where at least one of these tasks goes by it."""
    took = Q(item__tasks__in=tasks.values("pk"), item__tasks__item_version__gt=F("number"))
    rows = ItemVersion.objects.filter(took, item__plan=plan, until__gt=since)
    counted = rows.order_by("-until", "item__order", "-number").annotate(
        units=Count("item__tasks__unit", distinct=True)
    )
    for pk, until, units, basis in counted.values_list("pk", "until", "units", "basis"):
        yield Change(0, until, version=pk, units=units, note=basis)


def _from(some: list[Change], since: dt.datetime) -> list[Change]:
    """Each with whose task it was; of one that went from hand to hand, the first of them since."""
    if not some:
        return some
    rows = Entry.objects.filter(
        target=LABEL, target_id__in=[one.task for one in some], verb=f"{LABEL}.succeed", at__gt=since
    )
    told = rows.order_by("-seq").values_list("target_id", "data")
    names = {task: data["names"][0] for task, data in told}
    return [one._replace(note=f"原属{names[one.task]}") for one in some]
