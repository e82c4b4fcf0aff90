"""A clerk reads in a plan, corrects an item and sends it for approval, in Chromium; pictures in ANBAN_SHOTS."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from approvals.defaults import ensure_routes
from tests.cast import engage, identity
from tests.shell.axe import violations
from workflows.plans.models import Item, Plan

from .conftest import TEXT

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browse(chromium, live_server):  # noqa: F811
    """browse(seat, width) -> a page signed in under that post; an error in its console fails the test."""
    opened = []

    def browse(seat, width):
        cookie = identity(Client(), seat).cookies[settings.SESSION_COOKIE_NAME].value
        context = chromium.new_context(viewport={"width": width, "height": 900})
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page, complaints = context.new_page(), []
        # a refused form is answered with 422, which the console notes as a failed resource
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        opened.append((context, complaints))
        return page

    yield browse
    for context, complaints in opened:
        context.close()
        assert [one for one in complaints if "422" not in one] == []


def look(page, name, width):
    """Nothing scrolls sideways, axe finds nothing serious; a picture where somebody wants to see it."""
    page.wait_for_load_state("networkidle")
    if shots := os.environ.get("ANBAN_SHOTS"):
        page.screenshot(path=Path(shots) / f"{name}-{width}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert violations(page) == {}


@pytest.mark.parametrize("width", [1440, 390])
def test_from_pasted_text_to_the_approval(browse, live_server, width):
    cast = engage()
    ensure_routes()
    page = browse(cast.clerk, width)
    page.goto(live_server.url + "/plans/")
    look(page, "plans-empty", width)
    page.click("text=上传方案")
    page.click("text=读取方案")
    look(page, "upload-refused", width)
    page.fill("#id_text", TEXT)
    page.click("text=读取方案")
    look(page, "draft", width)
    page.click(".ledger a:has-text('开展进社区活动')")
    page.click("button[name=find]")
    look(page, "item-unknown", width)
    page.fill("#words", "丙")
    page.click("button[value=find]")
    page.select_option("select[id^=add-u]", "lead")
    page.check("#settled-1")
    page.fill("#id_title", "充电安全自查")
    look(page, "item", width)
    page.click(".action-bar button[value=check]")
    item = Item.objects.get(number="2")
    assert (item.title, item.checked, str(item.duties.get().unit)) == ("充电安全自查", True, "市丙局")
    page.goto(f"{live_server.url}/plans/{item.plan_id}/send/")
    look(page, "send", width)
    page.click("form button.is-primary")
    look(page, "in-approval", width)
    assert "谢长青" in page.content()
    assert Plan.objects.get().state == "in_approval"
