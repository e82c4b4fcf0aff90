"""A removed item stands whole in the journal, and comes back from there once."""

import pytest

from foundation.organization.refusals import Refused
from tests.cast import actor
from workflows.plans.editing import check_item, removals, remove_item, restore_item
from workflows.plans.state import item_state

from .conftest import AT


@pytest.fixture
def who(cast):
    return {"actor": actor(cast.clerk), "at": AT}


def test_what_was_removed_comes_back_whole_and_in_its_place(plan, item, who):
    before, source, reading = item_state(item("2")), item("2").source, item("2").reading
    remove_item(item=item("2").pk, **who)
    assert not plan.items.filter(number="2").exists()
    restore_item(entry=removals(plan.pk)[0].pk, **who)
    assert (item_state(item("2")), item("2").source, item("2").reading) == (before, source, reading)
    assert list(plan.items.order_by("order").values_list("number", flat=True)) == ["1", "2", "3", "R1"]
    assert removals(plan.pk) == []


def test_restoring_twice_is_refused(plan, item, who):
    remove_item(item=item("2").pk, **who)
    entry = removals(plan.pk)[0].pk
    restore_item(entry=entry, **who)
    with pytest.raises(Refused, match="已经恢复"):
        restore_item(entry=entry, **who)
    assert plan.items.count() == 4


def test_an_entry_that_removed_nothing_restores_nothing(plan, item, who):
    check_item(item=item("1").pk, checked=True, **who)
    with pytest.raises(Refused, match="没有找到"):
        restore_item(entry=10_000, **who)


def test_removing_twice_is_refused_with_the_way_back(plan, item, who):
    pk = item("2").pk
    remove_item(item=pk, **who)
    with pytest.raises(Refused, match="已删除的事项"):
        remove_item(item=pk, **who)
