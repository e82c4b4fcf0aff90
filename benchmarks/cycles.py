"""One round of cycles: every implementation takes its turn at every cycle, so that noise falls on all alike."""

from __future__ import annotations

import time
from typing import Any

from approvals import services as approvals
from foundation.journal.moves import transition
from workflows.tasks.models import Task

from .counting import Count, counted
from .ours import ACCEPTED, Approved, Moves
from .peers import Loop, Viewflow
from .raw import Raw, RawApproved
from .world import AT, World, make_periods

KINDS = {
    "raw": Raw, "moves": Moves, "fsm_loop": Loop, "viewflow": Viewflow, "raw_approvals": RawApproved,
    "approvals": Approved,
}  # fmt: skip


class Cycles:
    def __init__(self, world: World) -> None:
        self.world = world
        self.all: dict[str, Any] = {name: kind(world) for name, kind in KINDS.items()}

    def round(self, cycles: int) -> dict[str, float]:
        """Milliseconds a cycle."""
        spent = dict.fromkeys(self.all, 0.0)
        names = list(self.all)
        for turn in range(cycles):
            for name in names[turn % len(names) :] + names[: turn % len(names)]:
                (period,) = make_periods(self.world.item, 1)
                began = time.perf_counter()
                self.all[name].cycle(period)
                spent[name] += time.perf_counter() - began
        return {name: seconds * 1000 / cycles for name, seconds in spent.items()}

    def counts(self) -> dict[str, Count]:
        """What one cycle of each sends, once everything is warm."""
        return {name: self._count(name, one) for name, one in self.all.items()}

    def _count(self, name: str, one: Any) -> Count:
        (period,) = make_periods(self.world.item, 1)
        if isinstance(one, Raw):
            one.db.count = Count()
            one.cycle(period)
            return one.db.count
        with counted() as count:
            one.cycle(period)
        return count

    def steps(self) -> dict[str, Count]:
        """One step, and the two decisions of one approval: the second one settles it and moves the task."""
        (period,) = make_periods(self.world.item, 1)
        ours: Approved = self.all["approvals"]
        task = ours.begin(period)
        with counted() as step:
            transition(Task.submit, task, actor=ours.liaison, at=AT, data={"version": 1}).all_or_refuse()
        approval = ours.start(task, ACCEPTED)
        found = {"step": step}
        for name, actor in (("decision", ours.head), ("last_decision", ours.clerk)):
            with counted() as found[name]:
                approvals.decide(approval_id=approval, actor=actor, at=AT, do="agree", opinion="同意。")
        return found
