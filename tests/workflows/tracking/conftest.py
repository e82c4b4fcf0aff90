"""A campaign in force among the cast: three items, every unit has the first, 甲镇 has them all."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
import time_machine
from django.test import Client

from foundation.journal.moves import create, transition
from foundation.organization.actors import SYSTEM
from tests.cast import actor, identity
from workflows.plans.models import Item, Period, Plan
from workflows.tasks.models import Task

CHINA = dt.timezone(dt.timedelta(hours=8))
SENT = dt.datetime(2026, 5, 20, 9, tzinfo=CHINA)  # a Wednesday
NOW = dt.datetime(2026, 6, 12, 10, 24, tzinfo=CHINA)  # a Friday
DUE = {"1": dt.date(2026, 6, 10), "2": dt.date(2026, 6, 16), "3": dt.date(2026, 7, 31)}  # late, near, far


@pytest.fixture(autouse=True)
def _addresses(settings):
    settings.ROOT_URLCONF = "tests.workflows.tracking.site"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def sign_in():
    return lambda seat: identity(Client(), seat)


def start_plan(cast, title="安全生产月活动方案", state="running") -> int:
    values = {
        "title": title,
        "text": "一、…",
        "organ": cast.office,
        "state": state,
        "ends_on": dt.date(2026, 6, 30),
    }
    (plan,) = create(Plan, values, actor=actor(cast.clerk), at=SENT)
    return plan


def add_item(plan: int, number: str, due_on: dt.date | None) -> Period:
    order = int(number.strip("R"))
    item = Item.objects.create(
        plan_id=plan, order=order, number=number, title=f"开展第{number}项活动", text="…"
    )
    return Period.objects.create(item=item, due_on=due_on)


def give(period: Period, unit, state: str = "issued", at=SENT) -> int:
    """One task of that unit, as dispatch makes it."""
    values = {
        "plan": period.item.plan_id, "item": period.item_id, "period": period.pk, "unit": unit,
        "role": "lead", "due_on": period.due_on, "state": state, "changed": at,
    }  # fmt: skip
    (task,) = create(Task, values, actor=SYSTEM, at=at)
    return task


def move(step, *tasks: int, seat, at, **data) -> None:
    transition(step, tasks, actor=actor(seat), at=at, data=data).all_or_refuse()


@pytest.fixture
def campaign(cast):
    """tasks[unit code, item number] -> id of the task, all of them issued."""
    plan = start_plan(cast)
    periods = {number: add_item(plan, number, due) for number, due in DUE.items()}
    tasks = {("jia", number): give(period, cast.town.unit) for number, period in periods.items()}
    for house in (cast.other, cast.department):
        tasks[house.unit.code, "1"] = give(periods["1"], house.unit)
    return SimpleNamespace(plan=plan, periods=periods, tasks=tasks)
