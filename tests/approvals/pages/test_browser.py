"""The approval pages in Debian's Chromium, on a phone and on a desk."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.conf import settings

from approvals.models import Approval, RouteVersion
from tests.cast import identity
from tests.shell.axe import violations

from .conftest import PARTS, decide

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("SHOTS")  # a folder to keep pictures in


@pytest.fixture
def open_as(visit, client, live_server):
    """open_as(seat, path, width) -> the page, signed in."""

    def opened(seat, path: str, width: int = 390):
        identity(client, seat)
        page = visit("/sign-in/", width, 844)
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.session.session_key}
        page.context.add_cookies([cookie | {"url": live_server.url}])
        page.goto(live_server.url + path, wait_until="networkidle")
        return page

    return opened


def shoot(page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


@pytest.fixture
def busy(send, cast):
    """Something in every state for 甲镇's head."""
    for number, due in ((1, -2), (2, 0), (3, 1), (4, 6)):
        decide(send(number, due_in=due), cast.town.deputy, opinion="同意报送。")
    return cast.town.head


def overflow(page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


def test_a_head_approves_three_in_a_row_without_typing(open_as, busy, told):
    page = open_as(busy, "/inbox/")
    shoot(page, "inbox-phone")
    page.click(".work-item h3 a")
    shoot(page, "approval-phone")
    for turn in range(3):
        page.click(".action-bar .is-primary")
        page.wait_for_url("**/inbox/")
        if turn == 0:
            shoot(page, "inbox-after-phone")
        if turn < 2:
            page.click("text=办下一件")
    assert [one.subject_id for one in told] == [1, 2, 3]
    assert page.locator(".work-item").count() == 1


def test_a_head_returns_one_with_parts(open_as, busy, told):
    page = open_as(busy, "/inbox/")
    page.click(".work-item h3 a")
    page.fill("#decide textarea", "请补拍横幅")
    page.click(".action-bar >> text=退回")
    assert page.input_value("#return textarea") == "请补拍横幅"
    page.fill("#return textarea", "")
    page.click(f"label:has-text('{PARTS[1][1]}')")
    page.select_option("select:visible", "unclear")
    shoot(page, "return-phone")
    assert page.inner_text(".action-bar .is-primary") == "退回 1 处"
    page.click(".action-bar .is-primary")
    page.wait_for_url("**/inbox/")
    assert told[0].remarks == [{"part": "photos", "reason": "unclear", "text": ""}]


def test_a_row_of_the_batch_is_ticked_wherever_it_is_touched_and_its_link_opens_it(open_as, busy):
    version = RouteVersion.objects.get(route__code="test")
    version.definition |= {"batch": True}
    version.save()
    page = open_as(busy, "/inbox/batch/")
    rows = page.locator(".work-item")
    rows.nth(0).locator("input").click()
    rows.nth(1).locator("h3").click(force=True)  # the label lies above it
    assert page.inner_text(".action-bar .is-primary") == "核对所选 2 件"
    assert violations(page) == {}
    rows.nth(1).get_by_text("看原件").click()
    page.wait_for_url("**/approvals/*/")


PAGES = ["/inbox/", "/inbox/?box=done", "/approvals/{}/", "/approvals/{}/return/", "/approvals/{}/disagree/", "/proxies/", "/approvals/opinions/"]  # fmt: skip


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_serious_and_nothing_scrolls_sideways(open_as, busy, path, width):
    from approvals.models import Approval

    first = Approval.objects.order_by("pk").first()
    page = open_as(busy, path.format(first.pk), width)
    shoot(page, f"{path.strip('/').replace('/', '-').replace('?', '-').format('n')}-{width}")
    assert violations(page) == {}
    assert overflow(page) <= 0


def test_the_smallest_phone_in_large_type(open_as, busy):
    busy.person.text_size = "huge"
    busy.person.save()
    assert overflow(open_as(busy, "/inbox/", 360)) <= 0


def test_the_keyboard_leads_through_the_inbox_and_decides_nothing(open_as, busy):
    page = open_as(busy, "/inbox/?q=活动", 1440)
    focused = "document.activeElement"
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.evaluate(f"{focused}.textContent") == "活动记录 1"
    page.keyboard.press("Enter")
    page.wait_for_url("**/approvals/*/")
    page.keyboard.press("a")
    assert page.evaluate(f"{focused}.textContent") == "同意"
    page.click("a.back")
    page.wait_for_url("**/inbox/?q=*")  # as it was narrowed
    page.keyboard.press("/")
    page.keyboard.type("jk?")
    assert page.evaluate(f"{focused}.value") == "jk?活动"
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    assert not violations(page)
    assert Approval.objects.filter(state="pending").count() == 4
