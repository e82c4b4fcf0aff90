"""An inbox of 5,000 among so many signers: its first page, its hundredth, its numbers. In a process of its own."""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
from collections.abc import Callable
from typing import Any

import django
from django.http import QueryDict

from .tables import tables

HEADS = 500
PENDING = 5_000
PAGE = 100
OTHERS = 10  # of what is not the clerk's every tenth waits for some head


class Desk:
    """`signers` rows, two an approval; `pending` of the approvals wait for the office's clerk."""

    def __init__(self, signers: int, pending: int, page: int) -> None:
        from . import ours, world

        ours.prepare()
        self.world, self.page = world.build(1), page
        self.approvals, self.every = signers // 2, max(1, signers // 2 // pending)

    def load(self) -> dict[str, Any]:
        """Set-wise, then analysed as autovacuum would."""
        from approvals.models import Approval
        from benchmarks.ours import ACCEPTED, Approved

        from .database import analyse
        from .many import START, copies, day, minute

        began = time.perf_counter()
        first = Approval.objects.get(pk=Approved(self.world).start(1, ACCEPTED))
        heads, spare = self._heads()
        mine, theirs = f"g.n % {self.every} = 0", f"g.n % {self.every} <> 0 AND g.n % {OTHERS} = 1"
        copies(
            first, self.approvals, id=f"{START} + g.n", subject_id=f"{START} + g.n", due_on=day("g.n * 7", 60),
            state=f"CASE WHEN {mine} OR {theirs} THEN 'pending' ELSE 'approved' END",
            step=f"CASE WHEN {theirs} THEN 1 ELSE 2 END",
        )  # fmt: skip
        head, clerk = first.signers.order_by("key")
        at = minute("g.n", 40_000)
        copies(
            head, self.approvals, id=f"{START} + g.n * 2", approval_id=f"{START} + g.n", opened_at=at,
            appointment_id=f"{heads} + g.n % {HEADS}", state=f"CASE WHEN {theirs} THEN 'open' ELSE 'agreed' END",
            decided_by_id=f"CASE WHEN {theirs} THEN NULL ELSE {heads} + g.n % {HEADS} END",
        )  # fmt: skip
        copies(
            clerk, self.approvals, id=f"{START} + g.n * 2 + 1", approval_id=f"{START} + g.n", opened_at=at,
            appointment_id=f"CASE WHEN {mine} THEN {self.world.clerk.pk} ELSE {spare} END",
            state=f"CASE WHEN {mine} THEN 'open' WHEN {theirs} THEN 'waiting' ELSE 'agreed' END",
            decided_by_id=f"CASE WHEN {mine} OR {theirs} THEN NULL ELSE {spare} END",
        )  # fmt: skip
        loaded = time.perf_counter() - began
        analyse()
        self._walk()
        return {"seconds": round(loaded, 1), "signers": self.approvals * 2 + 2}

    def _heads(self) -> tuple[int, int]:
        """The id of the first of so many heads, in order, and that of another clerk."""
        from foundation.organization.models import Appointment, Person
        from foundation.organization.posts import Post

        world, since = self.world, dt.date(2020, 1, 1)
        people = Person.objects.bulk_create(
            Person(username=f"b{n}", name="某", password="!") for n in range(HEADS + 1)
        )
        seats = [
            Appointment(person=one, unit=world.unit, post=Post.HANDLER, start=since) for one in people[1:]
        ]
        seats.append(Appointment(person=people[0], unit=world.office, post=Post.OFFICE_CLERK, start=since))
        made = [one.pk for one in Appointment.objects.bulk_create(seats)]
        assert made == list(range(made[0], made[0] + len(made)))
        return made[0], made[-1]

    def _walk(self) -> None:
        """To the last page but one that is measured: pages lead to pages."""
        self.query = QueryDict("")
        for _ in range(self.page - 1):
            self.query = QueryDict(self._read(self.query).older.removeprefix("?"))

    @property
    def _desk(self) -> Any:
        from approvals.inbox import Inbox

        from .world import AT

        return Inbox(self.world.clerk, AT, AT.date())

    def _read(self, query: QueryDict) -> Any:
        from approvals.narrowing import Narrowing

        return self._desk.page(Narrowing(), query)

    def _page(self, view: Callable[[Any], Any]) -> Callable[[], Any]:
        from .plain import asked

        return asked(view, self.world.clerk)

    def round(self) -> dict[str, float]:
        """Seconds of each, one after the other."""
        from approvals.inbox import BOXES, CLAIMS, FILTERS
        from approvals.views.inbox import inbox as product

        from .plain import inbox as plain

        names = tuple(dict.fromkeys((*BOXES, *FILTERS, *CLAIMS, "batch")))
        acts: dict[str, Callable[[], Any]] = {
            "page": self._page(product),
            "plainly": self._page(plain),
            "first": lambda: self._read(QueryDict("")),
            "hundredth": lambda: self._read(self.query),
            "counts": lambda: self._desk.counts(*names),
            "badge": lambda: self._desk.counts("todo"),
        }
        return {name: timed(act) for name, act in acts.items()}

    def size(self) -> dict[str, int]:
        """What was measured: rows of both pages, and the statements that one takes."""
        from .counting import counted

        with counted() as count:
            rows = len(self._read(QueryDict("")).rows)
        return {
            "first": rows,
            "hundredth": len(self._read(self.query).rows),
            "statements": count.statements,
        }


def timed(act: Callable[..., Any], *given: Any) -> float:
    began = time.perf_counter()
    act(*given)
    return time.perf_counter() - began


def serve(kind: Callable[..., Any]) -> None:
    """A process of its own does what it is told, line by line."""
    django.setup()
    tables()
    bench = kind(**json.loads(sys.argv[1]))
    for line in sys.stdin:
        print(json.dumps(getattr(bench, line.strip())()), flush=True)


if __name__ == "__main__":
    serve(Desk)
