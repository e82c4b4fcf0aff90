"""A million tasks, of which one campaign runs: every page and command that looks at tasks. In a process of its own."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import time_machine
from django.db import connection

from .inbox import serve

BOARDS = ("board_now", "board_units", "board_items")
ENOUGH = 0.5  # seconds to warm one act
LOOKS = 4  # at each of them a round: their target is for the slow ones among many


class Tasks:
    """`units` × 20 items × `periods` run, with `fresh` nothing is handed in yet; as many of one period are archived in
    each of `archived` campaigns. The deep page is number `page`; an act is done `warm` times before it counts."""

    def __init__(self, units: int, archived: int, periods: int, fresh: int, page: int, warm: int) -> None:
        from .county import County

        self.county, self.page, self.warm = County(units, archived, periods, bool(fresh)), page, warm

    def load(self) -> dict[str, Any]:
        """Set-wise, then vacuumed and analysed as autovacuum would; the sweep of the day before is done."""
        from workflows.tracking.supervision.sweep import sweep

        from .county import DAY, NOW
        from .looks import Looks

        began = time.perf_counter()
        tasks = self.county.load()
        loaded = time.perf_counter() - began
        _settle()
        sweep(at=NOW - DAY)
        _settle()
        self.acts = Looks(self.county, self.page).acts()
        return {"tasks": tasks, "seconds": round(loaded, 1), **self._about()}

    def _about(self) -> dict[str, int]:
        from foundation.journal.models import Entry
        from workflows.tasks.models import Task

        running = Task.objects.filter(plan=self.county.plan)
        return {
            "running": running.count(),
            "open": running.unfinished().count(),
            "entries": Entry.objects.count(),
        }

    def size(self) -> dict[str, Any]:
        """The statements of each act, once everything is warm."""
        from .counting import counted

        statements = {}
        for name, act in self.acts.items():
            self._warm(act)
            with counted() as count:
                act()
            statements[name] = count.statements
        swept = self.acts["sweep"]().as_json()
        return {"statements": statements, "swept": swept}

    def _warm(self, act: Callable[[], Any]) -> None:
        """A statement that ran eight times has the plan that PostgreSQL keeps for it, good or bad."""
        began = time.perf_counter()
        for _ in range(self.warm):
            act()
            if time.perf_counter() - began > ENOUGH:
                break

    def round(self) -> dict[str, list[float]]:
        """Seconds of processor time of each, one after the other."""
        from .processor import taken

        return {
            name: [taken(act) for _ in range(LOOKS if name in BOARDS else 1)]
            for name, act in self.acts.items()
        }


def _settle() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "ALTER SYSTEM SET autovacuum = off"
            )  # its time would be counted, and comes when it wants
            cursor.execute("SELECT pg_reload_conf()")
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("ANALYZE")


if __name__ == "__main__":
    with time_machine.travel("2026-06-12T10:24:00+08:00", tick=False):
        serve(Tasks)
