"""Three tasks of one town, and its liaison officer."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db.models import F

from foundation.journal.moves import create
from foundation.organization.actors import SYSTEM, Actor
from foundation.organization.models import Appointment, Person, Unit
from workflows.plans.models import Item, Period, Plan
from workflows.tasks.models import Task

AT = dt.datetime(2026, 6, 1, 9, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def all_periods():
    return Period.objects.all()


@pytest.fixture
def town(db):
    return Unit.objects.create(code="t1", name="甲镇人民政府", short_name="甲镇", kind="town")


@pytest.fixture
def liaison(town):
    person = Person.objects.create_person("a", "甲一")
    held = Appointment.objects.create(person=person, unit=town, post="liaison", start=AT.date())
    return Actor.of(held, ip="192.0.2.7")


@pytest.fixture
def make_tasks(town):
    """make_tasks(n): n issued tasks of the town; returns their ids."""

    def made(count: int) -> list[int]:
        (plan,) = create(Plan, {"title": "方案", "text": "", "organ": town}, actor=SYSTEM, at=AT)
        item = Item.objects.create(plan_id=plan, order=1, number="1", title="学习", text="学习")
        Period.objects.bulk_create(Period(item=item, name=str(n)) for n in range(count))
        values = {"plan": plan, "item": item, "unit": town, "role": "lead", "period": F("pk")}
        return create(Task, values, source=all_periods, actor=SYSTEM, at=AT)

    return made


@pytest.fixture
def tasks(make_tasks):
    return make_tasks(3)
