"""What a plan's dates are held against is the office's day, also while it is still yesterday in UTC."""

import datetime as dt

from tests.cast import actor
from workflows.campaigns.drafts import import_plan
from workflows.plans.models import Item

EARLY = dt.datetime(2026, 5, 31, 23, tzinfo=dt.UTC)  # 1 June, 07:00 in Yingde
TEXT = "2026年“安全生产月”活动方案\n一、主要任务\n1.开展宣传。5月31日前，各镇街组织宣传活动。\n"


def test_before_eight_in_the_morning_yesterday_is_past(cast):
    plan = import_plan(text=TEXT, actor=actor(cast.clerk), at=EARLY)
    assert plan.items.get(number="1").disposition == Item.Disposition.DONE


def test_in_the_first_hours_of_a_year_a_plan_without_one_takes_the_new_year(cast):
    night = dt.datetime(2026, 12, 31, 17, tzinfo=dt.UTC)  # 1 January, 01:00
    plan = import_plan(text=TEXT.replace("2026年", ""), actor=actor(cast.clerk), at=night)
    assert plan.items.get(number="1").periods.get().due_on == dt.date(2027, 5, 31)
