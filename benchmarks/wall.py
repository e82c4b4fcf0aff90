"""A wall of 10,000 open cases with five clocks each: its pages, the workbench, the sweep; beside reading all rows
once. In a process of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.http import QueryDict

from .inbox import serve, timed

CLOCKS, UNITS = 5, 60
SPAN = 50_000  # minutes from the first due time to the last, however many clocks there are
SCATTER = 7919  # clocks that come due together belong to many cases
SINCE = dt.date(2020, 1, 1)
NOW = dt.datetime(2026, 5, 4, 8, 0, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))  # every twelfth is late


class Wall:
    """`cases` copies of one that the product opened; the deep page is number `page`; `lapsing` clocks a sweep."""

    def __init__(self, cases: int, page: int, lapsing: int) -> None:
        from . import ours, world

        ours.prepare()
        self.world, self.cases, self.page = world.build(UNITS), cases, page
        self.clocks = cases * CLOCKS
        self.apart = SPAN // self.clocks
        self.night = dt.timedelta(minutes=lapsing * self.apart)
        self.now = NOW

    def load(self) -> dict[str, Any]:
        """Set-wise, then analysed as autovacuum would; what was late before is swept; of its last days everybody
        has been told."""
        from workflows.cases.models import Case, CaseClock
        from workflows.cases.wall.sweep import sweep

        from .database import analyse
        from .many import START, copies, minute

        team, self.office_head = self._people()
        case = Case.objects.get(pk=self._one())
        clock, seat = CaseClock.objects.get(case=case), case.team.through.objects.filter(case=case)[0]
        copies(case, self.cases, id=f"{START} + g.n", unit_id=f"{self.world.unit.pk} + g.n % {UNITS}")
        copies(
            seat, self.cases, id=f"{START} + g.n", case_id=f"{START} + g.n", appointment_id=f"{team} + g.n % {UNITS}"
        )  # fmt: skip
        copies(
            clock, self.clocks, id=f"{START} + g.n", case_id=f"{START} + (g.n - 1) / {CLOCKS} + 1",
            rule=f"'X' || (g.n % {CLOCKS})", told="1", due=minute(f"g.n * {SCATTER} % {self.clocks} * {self.apart}", SPAN),
        )  # fmt: skip
        analyse()
        lapsed = sweep(at=self.now)
        analyse()
        self._walk()
        return {"cases": self.cases + 1, "clocks": CaseClock.objects.count(), "lapsed": lapsed}

    def _people(self) -> tuple[int, int]:
        """The id of the first of so many officers, in order of their units, and that of 安办主任."""
        from foundation.organization.models import Appointment, Person
        from foundation.organization.posts import Post

        people = Person.objects.bulk_create(
            Person(username=f"b{n}", name="某", password="!") for n in range(UNITS + 1)
        )
        seats = [
            Appointment(person=one, unit_id=self.world.unit.pk + n, post=Post.HANDLER, start=SINCE)
            for n, one in enumerate(people[:-1])
        ]
        seats.append(
            Appointment(person=people[-1], unit=self.world.office, post=Post.OFFICE_HEAD, start=SINCE)
        )
        made = [one.pk for one in Appointment.objects.bulk_create(seats)]
        assert made == list(range(made[0], made[0] + len(made)))
        return made[0], made[-1]

    def _one(self) -> int:
        """A case in which the time to decide runs."""
        from workflows.cases.events import Event
        from workflows.cases.register import About, open_case, record_event

        by, about = self.world.actor("liaison"), About("某厂案", "other", (self.world.liaison.pk,))
        case = open_case(about=about, unit=self.world.unit.pk, actor=by, at=NOW)
        record_event(case=case, event=Event("filed", NOW), actor=by, at=NOW)
        return case

    def _walk(self) -> None:
        """To the deep page: pages lead to pages."""
        self.query = QueryDict("")
        for _ in range(self.page - 1):
            self.query = QueryDict(self._read(self.office_head, self.query).older.removeprefix("?"))

    def _mine(self, seat: int) -> Any:
        from workflows.cases.models import CaseClock
        from workflows.cases.permissions import sees_clock

        return CaseClock.objects.filter(sees_clock.q(seat, self.now.date()))

    def _read(self, seat: int, query: QueryDict) -> Any:
        from foundation.organization.keyset import page_of
        from workflows.cases.wall.listing import Wanted

        rows, keys = Wanted.of(query).shown(self._mine(seat), self.now)
        return page_of(rows.select_related("case__unit"), keys, query)

    def _rows(self) -> int:
        from workflows.cases.models import CaseClock

        return len(list(CaseClock.objects.values_list()))

    def _desk(self, seat: int) -> Any:
        from foundation.organization.calendar import WorkCalendar
        from foundation.organization.models import Appointment
        from workflows.tracking.case_clocks import case_clocks

        return case_clocks(Appointment(pk=seat), self.now, WorkCalendar())

    def _sweep(self) -> int:
        from workflows.cases.wall.sweep import sweep

        self.now += self.night
        return sweep(at=self.now)

    @property
    def _acts(self) -> dict[str, Callable[[], Any]]:
        from workflows.cases.wall.listing import counts

        office, head = self.office_head, self.world.head.pk
        return {
            "rows": self._rows,
            "first": lambda: self._read(office, QueryDict("")),
            "deep": lambda: self._read(office, self.query),
            "unit": lambda: self._read(head, QueryDict("")),
            "counts": lambda: counts(self._mine(office), self.now),
            "desk": lambda: self._desk(head),
            "above": lambda: self._desk(office),
            "sweep": self._sweep,
        }

    def round(self) -> dict[str, float]:
        """Seconds of each, one after the other."""
        return {name: timed(act) for name, act in self._acts.items()}

    def size(self) -> dict[str, Any]:
        """What was measured: rows of the pages, and the statements of each act."""
        from .counting import counted

        asked = {}
        for name, act in self._acts.items():
            with counted() as count:
                found = act()
            asked[name] = count.statements
            if name == "sweep":
                lapsed = found
        pages = [len(self._read(self.office_head, query).rows) for query in (QueryDict(""), self.query)]
        return {"pages": pages, "lapsed": lapsed, "statements": asked}


if __name__ == "__main__":
    serve(Wall)
