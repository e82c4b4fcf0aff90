"""A plan in force and one task of 甲镇, whose people are in tests/cast.py."""

from __future__ import annotations

import datetime as dt

import pytest

from foundation.journal.moves import create
from foundation.organization.actors import SYSTEM
from workflows.plans.models import Item, Period, Plan
from workflows.tasks.models import Task

from .minutes import AT, Minutes

DUE = dt.date(2026, 6, 30)


@pytest.fixture
def plan(cast) -> int:
    values = {"title": "安全生产月方案", "text": "…", "organ": cast.office, "state": "running"}
    (pk,) = create(Plan, values, actor=SYSTEM, at=AT)
    return pk


@pytest.fixture
def make(cast, plan):
    """make(deliverables=["report"], due=…) -> the id of a new task, 甲镇's unless told otherwise."""

    def made(unit=None, deliverables=("records",), due=DUE, reading=None, state="issued", **more) -> int:
        order = Item.objects.count() + 1
        item = Item.objects.create(
            plan_id=plan, order=order, number=str(order), title="农机安全技能培训", text="会同各镇开展培训。",
            deliverables=list(deliverables), reading=reading or {},
        )  # fmt: skip
        period = Period.objects.create(item=item, due_on=due)
        values = {
            "plan": plan, "item": item, "period": period, "unit": unit or cast.town.unit, "role": "lead",
            "due_on": due, "state": state, **more,
        }  # fmt: skip
        (pk,) = create(Task, values, actor=SYSTEM, at=AT)
        return pk

    return made


@pytest.fixture
def case(make, cast) -> Minutes:
    return Minutes(make(), cast)


@pytest.fixture
def received(case) -> Minutes:
    case.receive()
    return case


@pytest.fixture
def ready(received) -> Minutes:
    received.hold()
    return received
