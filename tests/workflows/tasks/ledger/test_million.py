"""What keeps the ledger quick among a million tasks (script/bench --tasks measures it): indexes of what is open."""

from __future__ import annotations

import pytest

from tests.explained import plan_of
from workflows.tasks.ledger.words import matching
from workflows.tasks.models import Task
from workflows.tasks.querysets import awaited

from .conftest import TODAY

ORDERS = {"task_due_open": ("due_on", "pk"), "task_stood_open": ("changed", "pk")}


@pytest.mark.parametrize("index", ORDERS)
def test_the_open_list_goes_by_an_index_of_what_is_open(several, index):
    rows = Task.objects.unfinished().order_by(*ORDERS[index])[:51]
    assert index in plan_of(rows.values_list("pk"))


def test_what_is_open_stands_in_the_text_of_the_statement(db):
    """A parameter could be anything, so the plan that is kept would read the archive too."""
    _, params = Task.objects.unfinished().query.sql_with_params()
    assert params == ()


def test_whom_the_office_chases_is_looked_for_among_what_is_open(several):
    rows = Task.objects.filter(awaited(), due_on__lte=TODAY).order_by("due_on", "pk")
    assert "_open" in plan_of(rows.values_list("pk"))


def test_words_that_name_nothing_ask_nothing_of_the_tasks(several, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert not list(Task.objects.filter(matching("魑魅魍魉", TODAY)))
