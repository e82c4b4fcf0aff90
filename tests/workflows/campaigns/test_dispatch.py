"""Dispatch: every unit its tasks, once, in few statements."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation.journal.verify import first_bad
from foundation.organization.models import Unit
from workflows.campaigns.dispatch import dispatch_tasks
from workflows.tasks.models import Task

from .conftest import AT


def told():
    rows = Task.objects.values_list("item__number", "unit__code", "role", "state", "imported")
    return sorted(rows)


def test_every_unit_gets_its_tasks_once(plan, county):
    assert dispatch_tasks(plan=plan, actor=county.clerk, at=AT) == 7
    assert told() == [
        ("1", "jia", "lead", "issued", False),
        ("1", "yi", "lead", "issued", False),
        ("2", "bing", "lead", "issued", False),
        ("2", "jia", "lead", "issued", False),
        ("2", "yi", "assist", "issued", False),
        ("3", "jia", "lead", "archived", True),
        ("3", "yi", "lead", "archived", True),
    ]
    assert first_bad()[1] is None


def test_a_second_run_creates_nothing(plan, county):
    dispatch_tasks(plan=plan, actor=county.clerk, at=AT)
    assert dispatch_tasks(plan=plan, actor=county.clerk, at=AT) == 0


def test_a_unit_that_came_later_gets_its_own(plan, county):
    dispatch_tasks(plan=plan, actor=county.clerk, at=AT)
    late = Unit.objects.create(code="ding", name="丁镇", short_name="丁镇", kind="town")
    county.towns.units.add(late)
    assert dispatch_tasks(plan=plan, actor=county.clerk, at=AT) == 3
    assert set(Task.objects.filter(unit=late).values_list("item__number", flat=True)) == {"1", "2", "3"}


def test_a_unit_that_was_dissolved_gets_none(plan, county):
    Unit.objects.filter(code="yi").update(ended_on=AT.date())
    dispatch_tasks(plan=plan, actor=county.clerk, at=AT)
    assert not Task.objects.filter(unit__code="yi").exists()


def test_an_item_left_out_makes_no_task(plan, county):
    from workflows.plans.models import Item

    Item.objects.filter(number="1").update(disposition="leave_out")
    dispatch_tasks(plan=plan, actor=county.clerk, at=AT)
    assert not Task.objects.filter(item__number="1").exists()


@pytest.mark.parametrize("units", [2, 60])
def test_its_statements_do_not_grow_with_the_units(plan, county, units):
    county.towns.units.add(
        *Unit.objects.bulk_create(
            Unit(code=f"u{n}", name=f"第{n}镇", short_name=f"第{n}镇", kind="town") for n in range(units)
        )
    )
    with CaptureQueriesContext(connection) as caught:
        dispatch_tasks(plan=plan, actor=county.clerk, at=AT)
    assert len(caught) == (2 if connection.vendor == "postgresql" else 4)
