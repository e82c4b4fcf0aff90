"""A small plan of three items for two towns and a department, and the office that runs it."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from foundation.journal.moves import create
from foundation.organization.actors import Actor
from foundation.organization.models import Appointment, Person, Unit, UnitGroup
from workflows.campaigns import services
from workflows.plans.models import Duty, Item, Period, Plan

AT = dt.datetime(2026, 5, 20, 9, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def appoint(unit: Unit, post: str, name: str) -> Actor:
    person = Person.objects.create_person(name, name)
    held = Appointment.objects.create(unit=unit, post=post, person=person, start=dt.date(2026, 1, 1))
    return Actor.of(held)


@pytest.fixture
def county(db):
    office = Unit.objects.create(code="office", name="县安委办", short_name="安委办", kind="office")
    towns = UnitGroup.objects.create(code="towns", name="各镇（街）")
    units = [Unit.objects.create(code=c, name=c, short_name=c, kind="town") for c in ("jia", "yi")]
    towns.units.set(units)
    bureau = Unit.objects.create(code="bing", name="丙局", short_name="丙局", kind="department")
    return SimpleNamespace(
        office=office, towns=towns, bureau=bureau, jia=units[0], yi=units[1],
        clerk=appoint(office, "office_clerk", "经办"), head=appoint(office, "office_head", "主任"),
    )  # fmt: skip


@pytest.fixture
def plan(county) -> int:
    (pk,) = create(
        Plan, {"title": "安全生产月方案", "year": 2026, "text": "一、…", "organ": county.office},
        actor=county.clerk, at=AT,
    )  # fmt: skip
    for order, (number, disposition) in enumerate([("1", "dispatch"), ("2", "dispatch"), ("3", "done")], 1):
        item = Item.objects.create(
            plan_id=pk, order=order, number=number, title=f"第{number}件事", text="…", disposition=disposition
        )
        Period.objects.create(item=item, due_on=dt.date(2026, 6, 30))
        Duty.objects.create(item=item, group=county.towns, role="assist" if number == "2" else "lead")
    second = Item.objects.get(number="2")
    Duty.objects.create(item=second, unit=county.bureau, role="lead")
    Duty.objects.create(item=second, unit=county.jia, role="lead")  # named and in the group: once, leading
    services.open_campaign(plan=pk, actor=county.clerk, at=AT)
    return pk
