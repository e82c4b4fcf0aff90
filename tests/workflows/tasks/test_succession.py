"""A unit ends: its open tasks go to its successor with their history, nothing is owed twice, what was done stays."""

import datetime as dt

import pytest
from django.db import transaction
from django.db.models import Count
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from approvals.models import Approval
from foundation.journal.models import Entry
from foundation.journal.moves import create
from foundation.journal.verify import first_bad
from foundation.organization.actors import SYSTEM
from foundation.organization.ending import end_unit, last_heir, preview
from foundation.organization.models import Appointment, Unit, UnitGroup
from foundation.organization.refusals import Refused
from foundation.organization.units import save_unit
from tests.cast import actor, identity
from tests.documents.sealing.seals import seal
from tests.workflows.tasks.minutes import AT, Minutes
from workflows.campaigns.dispatch import dispatch_tasks
from workflows.cases.models import Case
from workflows.cases.register import About, open_case
from workflows.plans.models import Duty, Item, Period, Plan
from workflows.tasks.models import Task
from workflows.tasks.querysets import DONE
from workflows.tasks.services import reopen

LATER = AT + dt.timedelta(days=20)


def made(plan, number, *units, **more):
    """One item for these units: {unit: task}."""
    item = Item.objects.create(
        plan_id=plan,
        order=int(number),
        number=number,
        title=f"第{number}件",
        text="…",
        deliverables=["records"],
    )
    values = {"plan": plan, "item": item, "period": Period.objects.create(item=item), "role": "lead"}
    return [create(Task, values | {"unit": unit} | more, actor=SYSTEM, at=AT)[0] for unit in units]


def merge(cast, heir=None, **more):
    usual = {"unit": cast.town.unit, "on": LATER.date(), "successor": heir, "follow": True}
    end_unit(**usual | more, actor=actor(cast.administrator), at=LATER)


def row(pk):
    return Task.objects.select_related("unit").get(pk=pk)


def test_the_minutes_of_a_merger(cast, plan):
    heir = cast.other.unit
    (working,), (inside,), (accepted,) = (made(plan, str(n), cast.town.unit) for n in (1, 2, 3))
    both, theirs = made(plan, "4", cast.town.unit, heir)
    Task.objects.filter(pk=theirs).update(role="assist")
    case = Minutes(working, cast)
    case.receive()
    case.hold()
    for pk in (inside, accepted):
        Minutes(pk, cast).receive()
        Minutes(pk, cast).hold()
        Minutes(pk, cast).submit()
    done = Minutes(accepted, cast, at=AT + dt.timedelta(days=1))
    done.unit_agrees()
    done.office_agrees()
    stamp = seal(cast, organ=cast.town.unit)
    opened = open_case(
        about=About("关闭报警器案", "other", (cast.town.liaison.pk,)), unit=cast.town.unit.pk,
        actor=actor(cast.town.liaison), at=AT,
    )  # fmt: skip
    said = {line.says: line.count for line in preview(cast.town.unit, heir, follow=True, day=LATER.date())}
    assert said == {
        "任职到当日为止，账号保留": 4,
        "原联络员、经办人转任承接单位经办人": 2,
        "印章停用，请按规定缴销": 1,
        "办理中的案件由承接单位接着办": 1,
        "未办结的任务由承接单位接着办": 2,
        "承接单位已有同一项任务，原单位的终止": 1,
        "已办结的任务保留在原单位": 1,
    }
    merge(cast, heir)
    # what was begun goes on there, with what was written
    assert (row(working).unit, row(working).state) == (heir, "received")
    assert row(working).records.count() == 1
    told = Entry.objects.get(target_id=working, verb="tasks.task.succeed")
    assert (told.data["names"], told.words["reason"]) == (["甲镇", "乙镇"], "甲镇并入乙镇")
    # what waited for heads that are gone is decided by the new ones
    assert (row(inside).unit, row(inside).state) == (heir, "received")
    assert Approval.objects.get(subject_id=inside).state == "void"
    Minutes(inside, cast, at=LATER).submit(cast.other.liaison)
    Minutes(inside, cast, at=LATER).agree(cast.other.deputy, cast.other.head)
    assert row(inside).state == "office_review"
    # owed once, and somebody leads
    assert (row(both).state, row(both).unit.short_name) == ("cancelled", "甲镇")
    assert (row(theirs).state, row(theirs).role) == ("issued", "lead")
    # what was done stays, and goes along only if it is opened again
    assert (row(accepted).unit.short_name, row(accepted).state) == ("甲镇", "accepted")
    reopen(task=accepted, reason="数据有误", actor=actor(cast.office_head), at=LATER)
    assert row(accepted).unit == heir
    # people, seals and cases
    assert not Appointment.objects.in_force(LATER.date() + dt.timedelta(days=1)).filter(unit=cast.town.unit)
    moved = Appointment.objects.get(person=cast.town.liaison.person, unit=heir)
    assert moved.post == "handler"
    assert Case.objects.get(pk=opened).unit == heir
    assert moved in Case.objects.get(pk=opened).team.all()
    assert type(cast.town.unit).objects.get(pk=cast.town.unit.pk).seals.get(pk=stamp).state == "stopped"
    assert first_bad()[1] is None


def test_abolished_without_successor_what_is_open_ends(cast, plan):
    (one,) = made(plan, "1", cast.town.unit)
    merge(cast)
    assert row(one).state == "cancelled"
    assert "没有承接单位" in Entry.objects.get(target_id=one, verb="tasks.task.lapse").words["reason"]


def test_what_stands_in_the_way_is_said(cast, plan):
    open_case(
        about=About("案", "other", (cast.town.liaison.pk,)), unit=cast.town.unit.pk,
        actor=actor(cast.town.liaison), at=AT,
    )  # fmt: skip
    for wrong, says in (
        ({}, "办理中的案件"),
        ({"successor": cast.town.unit}, "另一个在册单位"),
        ({"successor": cast.office}, "不能作承接单位"),
        ({"on": LATER.date() + dt.timedelta(days=1)}, "还没有到"),
        ({"unit": cast.office}, "安委办不能"),
    ):
        with pytest.raises(Refused, match=says):
            merge(cast, **wrong)
    merge(cast, cast.other.unit)
    with pytest.raises(Refused, match="已于"):
        merge(cast, cast.other.unit)
    with pytest.raises(Refused, match="编码“jia”已有单位使用"):
        save_unit(
            unit=None, values={"code": "jia", "name": "新", "short_name": "新", "kind": "town"}, at=LATER
        )
    with pytest.raises(Refused, match="不再修改"):
        save_unit(unit=cast.town.unit, values={"short_name": "甲"}, at=LATER)


@pytest.mark.once
@pytest.mark.parametrize("heir", [True, False])
def test_what_the_office_reviews_is_reviewed_to_its_end(cast, plan, heir):
    """The successor owes the same item: what was reported is not thrown away, what is given back ends."""
    units = (cast.town.unit, cast.other.unit) if heir else (cast.town.unit,)
    cases = [Minutes(made(plan, str(n), *units)[0], cast) for n in (1, 2)]
    for case in cases:
        case.receive()
        case.hold()
        case.submit()
        case.unit_agrees()
    merge(cast, cast.other.unit if heir else None)
    assert {row(case.pk).state for case in cases} == {"office_review"}
    kept, back = (Minutes(case.pk, cast, at=LATER) for case in cases)
    kept.office_agrees()
    assert (kept.state, kept.task.unit) == ("accepted", cast.town.unit)
    back.send_back(cast.clerk, "人数有误，请核对。")
    assert back.state == "cancelled"
    assert not Task.objects.exclude(state__in=DONE).filter(unit__ended_on__isnull=False).exists()
    assert first_bad()[1] is None


@pytest.mark.django_db
@settings(max_examples=12)
@given(data=st.data())
def test_after_any_order_of_mergers_nothing_open_belongs_to_nobody_and_nothing_is_owed_twice(data):
    with transaction.atomic():
        office = Unit.objects.create(code="o", name="o", short_name="o", kind="office")
        plan = create(
            Plan, {"title": "方", "text": "一", "state": "running", "organ": office}, actor=SYSTEM, at=AT
        )[0]
        units = [
            Unit.objects.create(code=f"u{n}", name=f"u{n}", short_name=f"u{n}", kind="town") for n in range(5)
        ]
        states = st.sampled_from(["issued", "received", "accepted", "archived", "waived", "cancelled"])
        owed = data.draw(st.dictionaries(st.tuples(st.integers(1, 3), st.integers(0, 4)), states, min_size=3))
        for number in {item for item, _ in owed}:
            group = {unit: state for (item, unit), state in owed.items() if item == number}
            for pk, state in zip(
                made(plan, str(number), *(units[n] for n in group)), group.values(), strict=True
            ):
                Task.objects.filter(pk=pk).update(state=state)
        finished = dict(Task.objects.filter(state__in=DONE).values_list("pk", "unit"))
        alive = list(units)
        while len(alive) > 1 and data.draw(st.booleans()):
            old = alive.pop(data.draw(st.integers(0, len(alive) - 1)))
            heir = data.draw(st.sampled_from([*alive, None]))
            end_unit(unit=old, on=AT.date(), successor=heir, follow=True, at=AT)
        still = Task.objects.exclude(state__in=DONE)
        assert not still.filter(unit__ended_on__isnull=False).exists()
        twice = still.values("item", "period", "unit").annotate(count=Count("pk")).filter(count__gt=1)
        assert not twice.exists()
        assert finished.items() <= dict(Task.objects.values_list("pk", "unit")).items()
        for task in Task.objects.filter(state="cancelled").select_related("unit__successor"):
            if (
                task.pk not in finished
            ):  # ended, because it was owed there already, or nobody was left to owe it
                heir = last_heir(task.unit)
                assert task.unit.ended_on
                assert (
                    heir is None
                    or Task.objects.filter(item=task.item_id, unit=task.unit.successor).exists()
                    or (task.unit.successor.ended_on)
                )
        transaction.set_rollback(True)


def test_the_page_counts_before_it_asks_and_does_what_it_showed(cast, plan, client):
    (one,) = made(plan, "1", cast.town.unit)
    identity(client, cast.clerk)
    address = reverse("unit_end", args=[cast.town.unit.pk])
    typed = {"successor": cast.other.unit.pk, "on": AT.date().isoformat(), "follow": "on"}
    page = client.post(address, typed | {"do": "preview"}).content.decode()
    assert "未办结的任务由承接单位接着办" in page
    assert row(one).unit == cast.town.unit
    client.post(address, typed | {"do": "end"})
    assert row(one).unit == cast.other.unit
    shown = client.get(reverse("task", args=[one])).content.decode()
    assert "由甲镇移交乙镇接着办" in shown
    assert "乙镇</a>承接" in client.get(reverse("unit", args=[cast.town.unit.pk])).content.decode()


def test_the_successor_is_meant_by_the_groups_of_the_old_unit_and_owes_nothing_twice(cast, plan):
    regulators = UnitGroup.objects.create(code="regulators", name="监管部门")
    regulators.units.add(cast.town.unit)
    (accepted,) = made(plan, "1", cast.town.unit, state="accepted")
    made(plan, "2")
    for item in Item.objects.filter(plan_id=plan):
        Duty.objects.create(item=item, group=regulators)
    merge(cast, cast.other.unit)
    assert {group.code for group in cast.other.unit.groups.all()} >= {"regulators", "towns"}
    Plan.objects.filter(pk=plan).update(state="running")
    dispatch_tasks(plan=plan, actor=actor(cast.clerk), at=LATER)
    assert set(Task.objects.filter(unit=cast.other.unit).values_list("item__number", flat=True)) == {"2"}
    assert row(accepted).unit == cast.town.unit


def test_the_groups_stay_with_the_old_unit_where_somebody_says_so(cast, plan):
    regulators = UnitGroup.objects.create(code="regulators", name="监管部门")
    regulators.units.add(cast.department.unit)
    merge(cast, cast.other.unit, unit=cast.department.unit, groups=False)
    assert not cast.other.unit.groups.filter(code="regulators").exists()


def test_a_department_that_becomes_part_of_a_town_makes_it_no_department(cast, plan):
    merge(cast, cast.other.unit, unit=cast.department.unit)
    assert not cast.other.unit.groups.filter(code="departments").exists()
