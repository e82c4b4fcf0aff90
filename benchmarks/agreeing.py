"""Five hundred approvals agreed to: ours in chunks, the floor in the same chunks, a viewflow loop one by one."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.db.models import F, Model, Q, QuerySet

from approvals import services as approvals
from approvals.engine.terms import Command, Do
from approvals.models import Approval, RouteVersion, Signer
from foundation.journal.models import Entry
from foundation.journal.moves import create
from foundation.journal.prepared import Param
from foundation.organization.models import Unit
from workflows.tasks.models import Task

from .counting import counted
from .floor import Floor
from .ours import DIGEST, LABEL
from .peers import Viewflow
from .world import AT, OFFICE_ROUTE, World, make_periods, make_plan

# Columns in which two batches differ: whose row it is, and what is random or hashed of that.
APART = {
    "id", "approval", "subject_id", "plan", "period", "target_id", "journal_head", "words_salt", "words_hash", "hash"
}  # fmt: skip


class Agree:
    """The office agrees to a task of every town, each accepted and archived with it."""

    def __init__(self, world: World, chunk: int, looped: int) -> None:
        self.world, self.chunk, self.looped = world, chunk, looped
        self.floor, self.viewflow = Floor(world), Viewflow(world)

    def round(self) -> dict[str, Any]:
        """Seconds of each, what was sent by chunk, and seconds to start the processes of the loop."""
        batches = {"ours": pending(self.world), "floor": pending(self.world)}
        batches["viewflow"], starting = self._waiting()
        acts: dict[str, Callable] = {"ours": self._ours, "floor": self.floor.agree, "viewflow": self._loop}
        seconds, sent = dict.fromkeys(acts, 0.0), {name: list[int]() for name in acts}
        starts = range(0, len(batches["ours"]), self.chunk)
        for turn, start in enumerate(starts):
            names = list(acts)
            for name in names[turn % 3 :] + names[: turn % 3]:  # noise falls on all alike
                rows = batches[name]
                share = rows[turn :: len(starts)] if name == "viewflow" else rows[start : start + self.chunk]
                began = time.perf_counter()
                sent[name].append(acts[name](share))
                seconds[name] += time.perf_counter() - began
        ours, floor = (written(batches[name]) for name in ("ours", "floor"))
        assert ours == floor, [table for table in ours if ours[table] != floor[table]]
        counts = {name: len(rows) for name, rows in batches.items()}
        return {"seconds": seconds, "count": counts, "statements": sent, "starting": starting}

    def _ours(self, chunk: list[int]) -> int:
        actor = self.world.actor("clerk")
        command = Command(Do.AGREE, actor.person or 0, opinion="同意。")
        with counted() as count:
            done = approvals.decide_many(approvals=chunk, actor=actor, at=AT, command=command)
        assert len(done.outcomes) == len(chunk)
        return count.statements

    def _loop(self, processes: list[int]) -> int:
        with counted() as count:
            for process in processes:
                self.viewflow.agree(process)
        return count.statements

    def _waiting(self) -> tuple[list[int], float]:
        """Processes that wait for the office, and how long it took to start them."""
        periods = make_periods(self.world.item, self.looped)
        began = time.perf_counter()
        started = [self.viewflow.start(period) for period in periods]
        starting = time.perf_counter() - began
        for process in started:
            self.viewflow.reach_office(process)
        return started, starting


def pending(world: World) -> list[int]:
    """One approval for a task of every town."""
    plan = make_plan(world.office)
    (period,) = make_periods(world.item, 1)
    task: dict[str, Any] = {
        "plan": plan, "item": world.item, "period": period, "unit": F("pk"), "role": "lead",
        "state": "office_review", "changed": AT,
    }  # fmt: skip
    create(Task, task, source=_towns, actor=world.actor("clerk"), at=AT, group=world.towns.pk)
    version = RouteVersion.objects.get(route__code=OFFICE_ROUTE)
    approval = {
        "subject": LABEL, "subject_id": F("pk"), "unit": F("unit"), "version": version, "title": "培训",
        "initiator": world.liaison.pk, "authors": [world.liaison.person_id], "digest": DIGEST,
        "step": 1, "moved_at": AT,
    }  # fmt: skip
    made = create(Approval, approval, source=_tasks, actor=world.actor("liaison"), at=AT, plan_id=plan)
    Signer.objects.bulk_create(
        Signer(approval_id=pk, key=1, step=1, appointment=world.clerk, state="open", opened_at=AT)
        for pk in made
    )
    return made


def _towns() -> QuerySet:
    return Unit.objects.filter(groups=Param("group"))


def _tasks() -> QuerySet:
    return Task.objects.filter(plan=Param("plan_id"))


def written(made: list[int]) -> dict[str, list[tuple]]:
    """By table every column of the rows that these approvals are about, but for those that are APART."""
    about = Approval.objects.filter(pk__in=made)
    tasks = Task.objects.filter(pk__in=about.values("subject_id"))
    entries = Entry.objects.filter(
        Q(target="approvals.approval", target_id__in=made) | Q(target="tasks.task", target_id__in=tasks)
    )
    rows: list[tuple[QuerySet[Any], tuple[str, ...]]] = [
        (Signer.objects.filter(approval__in=made), ("approval", "key")),
        (about, ("pk",)),
        (tasks, ("pk",)),
        (entries, ("target", "target_id", "seq")),
    ]
    return {
        found.model._meta.db_table: list(found.order_by(*order).values_list(*_columns(found.model)))
        for found, order in rows
    }


def _columns(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if field.name not in APART]
