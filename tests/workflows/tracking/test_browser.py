"""Workbench and board in Chromium, with a campaign of twenty items in full swing: axe, widths, pictures."""

import datetime as dt
import os
import random
from pathlib import Path

import pytest

from foundation.journal.moves import create
from foundation.organization.actors import SYSTEM
from foundation.organization.models import Unit
from tests.shell.axe import violations
from workflows.plans.models import Item, Period
from workflows.tasks.models import Task

from .conftest import SENT, start_plan
from .test_workbench import ask

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLES = "学习贯彻 宣讲课堂 法规宣贯 活动预热 视频展播 启动发布 网约发车 专题宣讲 咨询活动 上门宣讲 作品征集 进入企业 进入农村 进入社区 进入校园 进入家庭 专题宣传 媒体监督 典型案例 应急演练".split()  # noqa: SIM905
STATES = ["issued"] * 2 + ["received"] * 5 + ["accepted"] * 8 + ["archived"] * 4
PICTURES = os.environ.get("ANBAN_TEST_PICTURES")


@pytest.fixture
def swing(campaign, cast):
    """24 more towns; the dice are seeded."""
    dice = random.Random(1)
    towns = [
        Unit(code=f"t{n}", name=f"第{n}镇", short_name=f"第{n}镇", kind="town", order=n + 10)
        for n in range(24)
    ]
    Unit.objects.bulk_create(towns)
    plan = start_plan(cast, "2026 年“安全生产月”活动方案")
    for order, title in enumerate(TITLES, 1):
        item = Item.objects.create(
            plan_id=plan, order=order, number=str(order), title=f"{title}等活动", text="…"
        )
        due = dt.date(2026, 6, 8) + dt.timedelta(days=dice.choice([2, 3, 4, 6, 9, 20, 40]))
        period = Period.objects.create(item=item, due_on=due)
        for unit in (*towns, cast.town.unit, cast.other.unit, cast.department.unit):
            if dice.random() < 0.8:
                state = dice.choice(STATES)
                values = {"plan": plan, "item": item, "period": period, "unit": unit, "role": "lead",
                          "due_on": due, "state": state, "changed": SENT}  # fmt: skip
                create(Task, values, actor=SYSTEM, at=SENT)
    for number in "123":
        ask(campaign, cast, number)
    return plan


@pytest.mark.parametrize("width", [1440, 390, 320])
@pytest.mark.parametrize(
    ("who", "path"),
    [("clerk", "/"), ("clerk", "/board/"), ("liaison", "/"), ("liaison", "/board/"), ("deputy", "/"),
     ("auditor", "/"), ("administrator", "/"), ("clerk", "/archive/")],
)  # fmt: skip
def test_axe_finds_nothing_serious_and_nothing_scrolls_sideways(swing, cast, open_as, who, path, width):
    seat = getattr(cast, who, None) or getattr(cast.town, who)
    page = open_as(seat, path, width)
    if PICTURES:
        name = f"{path.strip('/') or 'workbench'}-{who}-{width}.png"
        page.screenshot(path=str(Path(PICTURES) / name), full_page=True)
    assert violations(page) == {}
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


@pytest.mark.parametrize("width", [1440, 390, 320])
def test_a_button_with_a_long_name_stays_on_the_page(swing, cast, open_as, width):
    title = "全程活动总结和附件2《统计表》（填6月1日至12月31日累计数，逐级汇总审核后报送）"
    Item.objects.create(
        plan_id=swing, order=99, number="R2", title=title, text="…", deliverables=["statistics"]
    )
    page = open_as(cast.clerk, f"/plans/{swing}/", width)
    assert page.get_by_role("button", name=title).is_visible()
    assert violations(page) == {}
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
