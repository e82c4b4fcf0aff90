"""A task in every state it may stand in, brought there by the product's own services."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from approvals import services as approvals
from approvals.models import Approval
from foundation.journal.moves import create, transition
from foundation.organization.actors import Actor
from foundation.organization.models import Appointment, Person, Unit
from workflows.plans.models import Period, Plan
from workflows.tasks import services
from workflows.tasks.annexes import statistics_on
from workflows.tasks.models import Task
from workflows.tasks.services.records import Activity

from .patterns import TASK, Pattern

if TYPE_CHECKING:
    from .county import County

DAY = dt.timedelta(days=1)
HELD, CUTOFF = dt.date(2026, 5, 20), dt.date(2026, 5, 31)
# Of twenty tasks of the running campaign so many stand in each state.
MIX = {
    "archived": 8, "accepted": 1, "office_review": 2, "unit_review": 1, "returned": 1, "received": 4, "issued": 3,
}  # fmt: skip
ANNEXES = (
    "statistics",
    "schedule",
    "cases",
)  # the last items of a campaign; of these there are archived ones
SLOT = {
    "date": "2026-06-16", "time": "19:30-19:45", "title": "安全生产大家谈", "form": "专题", "place": "本地新闻", "host": "宣传办",
    "material": "2026-06-14",
}  # fmt: skip


def samples(county: County, plan: int, at: dt.datetime) -> dict[str, Pattern]:
    """By state, or by the annex that an archived one has; of as many items of the plan."""
    periods = list(Period.objects.filter(item__plan=plan).select_related("item").order_by("pk"))
    staff = {
        Unit: {county.units[0].pk},
        Appointment: {seat.pk for seat in county.seats.values()},
        Person: {seat.person_id for seat in county.seats.values()},
    }
    wanted = [*zip(periods, MIX, strict=False), *zip(periods[-len(ANNEXES) :], ANNEXES, strict=True)]
    found = {name: Pattern(Sample(county, period, at).brought(name), staff) for period, name in wanted}
    transition(Plan.begin_closing, plan, actor=Actor.of(county.clerk), at=at).all_or_refuse()
    transition(Plan.archive, plan, actor=Actor.of(county.office_head), at=at).all_or_refuse()
    return found


class Sample:
    """A day between one act and the next."""

    def __init__(self, county: County, period: Period, at: dt.datetime) -> None:
        self.county, self.at = county, at
        values = {
            "plan": period.item.plan_id, "item": period.item_id, "period": period.pk, "unit": county.units[0],
            "role": "lead", "due_on": period.due_on, "state": "issued", "changed": at,
        }  # fmt: skip
        (self.task,) = create(Task, values, actor=Actor.of(county.clerk), at=at)

    def _by(self, seat: Appointment) -> dict[str, Any]:
        self.at += DAY
        return {"actor": Actor.of(seat), "at": self.at}

    def brought(self, name: str) -> int:
        state = "archived" if name in ANNEXES else name
        for then, step in (
            ("issued", self._receive),
            ("received", self._submit),
            ("unit_review", self._approve),
        ):
            if then == state:
                return self.task
            step()
        if state == "returned":
            self._decide(self.county.clerk, "return")
        elif state != "office_review":
            self._decide(self.county.clerk)
            self._decide(self.county.office_head)
        if state == "archived":
            services.archive(tasks=self.task, **self._by(self.county.clerk)).all_or_refuse()
        return self.task

    def _receive(self) -> None:
        liaison = self.county.seats["liaison"]
        services.receive(tasks=self.task, **self._by(liaison)).all_or_refuse()
        activity = Activity(HELD, "集中培训", "讲了三个案例。", "农技站", 2, 86)
        services.add_record(task=self.task, activity=activity, token="sample", **self._by(liaison))

    def _submit(self) -> None:
        liaison = self.county.seats["liaison"]
        typed = {"statistics": _figures(), "schedule": [SLOT], "cases_note": "本月没有查处案件。"}
        services.save_draft(task=self.task, content=typed, revision=0, **self._by(liaison))
        services.submit(task=self.task, version=0, **self._by(liaison))

    def _approve(self) -> None:
        self._decide(self.county.seats["deputy"])
        self._decide(self.county.seats["head"])

    def _decide(self, seat: Appointment, do: str = "agree") -> None:
        approval = Approval.objects.get(subject=TASK, subject_id=self.task, state="pending")
        approvals.decide(approval_id=approval.pk, do=do, opinion="同意。" if do == "agree" else "请补充照片。", **self._by(seat))  # fmt: skip


def _figures() -> dict[str, Any]:
    """Every cell the same, but for the cases, of which there are none; a note on every row."""
    rows = statistics_on(CUTOFF).rows
    typed = {
        row.code: {cell.key: "0" if cell.key in row.cases else "3" for cell in row.cells} | {"note": "已核。"}
        for row in rows
    }
    return typed | {"cutoff": CUTOFF.isoformat()}
