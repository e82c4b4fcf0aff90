"""What the journal says of every task, entry by entry: where it stood, when it was due and whose it was at any time."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.utils import timezone

from foundation.journal.models import Entry
from workflows.plans.models import ItemVersion
from workflows.tasks.models import Extension, Task

HANDED_IN = ("tasks.task.submit", "tasks.task.enter")
DONE = ("accepted", "archived", "waived", "rejected", "cancelled")


@dataclass
class Tale:
    """One task. `due_first` and `unit_first`: as it was dispatched."""

    task: Task
    due_first: dt.date | None
    unit_first: int
    entries: list[Entry]
    extensions: list[list[Entry]] = field(default_factory=list)  # the chain of each

    def until(self, at: dt.datetime) -> list[Entry]:
        return [one for one in self.entries if one.at <= at]

    def state(self, at: dt.datetime) -> str:
        """Empty before it was dispatched."""
        return next((one.to for one in reversed(self.until(at)) if one.to), "")

    def due(self, at: dt.datetime) -> dt.date | None:
        due = self.due_first
        for one in self.until(at):
            if "due_on" in one.data:
                due = dt.date.fromisoformat(one.data["due_on"][1])
        return due

    def unit(self, at: dt.datetime) -> int:
        unit = self.unit_first
        for one in self.until(at):
            if one.verb == "tasks.task.succeed":
                unit = one.data["unit"][1]
        return unit

    def handler(self, at: dt.datetime) -> int | None:
        handler = None
        for one in self.until(at):
            if one.verb in ("tasks.task.hand_over", "tasks.task.reassign", "tasks.task.take_back"):
                handler = one.data["handler"]
            elif one.verb == "tasks.task.succeed":
                handler = None
        return handler

    def first_day(self, at: dt.datetime) -> dt.date | None:
        """When it was first handed in; of a 代录 the day of the paper."""
        for one in self.until(at):
            if one.verb == "tasks.task.submit":
                return timezone.localdate(one.at)
            if one.verb == "tasks.task.enter":
                return dt.date.fromisoformat(one.data["paper_on"])
        return None

    def asked(self) -> list[str]:
        """What has to be handed in, by the version of the item that it keeps to."""
        took = [one.data["version"] for one in self.entries if one.verb == "tasks.task.supplement"]
        old = ItemVersion.objects.filter(item=self.task.item_id).order_by("number")
        kept = old.filter(number=took[-1]) if took else old.filter(until__gt=self.entries[0].at)
        version = kept.first()
        return version.deliverables if version else self.task.item.deliverables

    def times(self, verb: str) -> int:
        return sum(one.verb == f"tasks.task.{verb}" for one in self.entries)


def tales(**which: object) -> list[Tale]:
    chains: dict[tuple[str, int], list[Entry]] = defaultdict(list)
    rows = Entry.objects.filter(target__in=("tasks.task", "tasks.extension"))
    for one in rows.order_by("target", "target_id", "seq"):
        chains[one.target, one.target_id].append(one)
    asked = defaultdict(list)
    for pk, task in Extension.objects.order_by("pk").values_list("pk", "task"):
        asked[task].append(chains["tasks.extension", pk])
    found = []
    for task in Task.objects.filter(**which).select_related("item", "period", "unit", "plan").order_by("pk"):
        chain = chains["tasks.task", task.pk]
        first = next((one.data["unit"][0] for one in chain if one.verb == "tasks.task.succeed"), task.unit_id)
        found.append(Tale(task, _due_first(task, chain), first, chain, asked[task.pk]))
    return found


def _due_first(task: Task, chain: list[Entry]) -> dt.date | None:
    """That of its period as the plan had it, unless a 补充通知 came before the task."""
    old = ItemVersion.objects.filter(item=task.item_id, until__gt=chain[0].at).order_by("number").first()
    if old is None:
        return task.period.due_on
    return next(dt.date.fromisoformat(day) for pk, _, day in old.due if pk == task.period_id)
