"""Dispatch: every unit its tasks, once, in few statements."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.issuing.heads.services import save_head
from documents.models import Document
from documents.papers import official_of
from foundation.journal.verify import first_bad
from foundation.organization.models import Unit
from tests.cast import more_units
from workflows.campaigns.dispatch import dispatch_tasks
from workflows.campaigns.papers import register_notice
from workflows.plans.models import Plan
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
    county.towns.units.add(*more_units(units))
    with CaptureQueriesContext(connection) as caught:
        dispatch_tasks(plan=plan, actor=county.clerk, at=AT)
    assert len(caught) == (3 if connection.vendor == "postgresql" else 5)


@pytest.mark.parametrize("kinds", [["notice"], ["letter"]])
def test_the_notice_goes_out_under_the_head_that_the_office_has_for_one(plan, county, kinds):
    row = Plan.objects.select_related("organ").get(pk=plan)
    row.organ.document_code = "某安办"
    told = {"name": "某市安全生产委员会", "code": "某安委", "kinds": kinds, "start": AT.date()}
    save_head(organ=row.organ, **told, actor=county.head, at=AT)
    made = Document.objects.get(pk=register_notice(plan=row, actor=county.clerk, at=AT))
    meta = official_of(made.content, made)[1]
    own = kinds == ["notice"]
    assert (meta.organ, made.code) == (
        ("某市安全生产委员会", "某安委") if own else (row.organ.name, row.organ.document_code)
    )
    assert meta.printed_by == row.organ.name
