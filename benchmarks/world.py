"""The office, its units and their people, and fresh periods for every round."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from approvals.models import Route, RouteVersion
from foundation.journal.moves import create
from foundation.organization.actors import SYSTEM, Actor
from foundation.organization.models import Appointment, Person, Unit, UnitGroup
from foundation.organization.posts import Post
from workflows.plans.models import Duty, Item, Period, Plan

AT = dt.datetime(2026, 6, 1, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))
DUE = dt.date(2026, 6, 30)
ROUTE, OFFICE_ROUTE = "bench", "bench_office"
HEAD_THEN_OFFICE: dict[str, Any] = {
    "name": "基准路线",
    "steps": [
        {"name": "单位审批", "who": [{"post": Post.HEAD, "of": "unit"}]},
        {"name": "办公室审核", "who": [{"post": Post.OFFICE_CLERK, "of": "office"}]},
    ],
}


@dataclass(frozen=True)
class World:
    office: Unit
    unit: Unit
    towns: UnitGroup
    plan: int
    item: int
    liaison: Appointment
    head: Appointment
    clerk: Appointment

    def actor(self, who: str) -> Actor:
        return Actor.of(getattr(self, who))


def build(units: int) -> World:
    """An office and `units` towns; the first town has people."""
    office = Unit.objects.create(code="office", name="某市安委办", short_name="安委办", kind=Unit.Kind.OFFICE)
    group = UnitGroup.objects.create(code="bench", name="各镇")
    towns = Unit.objects.bulk_create(
        Unit(code=f"t{n}", name=f"第{n}镇", short_name=f"第{n}镇", kind=Unit.Kind.TOWN) for n in range(units)
    )
    group.units.set(towns)
    _route(ROUTE, HEAD_THEN_OFFICE)
    _route(OFFICE_ROUTE, {"name": "办公室审核", "steps": HEAD_THEN_OFFICE["steps"][1:]})
    plan = make_plan(office)
    item = Item.objects.create(plan_id=plan, order=1, number="1", title="培训", text="…")
    seats = {
        "liaison": _appoint(towns[0], Post.LIAISON),
        "head": _appoint(towns[0], Post.HEAD),
        "clerk": _appoint(office, Post.OFFICE_CLERK),
    }
    return World(office, towns[0], group, plan, item.pk, **seats)


def _route(code: str, definition: dict[str, Any]) -> None:
    route = Route.objects.create(code=code, name=str(definition["name"]), subject="bench.task")
    RouteVersion.objects.create(route=route, number=1, definition=definition)


def _appoint(unit: Unit, post: str) -> Appointment:
    person = Person.objects.create_person(post, post)
    return Appointment.objects.create(unit=unit, post=post, person=person, start=dt.date(2020, 1, 1))


def make_plan(office: Unit) -> int:
    (plan,) = create(Plan, {"title": "方案", "text": "…", "organ": office}, actor=SYSTEM, at=AT)
    return plan


def make_periods(item: int, count: int) -> list[int]:
    """A task is unique in item, period and unit: every cycle gets a period of its own."""
    rows = Period.objects.bulk_create(Period(item_id=item, due_on=DUE) for _ in range(count))
    return [row.pk for row in rows]


def make_campaign(world: World, items: int) -> int:
    """A plan whose `items` go to every town."""
    plan = make_plan(world.office)
    rows = Item.objects.bulk_create(
        Item(plan_id=plan, order=n, number=str(n), title="事项", text="…") for n in range(1, items + 1)
    )
    Period.objects.bulk_create(Period(item=item, due_on=DUE) for item in rows)
    Duty.objects.bulk_create(Duty(item=item, group=world.towns, role=Duty.Role.LEAD) for item in rows)
    return plan
