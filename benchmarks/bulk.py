"""Ten thousand tasks at once, and five hundred approvals: set-wise, against the fastest plain way to load rows."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from django.db.models import F, QuerySet

from approvals import services as approvals
from approvals.engine.terms import Command, Do
from approvals.models import Approval, RouteVersion, Signer
from foundation.journal.chain import seal
from foundation.journal.models import content
from foundation.journal.moves import create
from foundation.journal.prepared import Param
from foundation.organization.models import Unit
from workflows.campaigns.dispatch import dispatch_tasks
from workflows.plans.models import Period
from workflows.tasks.models import Task

from .client import Client
from .counting import Count, counted
from .ours import DIGEST, LABEL
from .raw import TASK, Raw
from .world import AT, OFFICE_ROUTE, World, make_campaign, make_periods, make_plan

COLUMNS = {
    TASK: "id, journal_seq, journal_head, plan_id, item_id, period_id, unit_id, role, state, due_on, version, "
    "imported, created, changed",
    "journal_entry": 'target, target_id, seq, verb, source, "to", actor_id, post_id, data, words_salt, '
    "words_hash, at, hash",
}
Rows = dict[str, list[tuple]]


class Dispatch:
    """20 items × 500 units: ours by one move, the yardstick by COPY (executemany on SQLite) of the same rows."""

    def __init__(self, world: World, items: int) -> None:
        self.world, self.items, self.raw = world, items, Raw(world)

    def ours(self) -> tuple[float, int, Count]:
        """(seconds, tasks, what was sent)."""
        plan, actor = make_campaign(self.world, self.items), self.world.actor("clerk")
        began = time.perf_counter()
        with counted() as count:
            made = dispatch_tasks(plan=plan, actor=actor, at=AT)
        return time.perf_counter() - began, made, count

    def copied(self) -> tuple[float, float]:
        """(seconds to make rows and hashes in Python, seconds to load them)."""
        plan = make_campaign(self.world, self.items)
        began = time.perf_counter()
        rows = self._rows(plan)
        ready = time.perf_counter()
        load(self.raw.db, rows)
        return ready - began, time.perf_counter() - ready

    def _rows(self, plan: int) -> Rows:
        periods = list(Period.objects.filter(item__plan=plan).values_list("pk", "item"))
        units = list(Unit.objects.filter(groups=self.world.towns).values_list("pk", flat=True))
        ids = iter(self._ids(len(periods) * len(units)))
        rows: Rows = {TASK: [], "journal_entry": []}
        for period, item in periods:
            for unit in units:
                self._add(rows, next(ids), plan, item, period, unit)
        return rows

    def _ids(self, count: int) -> list[int]:
        """Reserved ahead, so that the hashes can be made before the rows are sent."""
        if self.raw.db.sqlite:
            (first,) = self.raw.db.one(self.raw.next.format(TASK))
            return list(range(first, first + count))
        sql = self.raw.next.format(TASK) + " FROM generate_series(1, %s)"
        return [pk for (pk,) in self.raw.db.run(sql, count).fetchall()]

    def _add(self, rows: Rows, pk: int, plan: int, item: int, period: int, unit: int) -> None:
        seat, verb, at = self.world.clerk, "tasks.task.create", self.raw.at
        hashed = content(
            verb=verb, to="issued", actor=seat.person_id, post=seat.pk, behalf=None, data={}, words="", at=AT
        )
        head = seal("", "tasks.task", pk, 1, "", hashed)
        rows[TASK].append(
            (pk, 1, head, plan, item, period, unit, "lead", "issued", self.raw.due, 0, False, at, at)
        )
        rows["journal_entry"].append(
            ("tasks.task", pk, 1, verb, "", "issued", seat.person_id, seat.pk, "{}", "", "", at, head)
        )


def load(db: Client, rows: Rows) -> None:
    db.begin()
    for table, lines in rows.items():
        names = COLUMNS[table]
        if db.sqlite:
            places = ", ".join("?" * len(lines[0]))
            db.connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", lines)
            continue
        with db.connection.cursor().copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for line in lines:
                copy.write_row(line)
    db.commit()


class Decide:
    """The office agrees to many in chunks, each task accepted and archived with it."""

    def __init__(self, world: World) -> None:
        self.world = world

    def chunks(self, size: int) -> Iterator[tuple[float, int, Count]]:
        """(seconds, decided, what was sent) of every chunk."""
        pending, actor = self._pending(), self.world.actor("clerk")
        command = Command(Do.AGREE, actor.person or 0, opinion="同意。")
        for start in range(0, len(pending), size):
            began = time.perf_counter()
            with counted() as count:
                done = approvals.decide_many(
                    approvals=pending[start : start + size], actor=actor, at=AT, command=command
                )
            assert not done.refused
            yield time.perf_counter() - began, len(done.outcomes), count

    def _pending(self) -> list[int]:
        """One approval for a task of every town."""
        world, clerk = self.world, self.world.actor("clerk")
        plan = make_plan(world.office)
        (period,) = make_periods(world.item, 1)
        task: dict[str, Any] = {
            "plan": plan, "item": world.item, "period": period, "unit": F("pk"), "role": "lead",
            "state": "office_review", "changed": AT,
        }  # fmt: skip
        create(Task, task, source=_towns, actor=clerk, at=AT, group=world.towns.pk)
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
