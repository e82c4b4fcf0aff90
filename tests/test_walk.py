"""The main path as people walk it, in Chromium: from the plan to the archived task and its 审批单."""

from __future__ import annotations

import base64

import pytest
from django.utils import timezone

from approvals.routing.defaults import ensure_routes
from foundation.jobs.queue import run_due
from tests.cast import engage
from workflows.plans.models import Plan
from workflows.tasks.models import Task

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESK = 390, 1440
PHOTO = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PLAN = """{year}年某市“安全生产月”活动方案

一、活动时间
6月1日至6月30日
二、主要内容
1.各镇（街）要组织开展应急演练，检验应急预案。
"""


@pytest.fixture
def cast(transactional_db):
    ensure_routes()
    cast = engage()
    cast.office.document_code = "某安办"
    cast.office.save()
    return cast


@pytest.fixture
def sit(open_as):
    """sit(seat, "/inbox/", width): this person's browser, at this page."""

    def sit(seat, path: str, width: int = DESK):
        return open_as(seat, path, width, height=844 if width == PHONE else 900, locale="zh-CN")

    return sit


def press(page, label: str) -> str:
    """Press the button of the bar, or of the page, that says this; the message that follows."""
    page.locator(".action-bar, main").get_by_role("button", name=label).last.click(timeout=5000)
    page.wait_for_load_state("networkidle")
    return page.inner_text("#messages")


def agree(sit, seat, width: int) -> str:
    page = sit(seat, "/inbox/", width)
    page.click(".work-item h3 a")
    return press(page, "同意")


def work_until_done() -> None:
    """What the worker does between two looks at a page; papers queue more work."""
    while run_due(timezone.now()):
        pass


def paper_of(page) -> bytes:
    """What the first link under 公文 leads to."""
    return page.request.get(page.locator("#papers li a").first.evaluate("link => link.href")).body()


def the_plan_goes_out(sit, cast) -> None:
    clerk = sit(cast.clerk, "/plans/new/")
    clerk.fill("[name=text]", PLAN.format(year=timezone.localdate().year + 1))
    assert "已读入方案" in press(clerk, "读取方案")
    clerk.click("a[href$='/send/']")
    assert cast.office_head.person.name in press(clerk, "送审")
    assert "已同意" in agree(sit, cast.office_head, PHONE)
    clerk.goto(clerk.url)
    clerk.click("a[href$='/dispatch/']")
    assert "正在下达" in press(clerk, "件任务")
    work_until_done()
    clerk.reload()
    assert "已下达" in clerk.inner_text(".chips")
    assert paper_of(clerk).startswith(b"%PDF")


def the_unit_reports(page) -> str:
    page.click("tbody th a")
    assert "已签收" in press(page, "签收")
    page.fill("[name=record-held_on]", timezone.localdate().isoformat())
    page.fill("[name=record-people]", "46")
    page.fill("[name=record-text]", "按预案演练一次，检验了通信和集结。")
    page.click("button[value=add_record]")
    page.set_input_files("#slot-photos input", {"name": "现场.png", "mimeType": "image/png", "buffer": PHOTO})
    return press(page, "提交审批")


def the_office_sends_back(sit, cast) -> None:
    clerk = sit(cast.clerk, "/inbox/")
    clerk.click(".work-item h3 a")
    clerk.click(".action-bar >> text=退回")
    clerk.locator(".choice input[type=checkbox]").first.check()
    clerk.fill("[name=opinion]", "人数与签到表不符，请核实。")
    assert "已退回" in press(clerk, "退回")


def the_unit_corrects(page) -> None:
    page.reload()
    assert "人数与签到表不符" in page.inner_text(".notice")
    page.click("#records button[value^=edit_record]")
    page.fill("[name=record-people]", "41")
    page.click("button[value=add_record]")
    assert "第 2 版已提交" in press(page, "提交审批")
    page.click("text=各版对照")
    assert "41" in page.inner_text("ins")


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_from_the_plan_to_the_archived_task_and_its_paper(sit, cast, width):
    """The office sits at its desk, its head decides by phone; the unit's people work at `width`."""
    the_plan_goes_out(sit, cast)
    town = cast.town
    liaison = sit(town.liaison, "/tasks/", width)
    assert f"下一步：{town.deputy.person.name}" in the_unit_reports(liaison)
    address = f"/tasks/{Task.objects.get(unit=town.unit).pk}/"
    assert town.head.person.name in agree(sit, town.deputy, width)
    agree(sit, town.head, width)
    the_office_sends_back(sit, cast)
    the_unit_corrects(liaison)
    for seat in (town.deputy, town.head, cast.clerk, cast.office_head):
        assert "已同意" in agree(sit, seat, width)
    clerk = sit(cast.clerk, address)
    assert "已归档" in press(clerk, "归档")
    work_until_done()
    liaison = sit(town.liaison, address, width)
    assert paper_of(liaison).startswith(b"%PDF")
    paper = liaison.get_attribute("#papers li a", "href")
    archive = sit(town.liaison, "/archive/?kind=approval_form", width)
    assert archive.locator(f"a[href='{paper}']").count() == 1
    assert (Task.objects.get(unit=town.unit).state, Plan.objects.get().state) == ("archived", "running")
