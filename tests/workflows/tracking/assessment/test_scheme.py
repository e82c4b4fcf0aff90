"""Schemes of assessment: the one that is there, and what is wrong with those that can't be used."""

from __future__ import annotations

import copy
import datetime as dt
from decimal import Decimal

import pytest

from foundation.organization.dated import BadData, checked, read_data
from workflows.tracking.assessment.reading import FILE, read, schemes
from workflows.tracking.assessment.scheme import scheme_on

NAME = "schemes.yaml"
PLAIN = read_data(FILE, "assessment_scheme")


def changed(change) -> list:
    values = copy.deepcopy(PLAIN)
    change(values[0])
    return values


def test_ours_adds_up_and_says_that_it_is_not_verified():
    for scheme in schemes():
        assert sum(rule.of for rule in scheme.rules) == 100
        assert not scheme.verified
        assert scheme.grade_of(Decimal("89.99")) == "合格"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda one: one["rules"][0].update(of=4), "合计是 101，不是 100"),
        (lambda one: one["rules"][0].update(of=-3), "不能小于 0"),
        (lambda one: one["rules"][0].update(measure="luck"), "应是liaison、report、.*之一"),
        (lambda one: one["rules"][1].pop("late_day"), "“按时报送活动方案”缺少 late_day"),
        (lambda one: one["rules"][0].update(late_day=1), "“明确联络员”不用 late_day"),
        (lambda one: one["rules"][0].update(fine=1), "不认识的键.*fine"),
        (lambda one: one["rules"][1].update(code="liaison"), "写了两次的 code：liaison"),
        (lambda one: one["grades"].pop(), "没有从 0 分起的等次"),
        (lambda one: one["vetoes"][0].update(grade="差"), "等次“差”不在 grades 里"),
        (lambda one: one.pop("basis"), "缺少 basis"),
        (lambda one: one.update(effective_from="明年"), "effective_from 不是日期"),
    ],
)
def test_one_that_cannot_be_used_is_refused_with_what_to_do(change, says):
    with pytest.raises(BadData, match=says):
        read(checked(changed(change), "assessment_scheme", NAME), NAME)


@pytest.mark.parametrize(
    ("counted", "says"),
    [
        ({"register": "tips"}, "media、works.*之一"),  # 行政处罚法 74
        ({"when": {"amount": ["1"]}}, "按登记册“媒体发布”没有的栏目计数：amount"),
    ],
)
def test_a_bonus_counts_what_a_register_holds_and_never_tips(counted, says):
    values = copy.deepcopy(PLAIN)
    values[1]["bonus"]["kinds"][0]["counted"] |= counted
    with pytest.raises(BadData, match=says):
        read(checked(values, "assessment_scheme", NAME), NAME)


def test_the_one_in_force_is_the_latest_that_has_begun():
    later = changed(lambda one: one.update(effective_from="2024-01-01", version=2))[0]
    both = read([later, PLAIN[0]], NAME)
    days = {2023: 1, 2024: 2, 2030: 2, 2000: 1}  # before the first, the first
    assert {year: scheme_on(both, dt.date(year, 6, 1)).version for year in days} == days
