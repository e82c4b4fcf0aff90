"""What stands in the way of an approval is a sentence each; cautions stand in nobody's way."""

from workflows.plans.models import Duty, Item, Period, Plan
from workflows.plans.problems import blockers, cautions
from workflows.plans.services import items_of


def said(plan, find=blockers):
    plan = Plan.objects.get(pk=plan.pk)
    return [one.says for one in find(plan, items_of(plan))]


def test_an_unknown_unit_has_to_be_decided(plan, item):
    assert said(plan) == ["第 2 项：不认识“消防部门”，请选择单位，或确认它不承担任务。"]
    Item.objects.filter(number="2").update(settled=["消防部门"])
    assert said(plan) == ["第 2 项没有责任单位，请补上，或把“处理”改为“不下达”。"]


def test_a_unit_chosen_for_the_phrase_settles_it(plan, item, cast):
    Duty.objects.create(item=item("2"), unit=cast.department.unit, phrase="消防部门")
    assert said(plan) == []


def test_an_item_left_out_needs_neither_unit_nor_date(plan, item):
    Item.objects.filter(number="2").update(settled=["消防部门"], disposition="leave_out")
    Period.objects.filter(item__number="2").delete()
    assert said(plan) == []


def test_a_date_is_needed(plan, item, cast):
    Item.objects.filter(number="2").delete()
    Period.objects.filter(item__number="1").update(due_on=None)
    Period.objects.filter(item__number="3").delete()
    assert said(plan) == ["第 1 项没有截止日期，请补上。", "第 3 项没有时间，请至少填写一期。"]


def test_a_year_and_items_are_needed(plan):
    Item.objects.all().delete()
    Plan.objects.update(year=None)
    assert said(plan) == ["方案还没有任何事项，请先添加事项。", "没有写明年度，请在“基本信息”中填写。"]


def test_cautions_name_what_one_may_look_at(plan):
    Item.objects.filter(number="3").update(number="1", deliverables=[], disposition="dispatch")
    assert said(plan, cautions) == [
        "还有 4 项没有核对。",
        "第 1 项与别的事项序号相同。",
        "第 1 项没有要求任何材料。",
    ]


def test_a_unit_that_ended_is_named_with_who_carries_on(plan, item, cast):
    Item.objects.filter(number="2").update(settled=["消防部门"])
    Duty.objects.create(item=item("2"), unit=cast.department.unit)
    type(cast.department.unit).objects.filter(pk=cast.department.unit.pk).update(
        ended_on=plan.created.date(), successor=cast.town.unit
    )
    assert said(plan) == [f"第 {n} 项：市丙局已撤销，由甲镇承接，请改选甲镇。" for n in (1, 2)]
