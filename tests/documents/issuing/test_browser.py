"""The life of a document in Chromium: written in the editor, signed on a phone, sealed, issued, archived, verified."""

from __future__ import annotations

import pytest
from django.utils import timezone

from approvals.routing.defaults import ensure_routes
from documents.models import Draft
from foundation.jobs.queue import run_due
from foundation.organization.posts import Post
from tests.cast import engage
from tests.documents.sealing.seals import seal
from tests.shell.axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESK = 390, 1440
TEXT = "关于开展检查的通知\n\n各镇（街）：\n请按时开展检查。\n请抓紧落实。"


@pytest.fixture
def cast(transactional_db):
    ensure_routes()
    cast = engage()
    cast.office.document_code = "某安办"
    cast.office.save()
    seal(cast, name="市安委办印章", posts=[Post.OFFICE_CLERK])
    return cast


@pytest.fixture
def sit(open_as):
    """sit(seat, "/inbox/", width): this person's browser, at this page."""

    def sit(seat, path: str, width: int = DESK):
        return open_as(seat, path, width, height=844 if width == PHONE else 900, locale="zh-CN")

    return sit


def agree(sit, seat, width: int) -> None:
    page = sit(seat, "/inbox/", width)
    page.click(".work-item h3 a")
    assert "请按时开展检查" in page.inner_text("main")
    page.locator(".action-bar").get_by_role("button", name="同意").last.click(timeout=5000)
    page.wait_for_selector("#messages :text('同意')")


def act(page, label: str, choose: str = "") -> str:
    """The step that the page offers, and the message that follows."""
    page.locator(".page-head").get_by_role("link", name=label, exact=True).click()
    if choose:
        page.get_by_label(choose).check()
    page.locator("main form").get_by_role("button", name=label, exact=True).click()
    page.wait_for_selector("#messages")
    return page.inner_text("#messages")


def fits(page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == {}


def test_from_the_editor_to_a_paper_that_is_genuine(cast, sit):
    page = sit(cast.clerk, "/documents/drafts/")
    page.locator(".page-head").get_by_role("link", name="新拟公文").click()
    page.locator(".fields label").get_by_text("通知", exact=True).click()
    page.get_by_role("button", name="起草").click()
    page.fill("#id_text", TEXT)
    page.locator(".action-bar").get_by_role("button", name="送签").click()
    page.wait_for_selector("h1:text('送签')")
    page.locator("main form").get_by_role("button", name="送签", exact=True).click()
    page.wait_for_selector("#messages :text('已送签')")

    agree(sit, cast.twice_office, DESK)
    agree(sit, cast.office_head, PHONE)

    page.reload()
    assert "已复核" in act(page, "复核", "无误，可以登记编号")
    assert "已登记编号" in act(page, "登记编号")
    assert "已用印" in act(page, "用印", "加盖“市安委办印章”")
    assert "已印发" in act(page, "印发")
    while run_due(timezone.now()):
        pass
    assert "已归档" in act(page, "归档")

    page.get_by_role("link", name="某安办〔").click()
    page.wait_for_selector("img.page-image")
    assert page.evaluate("document.querySelector('img.page-image').decode().then(() => true)")
    for width in (DESK, PHONE):
        fits(page, width)
    document = Draft.objects.get().document
    paper = page.request.get(f"{page.evaluate('location.origin')}/archive/{document.pk}/as/pdf/").body()
    page.get_by_text(document.content["mark"][:5]).click()
    page.set_input_files("[type=file]", {"name": "公文.pdf", "mimeType": "application/pdf", "buffer": paper})
    page.get_by_role("button", name="比对").click()
    page.wait_for_selector(":text('逐字节一致')")


@pytest.mark.parametrize(
    "path",
    [
        "/documents/drafts/",
        "/archive/items/",
        "/seals/",
        "/documents/drafts/new/",
        "/documents/patterns/new/",
    ],
)
def test_every_list_fits_a_phone_and_has_nothing_against_it(cast, sit, path):
    page = sit(cast.clerk, path)
    for width in (DESK, PHONE):
        fits(page, width)
