"""部分退回: what was not named stays as it was accepted, until the named parts are put right."""

import datetime as dt

import pytest

from tests.cast import identity
from workflows.tasks import services
from workflows.tasks.problems import Incomplete

from .minutes import Minutes


def count(case: Minutes, people: int) -> None:
    """The people of the only record, corrected."""
    (record,) = case.task.records.filter(removed_at=None)
    activity = services.Activity(dt.date(2026, 6, 1), "集中培训", "讲了三个案例。", people=people)
    services.change_record(task=case.pk, record=record.pk, activity=activity, **case.by(None))


@pytest.fixture
def returned(ready) -> Minutes:
    """Handed in with a record and a summary; the office returns the summary alone."""
    ready.write(summary="讲了案例。")
    ready.submit()
    ready.unit_agrees()
    ready.send_back(ready.cast.clerk, "请写明人数。", ("summary", "请写明人数"))
    return ready


def test_the_named_part_is_put_right_and_goes_on(returned):
    returned.write(summary="讲了案例，共 86 人参加。")
    returned.submit()
    assert returned.state == "unit_review"


def test_an_accepted_part_that_was_changed_is_named_and_nothing_is_lost(returned):
    count(returned, 99)
    with pytest.raises(Incomplete, match="“活动记录 6月1日 集中培训”上次已经通过，不能再改"):
        returned.submit()
    assert returned.state == "returned"
    count(returned, 86)
    returned.submit()
    assert returned.state == "unit_review"


def test_something_new_may_be_added(returned):
    returned.hold("应急演练")
    returned.submit()
    assert len(returned.last().content["records"]) == 2


def test_a_return_by_the_unit_s_own_heads_in_between_opens_nothing(returned, cast):
    """The office has not answered again: what it let stand still stands."""
    returned.write(summary="讲了案例，共 86 人参加。")
    returned.submit()
    returned.decide(cast.town.deputy, "return", "再写细一些")
    count(returned, 99)
    with pytest.raises(Incomplete, match="上次已经通过，不能再改"):
        returned.submit()


def test_a_withdrawal_in_between_opens_nothing(returned):
    returned.submit()
    returned.withdraw()
    count(returned, 99)
    with pytest.raises(Incomplete):
        returned.submit()


def test_a_return_that_names_nothing_leaves_all_open(ready):
    ready.submit()
    ready.send_back(ready.cast.town.deputy, "请核实人数。")
    count(ready, 99)
    ready.submit()
    assert ready.state == "unit_review"


def test_the_page_offers_no_change_of_what_was_accepted(returned, client):
    liaison = identity(client, returned.cast.town.liaison)
    html = liaison.get(f"/tasks/{returned.pk}/").content.decode()
    assert "已通过" in html
    assert "edit_record:" not in html
    returned.hold("应急演练")
    html = liaison.get(f"/tasks/{returned.pk}/").content.decode()
    assert html.count("edit_record:") == 1
