"""Keeping routes in Debian's Chromium: an administrator with a phone changes one, looks at it, saves it."""

from __future__ import annotations

import pytest

from approvals.engine.route_json import read
from approvals.groups import SignerGroup
from approvals.models import Route, RouteVersion
from approvals.services import version_for
from tests.shell.axe import violations

from .test_browser import open_as, overflow, shoot  # noqa: F401 - a fixture
from .test_routes_page import RICH

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def route(cast):
    RouteVersion.objects.filter(route__code="unit").update(definition=RICH)
    return Route.objects.get(code="unit").pk


PAGES = ["routes/", "routes/{}/", "routes/{}/edit/", "routes/{}/import/", "signer-groups/", "signer-groups/new/", "signer-groups/{group}/"]  # fmt: skip


@pytest.mark.parametrize("width", [1440, 390, 360])
@pytest.mark.parametrize("tail", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(open_as, cast, route, width, tail):  # noqa: F811
    group = SignerGroup.objects.create(code="panel", name="专家组")
    group.seats.add(cast.town.head)
    page = open_as(cast.administrator, f"/administration/{tail.format(route, group=group.pk)}", width)
    for fold in page.locator("details.fold").all():
        fold.evaluate("one => one.open = true")
    shoot(page, f"{tail.strip('/').replace('/', '-').format('n', group='n')}-{width}")
    assert violations(page) == {}
    assert overflow(page) <= 0


def test_a_route_is_changed_on_a_phone(open_as, cast, route):  # noqa: F811
    page = open_as(cast.administrator, f"/administration/routes/{route}/edit/")
    shoot(page, "route-edit-folded-390")
    step = page.locator("#step-2")
    step.get_by_label("环节名称").fill("专题会审")
    step.get_by_label("审批人 2").fill("安办主任")
    step.get_by_text("时限和催办").click()
    step.get_by_label("办理时限").fill("24")
    page.click("text=看会由谁审批")
    page.wait_for_load_state("networkidle")
    shoot(page, "route-dry-run-390")
    assert "缺少判断条件所需的数据" in page.inner_text("#trial [role=status]")
    page.get_by_label("金额").fill("200000")
    page.get_by_label("涉嫌犯罪").fill("是")
    page.get_by_label("编号").fill("7")
    page.get_by_label("答复").fill("是")
    page.click("text=看会由谁审批")
    page.wait_for_load_state("networkidle")
    shoot(page, "route-dry-run-facts-390")
    assert "谢长青" in page.inner_text("#trial [role=status]")
    page.click("text=保存为新版本")
    page.wait_for_selector("text=已保存第 2 版")
    changed = read(version_for("unit").definition).steps[1]
    assert (changed.name, changed.who[1].post, changed.due.after, changed.due.remind) == (
        "专题会审",
        "office_head",
        24,
        4,
    )
