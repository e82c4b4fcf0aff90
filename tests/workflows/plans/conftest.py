"""A plan of five items read from text, and who may do what with it; `sign_in(seat)` gives a client."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from tests.cast import actor, identity
from workflows.campaigns.drafts import import_plan
from workflows.plans.models import Plan

AT = dt.datetime(2026, 5, 20, 9, tzinfo=dt.timezone(dt.timedelta(hours=8)))
TEXT = """2026年某市“安全生产月”活动方案
一、活动时间
6月1日至6月30日
二、活动内容
1.开展进农村活动。市丙局会同各镇（街）开展农机安全技能培训，不少于1场，6月20日前完成。
2.开展进社区活动。消防部门指导社区开展充电安全自查，6月15日前完成。
3.开展进校园活动。甲镇组织学校做一次逃生演练，6月底前完成。
三、工作要求
请各镇（街）于7月1日前报送活动总结和附件2《统计表》。
"""


@pytest.fixture
def plan(cast) -> Plan:
    return import_plan(text=TEXT, actor=actor(cast.clerk), at=AT)


@pytest.fixture
def item(plan):
    return lambda number: plan.items.prefetch_related("periods", "duties").get(number=number)


@pytest.fixture
def sign_in():
    return lambda seat: identity(Client(), seat)


@pytest.fixture
def clerk(sign_in, cast):
    return sign_in(cast.clerk)
