"""The pages of the office and of a unit in Chromium: one world, walked through; what people do there that a form alone
can't show."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from approvals.routing.defaults import ensure_routes
from foundation.organization.tables import write_table
from tests.cast import engage
from tests.matrix import PAGES, Row, world
from tests.shell.axe import violations
from tests.workflows.registers import matrix as registers
from tests.workflows.tracking import matrix as tracking

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = 390
NEWER = {
    "board", "tasks", "extensions", "search", "messages", "message_settings", "undelivered", "people_batch",
    "import_table", "unit_end", "plan_copy", "item_versions", "supplement", "supplement_new", "supplement_item",
}  # fmt: skip
FILES = {"assessment_sheet", "register_export", "register_template", "register_load_errors"}
WALK = [
    row
    for row in (*tracking.PAGES, *registers.PAGES, *(one for one in PAGES if one.name in NEWER))
    if row.name not in FILES and row.opens == 200
]
WIDE = "document.documentElement.scrollWidth - window.innerWidth"


@pytest.fixture
def cast(transactional_db):
    ensure_routes()
    return engage()


def faults(page, address: str) -> dict[str, object]:
    """What is wrong on a page: {what: how}."""
    page.set_viewport_size({"width": PHONE, "height": 844})
    answer = page.goto(address)
    found: dict[str, object] = {} if answer.status == 200 else {"status": answer.status}
    found |= violations(page)
    for width in (360, 1440):
        page.set_viewport_size({"width": width, "height": 844})
        if (over := page.evaluate(WIDE)) > 0:
            found[f"scrolls sideways at {width}"] = over
    return found


def test_axe_finds_nothing_serious_and_nothing_scrolls_sideways_on_the_newer_pages(
    cast, open_as, live_server
):
    things = world(cast)
    wrong = {}
    for key, seat in {
        "clerk": cast.clerk,
        "office_head": cast.office_head,
        "town.liaison": cast.town.liaison,
    }.items():
        page = open_as(seat, "/messages/", PHONE)
        for row in walk(key):
            if found := faults(page, live_server.url + row.url(things)):
                wrong[f"{key} {row.name}"] = found
    assert wrong == {}


def walk(key: str) -> list[Row]:
    """Everything for the clerk, and for others what is not for her or looks another way."""
    if key == "clerk":
        return [row for row in WALK if key in row.may]
    rest = {"board", "tasks", "slip", "assessment_unit", "statistics", "schedule", "registers"}
    return [
        row
        for row in WALK
        if key in row.may and ("clerk" not in row.may or (key != "office_head" and row.name in rest))
    ]


@pytest.fixture
def campaign(cast):
    return world(cast)


def test_a_kept_view_of_the_ledger_is_an_address_that_one_comes_back_to(campaign, cast, open_as, live_server):
    page = open_as(cast.clerk, "/tasks/?state=all&q=培训")
    page.click("summary:has-text('保存这个筛选')")
    page.fill("#filter-name", "培训的")
    page.press("#filter-name", "Enter")
    page.wait_for_load_state("networkidle")
    page.goto(live_server.url + "/tasks/")
    page.click(".chips >> text=培训的")
    page.wait_for_load_state("networkidle")
    assert page.input_value("main [name=q]") == "培训"
    assert "q=%E5%9F%B9%E8%AE%AD" in page.url
    assert page.locator("#results tbody tr").count() > 0


def test_on_a_phone_several_tasks_are_chased_at_once(campaign, cast, open_as):
    page = open_as(cast.clerk, "/tasks/?state=all", PHONE)
    ticks = page.locator("#results [name=task]")
    told = ticks.count()
    for one in ticks.all():
        one.check()
    page.click("button[value=urge]")
    page.wait_for_load_state("networkidle")
    assert told > 1
    assert f"催办 {told} 件" in page.inner_text("main") + page.inner_text("#messages")


def test_a_number_on_the_board_opens_the_tasks_that_it_counts(campaign, cast, open_as):
    page = open_as(cast.clerk, "/board/?range=all")
    number = page.locator(".figures a").first
    counted = int(number.inner_text().splitlines()[-1])
    number.press("Enter")
    page.wait_for_load_state("networkidle")
    assert page.locator("#results tbody tr").count() == counted > 0


def test_a_wall_reads_itself_anew_until_it_is_paused(campaign, cast, open_as):
    page = open_as(cast.clerk, "/board/?range=all")
    asked = []

    def sooner(route):
        answer = route.fetch()
        asked.append(route.request.url)
        route.fulfill(response=answer, body=re.sub(r'content="\d+;url', 'content="1;url', answer.text()))

    page.route("**/board/**", sooner)
    page.click("text=大屏")
    page.wait_for_timeout(2500)
    assert len(asked) >= 2
    page.click("text=暂停刷新")
    page.wait_for_selector("text=继续刷新")
    before = len(asked)
    page.wait_for_timeout(1500)
    assert len(asked) == before


def test_a_table_of_a_platform_is_looked_at_corrected_and_taken(cast, open_as, tmp_path):
    heads = ("发布平台", "文章标题", "发布时间", "阅读数")
    page = open_as(cast.clerk, reverse("register_import", args=["media"]), PHONE)

    def upload(when: str) -> None:
        path = tmp_path / "六月.xlsx"
        path.write_bytes(
            write_table(
                heads, [("英德发布", "启动", when, "1200"), ("悦英德", "宣讲", "2026-06-08 09:00", "")]
            )
        )
        page.set_input_files("[type=file]", path)
        page.click("text=上传并预览")
        page.wait_for_load_state("networkidle")

    upload("六月某日")
    assert "要改 1 行" in page.inner_text("main")
    page.go_back()
    upload("2026-06-01 09:00")
    page.click("text=写入：新增 2 条")
    page.wait_for_load_state("networkidle")
    page.click("text=查看媒体发布")
    assert page.locator("tbody tr").count() == 2
