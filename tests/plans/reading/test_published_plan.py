"""The published plan gives every fact of it; skipped where it does not lie beside the project."""

import pytest

from foundation.files.text import decode
from tests.plans.reading.helpers import (
    LEXICON,
    PUBLISHED,
    dates,
    published,
    quantities,
    reports,
    uncovered,
    who,
)
from workflows.plans.reading import Alternative, read

pytestmark = published

ALL = [("lead", "all_units")]
OFFICE = ("lead", "office")


@pytest.fixture(scope="module")
def text():
    return decode(PUBLISHED.read_bytes(), PUBLISHED.name)


@pytest.fixture(scope="module")
def plan(text):
    return read(text, LEXICON)


def test_the_frame(plan):
    assert plan.title == "2023年英德市“安全生产月”和“安全生产英德行”活动工作方案"
    assert (plan.year, plan.theme) == (2023, "人人讲安全 个个会应急")
    assert [b.number for b in plan.basis] == ["粤安办〔2023〕69号", "清安办〔2023〕13号"]
    assert [(p.name, str(p.start), str(p.end)) for p in plan.periods] == [
        ("安全生产月", "2023-06-01", "2023-06-30"),
        ("安全生产英德行", "2023-06-01", "2023-12-31"),
    ]


def test_twenty_items_in_five_sections(plan):
    assert [i.number for i in plan.items] == [str(n) for n in range(1, 21)]
    assert [
        len([i for i in plan.items if i.section == s]) for s in dict.fromkeys(i.section for i in plan.items)
    ] == [3, 3, 5, 5, 4]
    assert all(i.section[0].endswith("活动主要内容") for i in plan.items[:16])


def test_dates(plan):
    assert {i.number: dates(i) for i in plan.items if i.dates} == {
        "7": [("on", "2023-06-01", "2023-06-01")],
        "8": [("on", "2023-06-08", "2023-06-08")],
        "9": [("on", "2023-06-16", "2023-06-16")],
        "10": [("on", "2023-06-09", "2023-06-09"), ("on", "2023-06-20", "2023-06-20")],
        "11": [("period", "2023-04-11", "2023-04-30")],
        "15": [("by", None, "2023-06-30")],
        "17": [("period", None, "2023-12-31")],
        "19": [("period", "2023-06-01", "2023-12-31")],
    }
    assert [i.number for i in plan.items for d in i.dates if d.approx] == ["11"]


def test_quantities(plan):
    once = ("min", 1, "次")
    assert {i.number: quantities(i) for i in plan.items if i.quantities} == {
        "7": [("about", 200, "台")],
        "11": [("exact", 12, "个")],
        "12": [("exact", 1, "张")],
        "13": [once],
        "14": [once],
        "15": [("exact", 1, "本"), once, once],
        "16": [once, once],
        "19": [("min", 2, "个"), ("min", 1, "个")],
        "20": [once] * 4,
    }


def test_responsible_units(plan):
    towns_assist = [("assist", "donghua"), ("assist", "yinghong")]
    assert {i.number: who(i.responsible) for i in plan.items if i.responsible} == {
        "1": ALL,
        "4": ALL,
        "5": [*ALL, ("lead", "publicity")],
        "6": [OFFICE],
        "7": [*towns_assist, OFFICE],
        "8": [OFFICE],
        "9": [OFFICE, ("assist", "members"), ("assist", "enterprises")],
        "10": [OFFICE],
        "11": [OFFICE],
        "13": [("lead", "farming")],
        "14": [("lead", "fire"), ("lead", "housing"), ("lead", "departments")],
        "15": [("lead", "education")],
        "16": [("lead", "members"), ("lead", "towns")],
        "17": ALL,
        "19": [("lead", "regulators"), ("lead", "towns")],
    }


def test_items_that_name_nobody_inherit_all_units(plan):
    assert {i.number: i.inherited for i in plan.items if i.inherited} == dict.fromkeys(
        ["2", "3", "12", "18", "20"], "all_units"
    )


def test_reporting_duties(plan):
    assert [(kind, due) for kind, _, due in reports(plan)] == [
        ("cases", None),
        ("liaison", None),
        ("report", "2023-05-30"),
        ("report", "2023-07-01"),
        ("report", "2023-12-01"),
    ]
    assert [r.attachments for r in plan.reports[2:]] == [("附件3",), ("附件2",), ("附件2",)]
    assert [who(r.who) for r in plan.reports[1:3]] == [
        [("lead", "towns"), ("lead", "members")],
        [("lead", "departments")],
    ]
    assert quantities(plan.reports[1]) == [("exact", 1, "名")]


def test_the_case_quota(plan):
    (quota,) = plan.quotas
    assert quota.alternatives == (Alternative("double_penalty", 2), Alternative("referral", 1))
    assert (str(quota.start), str(quota.end)) == ("2023-06-01", "2023-12-31")
    assert who(quota.who) == [("lead", "regulators"), ("lead", "towns")]


@pytest.mark.parametrize(
    "name",
    [
        "粤政易",
        "悦英德",
        "英德发布",
        "英德电视台",
        "人人会应急",
        "i志愿",
        "举报微信小程序",
        "举报投诉热线",
        "有奖举报平台",
        "网络投票",
        "电视电话会议",
    ],
)
def test_outside_systems(plan, name):
    assert any(name in system.name for system in plan.systems)


def test_nothing_is_lost_and_nothing_left_to_ask(text, plan):
    assert uncovered(text, plan) == ""
    assert (plan.unread, plan.warnings) == ((), ())
