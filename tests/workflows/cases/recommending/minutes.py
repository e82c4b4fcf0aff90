"""A recommendation told step by step: who does what, an hour apart. The case is 甲镇's."""

from __future__ import annotations

import datetime as dt
from typing import Any

from approvals import services as approvals
from approvals.models import Approval
from foundation.journal.moves import create
from foundation.organization.actors import SYSTEM
from foundation.organization.models import Appointment, UnitGroup
from tests.cast import Cast, actor
from tests.workflows.cases.test_register import about
from workflows.cases.events import Event
from workflows.cases.models import Recommendation
from workflows.cases.recommending import services
from workflows.cases.register import open_case, record_event
from workflows.plans.models import Duty, Item, Period, Plan
from workflows.tasks.models import Task

from ..test_counting import at

QUOTA = {"alternatives": [{"kind": "double_penalty", "min": 2}, {"kind": "referral", "min": 1}]}
BEGIN, DUE = at("06-08 09:00"), dt.date(2026, 12, 31)
HOUR = dt.timedelta(hours=1)


def campaign(cast: Cast, state: str = "running", title: str = "安全生产月方案") -> Item:
    """A campaign that asks every unit for cases, with a task for each."""
    (plan,) = create(
        Plan, {"title": title, "text": "…", "organ": cast.office, "state": state}, actor=SYSTEM, at=BEGIN
    )
    item = Item.objects.create(
        plan_id=plan, order=1, number="C", title="推荐典型案例", text="推荐典型案例", kind="cases", reading=QUOTA,
        deliverables=["cases"],
    )  # fmt: skip
    Duty.objects.create(item=item, group=UnitGroup.objects.get(code="all_units"))
    period = Period.objects.create(item=item, due_on=DUE)
    for unit in UnitGroup.objects.get(code="all_units").units.all():
        values = {"plan": plan, "item": item, "period": period, "unit": unit, "role": "lead", "due_on": DUE}
        create(Task, values, actor=SYSTEM, at=BEGIN)
    return item


class Minutes:
    def __init__(self, cast: Cast, item: Item, case: int | None = None) -> None:
        self.cast, self.item, self.at = cast, item, BEGIN
        self.case = case or open_case(
            about=about(cast), unit=cast.town.unit.pk, actor=actor(cast.town.liaison), at=at("03-01 09:00")
        )

    @property
    def row(self) -> Recommendation:
        return Recommendation.objects.get(case=self.case, item=self.item)

    @property
    def state(self) -> str:
        return self.row.state

    def by(self, who: Appointment | None = None) -> dict[str, Any]:
        self.at += HOUR
        return {"actor": actor(who or self.cast.town.liaison), "at": self.at}

    def happened(self, day: str, step: str, post: str = "") -> None:
        record_event(case=self.case, event=Event(step, at(day), post=post), **self.by())

    def recommend(self, kind: str = "referral", summary: str = "关闭报警器。", who=None) -> int:
        words = services.Words(kind, summary, "有警示意义。")
        return services.recommend(case=self.case, item=self.item.pk, words=words, **self.by(who))

    def withdraw(self, who=None) -> None:
        services.withdraw(recommendation=self.row.pk, reason="再核对", **self.by(who))

    def decide(self, who: Appointment, do: str = "agree", opinion: str = "") -> None:
        pending = Approval.objects.get(state="pending").pk
        approvals.decide(approval_id=pending, do=do, opinion=opinion, **self.by(who))

    def accepted(self) -> None:
        self.recommend()
        for who in (self.cast.town.head, self.cast.clerk, self.cast.office_head):
            self.decide(who)

    def publish(self, who=None, on: dt.date | None = None, where: str = "市政府网站") -> None:
        day = on or self.at.date()
        services.publish(recommendation=self.row.pk, on=day, where=where, **self.by(who or self.cast.clerk))

    def archive(self, who=None) -> None:
        services.archive(recommendation=self.row.pk, **self.by(who or self.cast.clerk))
