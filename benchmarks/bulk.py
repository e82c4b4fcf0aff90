"""Ten thousand tasks at once: set-wise, against the fastest plain way to load rows."""

from __future__ import annotations

import time

from foundation.journal.chain import seal
from foundation.journal.models import content
from foundation.organization.models import Unit
from workflows.campaigns.dispatch import dispatch_tasks
from workflows.plans.models import Period

from .client import Client
from .counting import Count, counted
from .raw import TASK, Raw
from .world import AT, World, make_campaign

COLUMNS = {
    TASK: "id, journal_seq, journal_head, plan_id, item_id, period_id, unit_id, role, state, due_on, version, "
    "item_version, imported, created, changed",
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
            (pk, 1, head, plan, item, period, unit, "lead", "issued", self.raw.due, 0, 1, False, at, at)
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
