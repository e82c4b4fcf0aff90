"""Every page and command that looks at tasks, as somebody looks at it: as a page, or as the data of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import transaction as tx
from django.http import QueryDict
from django.urls import resolve, reverse
from django.utils import timezone

from foundation.organization import searching
from foundation.organization.actors import Actor
from foundation.organization.keyset import page_of
from foundation.organization.models import Appointment
from foundation.organization.services import working_calendar
from workflows.plans.models import Item, Plan
from workflows.tasks.history import entries_of, timeline
from workflows.tasks.ledger.filters import TaskFilter
from workflows.tasks.ledger.rows import SORTS, rows_of, sort_of, told
from workflows.tasks.models import Task
from workflows.tasks.views.listing import MOST
from workflows.tracking.report import report
from workflows.tracking.supervision.sweep import dry_run, sweep

from .county import NOW, County
from .plain import asked

Act = Callable[[], Any]
THEN = dt.datetime(2026, 5, 26, 12, tzinfo=NOW.tzinfo)  # the units were deciding
# All that the ledger offers; {names} are filled in with ids.
NARROWED = {
    "q": "q=农机", "q_unit": "q=第17镇", "plan": "plan={plan}", "range": "range=towns", "unit": "unit={unit}", "item": "item={item}",
    "role": "role=lead", "todo": "state=todo", "passed": "state=passed", "owed": "state=owed", "all": "state=all",
    "returned": "state=returned", "archived": "state=archived", "overdue": "light=overdue", "near": "light=near", "ok": "light=ok",
    "idle": "light=idle", "done": "light=done&state=all", "age": "age=2-3", "old": "age=8-",
    "days": "since=2026-06-01&until=2026-06-30&state=all", "holder": "holder={holder}", "nobody": "holder=none",
    "due_down": "sort=-due", "stood": "sort=stood", "stood_down": "sort=-stood", "all_down": "state=all&sort=-due",
}  # fmt: skip
WORDS = {"common": "农机", "unit": "第17镇", "none": "魑魅魍魉"}


class Looks:
    def __init__(self, county: County, deep: int) -> None:
        self.county, self.plan = county, county.plan
        self.office, self.liaison = county.office_head, county.seats["liaison"]
        self.done = Task.objects.filter(plan=self.plan).latest("version", "pk")  # one that was handed in
        self.deep, self.deep_all = (self._walked(query, deep) for query in ("", "state=all"))

    def acts(self) -> dict[str, Act]:
        return (
            self._pages()
            | self._data()
            | {f"by_{name}": self._narrowed(query) for name, query in NARROWED.items()}
        )

    def _pages(self) -> dict[str, Act]:
        """As HTML."""
        board, desk, plan = (
            f"{reverse('board')}?plan={self.plan}&range=all",
            reverse("workbench"),
            [self.plan],
        )
        wanted = {
            "board_units": (board, self.office), "board_items": (f"{board}&by=items", self.office),
            "board_unit": (board, self.liaison), "ledger": (reverse("tasks"), self.office),
            "ledger_unit": (reverse("tasks"), self.liaison), "desk": (desk, self.office), "desk_unit": (desk, self.liaison),
            "desk_auditor": (desk, self.county.auditor), "inbox": (reverse("inbox"), self.county.clerk),
            "task": (reverse("task", args=[self.done.pk]), self.office),
            "statistics": (f"{reverse('statistics')}?plan={self.plan}", self.office),
            "assessment": (reverse("assessment", args=plan), self.office),
            "schedule": (f"{reverse('schedule')}?plan={self.plan}", self.office),
            "ahead": (reverse("supervision_ahead"), self.office), "slips": (reverse("slips"), self.office),
            "listed": (reverse("slips_listed"), self.office),
            "closing": (reverse("closing", args=plan), self.office), "plans": (reverse("plans"), self.office),
            "plan": (reverse("plan", args=plan), self.office),
        }  # fmt: skip
        return {name: _page(*one) for name, one in wanted.items()}

    def _data(self) -> dict[str, Act]:
        return {
            "board_now": lambda: self._board(None),
            "board_past": lambda: self._board(THEN),
            "history": lambda: timeline(entries_of(self.done), None, []),
            "first": lambda: self._list(self.office, QueryDict("")),
            "deep": lambda: self._list(self.office, self.deep),
            "deep_all": lambda: self._list(self.office, self.deep_all),
            "unit": lambda: self._list(self.liaison, QueryDict("state=all")),
            **{f"search_{name}": self._search(word) for name, word in WORDS.items()},
            "dry_run": lambda: dry_run(at=NOW),
            "sweep": self._sweep,
        }

    def _board(self, at: dt.datetime | None) -> Any:
        return report(plan=Plan.objects.get(pk=self.plan), at=at)

    def _list(self, seat: Appointment, query: QueryDict) -> int:
        """Rows of the ledger and how many there are, as its page shows them."""
        found, now = self._found(seat, query), timezone.now()
        page = page_of(told(found), SORTS[sort_of(query)], query)
        count = found.order_by().values("pk")[: MOST + 1].count()
        return min(count, len(rows_of(page.rows, now, _calendar())))

    def _found(self, seat: Appointment, query: QueryDict) -> Any:
        mine = Task.objects.visible_to(Actor.of(seat))
        return TaskFilter(query, mine, today=timezone.localdate(), calendar=_calendar()).qs

    def _walked(self, query: str, pages: int) -> QueryDict:
        """To so deep a page: pages lead to pages."""
        at = QueryDict(query)
        for _ in range(pages - 1):
            at = QueryDict(page_of(self._found(self.office, at), SORTS["due"], at).older.removeprefix("?"))
        return at

    def _narrowed(self, query: str) -> Act:
        item = Item.objects.filter(plan=self.plan).earliest("pk").pk
        filled = QueryDict(
            query.format(plan=self.plan, item=item, unit=self.liaison.unit_id, holder=self.liaison.person_id)
        )
        return lambda: self._list(self.office, filled)

    def _search(self, word: str) -> Act:
        """Of the box everything finds, the tasks."""
        kind = searching.KINDS["tasks.task"]
        given = searching.Asked(self.office, timezone.localdate(), word)
        return lambda: searching._group(kind, given)

    def _sweep(self) -> Any:
        """Undone at once, so that the next one finds as much to do."""
        with tx.atomic():
            swept = sweep(at=NOW)
            tx.set_rollback(True)
        return swept


def _page(address: str, seat: Appointment) -> Act:
    view = resolve(address.partition("?")[0])
    return asked(view.func, seat, address, **view.kwargs)


def _calendar() -> Any:
    year = timezone.localdate().year
    return working_calendar(year - 1, year + 1)
