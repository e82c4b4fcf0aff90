"""A clerk reads in a plan, corrects an item and sends it for approval, in Chromium; pictures in ANBAN_SHOTS."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from approvals.models import Approval
from approvals.routing.defaults import ensure_routes
from approvals.services import decide
from foundation.jobs.queue import run_due
from tests.cast import actor, engage, identity
from tests.shell.axe import violations
from workflows.campaigns.drafts import import_plan
from workflows.campaigns.services import send_for_approval
from workflows.plans.models import Item, Plan

from .conftest import AT, TEXT

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browse(chromium, live_server):
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
    page.click("text=流程图")
    look(page, "in-approval", width)
    assert "谢长青" in page.content()
    assert Plan.objects.get().state == "in_approval"


@pytest.mark.parametrize("width", [1440, 390])
def test_a_campaign_from_dispatch_to_closing(browse, live_server, width):
    cast = engage()
    ensure_routes()
    cast.office.document_code = "某安办"
    cast.office.save()
    plan = import_plan(text=TEXT, actor=actor(cast.clerk), at=AT).pk
    Item.objects.update(disposition="dispatch", checked=True)
    Item.objects.filter(number="2").update(settled=["消防部门"], disposition="leave_out")
    send_for_approval(plan=plan, actor=actor(cast.clerk), at=AT)
    decide(approval_id=Approval.objects.get().pk, actor=actor(cast.office_head), at=AT, do="agree")
    page = browse(cast.clerk, width)
    page.goto(f"{live_server.url}/plans/{plan}/")
    page.click("text=下达任务 >> nth=0")
    look(page, "dispatch", width)
    page.click("main form button.is-primary")
    look(page, "dispatching", width)
    run_due(timezone.now())
    page.goto(f"{live_server.url}/plans/{plan}/")
    page.click("text=流程图")
    assert page.is_visible(".flow-chart") is (width > 768)
    look(page, "campaign", width)
    assert "8 件任务" in page.content()
    page.click("text=开始收尾")
    page.click("main a.btn:text-is('归档')")
    look(page, "archive", width)
