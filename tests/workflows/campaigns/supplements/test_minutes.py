"""The minutes of a 补充通知: drafted, approved, issued; open tasks take it, the accepted one stays."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from approvals.models import Approval
from foundation.journal.models import Entry
from foundation.journal.verify import first_bad
from foundation.organization.models import Unit, UnitGroup
from foundation.organization.refusals import Refused
from tests.cast import actor, more_units
from tests.workflows.tasks.minutes import Minutes
from workflows.campaigns.dispatch import dispatch_tasks
from workflows.campaigns.models import Supplement, SupplementProcess
from workflows.campaigns.services import begin_closing, resume
from workflows.campaigns.supplements import services
from workflows.plans.models import Item
from workflows.tasks.gathering import asked_of
from workflows.tasks.models import Task
from workflows.tasks.services import reopen

from .conftest import LATER, NEW_DAY, OWN_DAY, agree, change, task


def row(pk):
    return Supplement.objects.select_related("document").get(pk=pk)


def told(one):
    return (
        Entry.objects.filter(target="tasks.task", target_id=one.pk, verb="tasks.task.supplement").last().data
    )


def test_the_whole_way_of_one(agreed, under_way, cast, item, by):
    # approved, and nothing has changed yet
    assert (row(agreed).state, item("1").version) == ("approved", 1)
    assert not Task.objects.filter(item_version=2).exists()
    services.issue(supplement=agreed, **by)
    # an open task goes by it from now on, and its journal has both days
    moved = task("1", cast.other.unit)
    assert (moved.item_version, moved.due_on) == (2, NEW_DAY)
    assert told(moved) == {"supplement": agreed, "version": 2, "due_on": ["2026-06-20", "2026-07-10"]}
    assert asked_of(moved).parts == {"records", "report"}
    assert asked_of(moved).counts == ("至少 2 场 农机安全技能培训",)
    # a later day of its own is not shortened
    extended = task("1", cast.twice.unit)
    assert (extended.item_version, extended.due_on) == (2, OWN_DAY)
    assert "due_on" not in told(extended)
    # what was accepted stays as it was accepted
    stays = task("1", cast.town.unit)
    assert (stays.state, stays.item_version, stays.due_on) == ("accepted", 1, dt.date(2026, 6, 20))
    assert asked_of(stays).parts == {"records"}
    assert asked_of(stays).counts == ("至少 1 场 农机安全技能培训",)
    # it is an official notice with a number, and says how many
    said = row(agreed)
    assert (said.state, said.moved, said.kept) == ("issued", 3, 1)
    assert said.document.full_number.startswith("某安办〔2026〕")
    (before_after, *rest) = said.document.content["annexes"][0]["table"]["rows"]
    assert "不少于1场" in before_after[3]
    assert "不少于2场" in before_after[4]
    assert [line[2:] for line in rest] == [
        ["应交材料", "活动记录", "活动记录、书面材料（另附可编辑版本）"],
        ["截止", "2026年6月20日", "2026年7月10日"],
    ]
    assert SupplementProcess.objects.get(supplement=agreed).status == "DONE"
    # the old version is kept with the paper that ended it
    (old,) = item("1").versions.all()
    assert (old.number, old.deliverables, old.basis) == (1, ["records"], said.document.full_number)
    # a unit that comes later gets the new one
    late = Unit.objects.create(code="wu", name="戊镇", short_name="戊镇", kind="town")
    UnitGroup.objects.get(code="towns").units.add(late)
    dispatch_tasks(plan=under_way.pk, **by)
    assert (task("1", late).item_version, task("1", late).due_on) == (2, NEW_DAY)
    # and so does the accepted one once it is opened again
    reopen(task=stays.pk, reason="数据有误", actor=actor(cast.office_head), at=LATER)
    assert task("1", cast.town.unit).item_version == 2
    assert first_bad()[1] is None


def test_what_is_under_review_goes_on_and_two_in_a_row_make_two_versions(agreed, under_way, cast, item, by):
    case = Minutes(task("1", cast.other.unit).pk, cast)
    case.receive(cast.other.liaison)
    case.hold(who=cast.other.liaison)
    case.submit(cast.other.liaison)
    services.issue(supplement=agreed, **by)
    assert (case.state, case.task.item_version) == ("unit_review", 2)
    case.agree(cast.other.deputy, cast.other.head)
    assert case.state == "office_review"
    again = services.start_supplement(plan=under_way.pk, reason="再次调整", **by)
    change(again, item("1"), by, deliverables=["event"], text=item("1").text)
    services.send(supplement=again, **by)
    agree(cast)
    services.issue(supplement=again, **by)
    assert list(item("1").versions.values_list("number", flat=True)) == [1, 2]
    assert case.task.item_version == 3
    assert asked_of(task("1", cast.town.unit)).parts == {"records"}


def test_what_stands_in_the_way_is_said(drafted, under_way, item, by, cast):
    (period,) = item("1").periods.all()
    with pytest.raises(Refused, match="已经过去") as refused:
        change(drafted, item("1"), by, due={period.pk: dt.date(2026, 5, 1)})
    assert refused.value.field == f"due_{period.pk}"
    with pytest.raises(Refused, match="安委办"):
        services.start_supplement(plan=under_way.pk, reason="事由", actor=actor(cast.town.liaison), at=LATER)
    other = services.start_supplement(plan=under_way.pk, reason="另一件事", **by)
    as_now = {"text": item("1").text, "deliverables": item("1").deliverables, "due": {}}
    assert not services.change_item(supplement=other, item=item("1").pk, **as_now, **by)
    with pytest.raises(Refused, match="还没有调整任何事项"):
        services.send(supplement=other, **by)
    change(other, item("1"), by)
    services.send(supplement=drafted, **by)
    with pytest.raises(Refused, match="另一份送审的补充通知"):
        services.send(supplement=other, **by)
    with pytest.raises(Refused, match="审批中"):
        services.change_reason(supplement=drafted, reason="另一个事由", **by)
    services.take_back(supplement=drafted, **by)
    assert row(drafted).state == "draft"
    Item.objects.filter(number="1").update(version=2)
    with pytest.raises(Refused, match="起草以后已被调整"):
        services.send(supplement=drafted, **by)


def test_dropped_it_moves_nothing_and_nobody_else_issues_it(agreed, by, cast):
    with pytest.raises(Refused, match="安委办"):
        services.issue(supplement=agreed, actor=actor(cast.town.liaison), at=LATER)
    services.drop(supplement=agreed, **by)
    with pytest.raises(Refused, match="已作废"):
        services.issue(supplement=agreed, **by)
    assert not Task.objects.filter(item_version=2).exists()


def test_only_a_running_campaign_has_one(approved, by):
    with pytest.raises(Refused, match="只有进行中的活动"):
        services.start_supplement(plan=approved.pk, reason="事由", **by)


def test_while_a_campaign_closes_it_says_what_to_take_back_first(agreed, under_way, by):
    begin_closing(plan=under_way.pk, **by)
    with pytest.raises(Refused, match="正在收尾，不能起草补充通知；请先撤回收尾"):
        services.start_supplement(plan=under_way.pk, reason="事由", **by)
    with pytest.raises(Refused, match="请先撤回收尾，再印发"):
        services.issue(supplement=agreed, **by)
    resume(plan=under_way.pk, **by)
    services.issue(supplement=agreed, **by)
    assert row(agreed).state == "issued"


def test_its_statements_do_not_grow_with_the_units(agreed, under_way, by):
    UnitGroup.objects.get(code="towns").units.add(*more_units(40))
    dispatch_tasks(plan=under_way.pk, **by)
    with CaptureQueriesContext(connection) as caught:
        services.issue(supplement=agreed, **by)
    assert row(agreed).moved == 43
    assert sum("tasks_task" in one["sql"] for one in caught) < 12


def test_what_waits_inside_a_unit_is_due_on_the_new_day_and_the_office_keeps_its_own(drafted, cast, by):
    waiting = Minutes(task("1", cast.other.unit).pk, cast)
    waiting.receive(cast.other.liaison)
    waiting.hold(who=cast.other.liaison)
    waiting.submit(cast.other.liaison)
    inside = waiting.pending
    services.send(supplement=drafted, **by)
    agree(cast)
    services.issue(supplement=drafted, **by)
    assert (inside.due_on, Approval.objects.get(pk=inside.pk).due_on) == (dt.date(2026, 6, 20), NEW_DAY)
    entry = Entry.objects.get(target_id=inside.pk, verb="approvals.approval.move_due")
    assert entry.data == {"due_on": NEW_DAY.isoformat()}
