"""What a person does to sign with their own hand, and to enclose a file, in Debian's Chromium."""

from __future__ import annotations

import pytest

from approvals.models import Signature, Signer
from tests.foundation.files.samples import PDF
from tests.shell.axe import violations

from .test_browser import open_as, overflow, shoot  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def draw(page) -> None:
    box = page.locator("canvas").bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 30)
    page.mouse.down()
    for x, y in ((120, 90), (180, 40), (230, 110)):
        page.mouse.move(box["x"] + x, box["y"] + y, steps=5)
    page.mouse.up()


@pytest.mark.parametrize("width", [1440, 390])
def test_a_name_is_drawn_kept_and_stands_under_the_next_decision(open_as, send, cast, width):  # noqa: F811
    pk = send()
    page = open_as(cast.town.deputy, "/approvals/signature/", width)
    page.locator("canvas").scroll_into_view_if_needed()
    draw(page)
    page.click("text=清除")
    draw(page)
    page.click("text=保存手写签名")
    page.wait_for_selector("text=签名已保存")
    shoot(page, f"signature-{width}")
    assert violations(page) == {}
    assert overflow(page) <= 0
    assert page.locator(".signature-box img").evaluate("img => img.naturalWidth") > 50
    page.goto(page.url.replace("signature", str(pk)))
    page.click(".action-bar .is-primary")
    page.wait_for_url("**/inbox/")
    page.goto(page.url.replace("inbox", f"approvals/{pk}"))
    assert page.locator(".timeline img.signature").evaluate("img => img.naturalWidth") > 50
    shoot(page, f"signed-{width}")
    assert Signer.objects.get(approval=pk, key=1).signature == Signature.objects.get(kind="drawn")


def test_without_javascript_the_box_is_not_offered(open_as, chromium, cast, live_server, client):  # noqa: F811
    page = open_as(cast.town.deputy, "/approvals/signature/")
    cookies = page.context.cookies()
    plain = chromium.new_context(java_script_enabled=False)
    plain.add_cookies(cookies)
    bare = plain.new_page()
    bare.goto(live_server.url + "/approvals/signature/")
    assert not bare.locator("canvas").is_visible()
    assert bare.locator("text=保存图片签名").is_visible()
    shoot(bare, "signature-plain")
    plain.close()


@pytest.mark.parametrize("width", [1440, 390])
def test_a_file_is_uploaded_taken_off_and_given_with_the_opinion(open_as, send, cast, width, tmp_path):  # noqa: F811
    pk = send()
    paths = [tmp_path / "核查记录.pdf", tmp_path / "拿错了.pdf"]
    for n, path in enumerate(paths):
        path.write_bytes(PDF + bytes([n]))
    page = open_as(cast.town.deputy, f"/approvals/{pk}/", width)
    page.fill("textarea", "与现场不符，见附件。")
    page.click("summary:has-text('附件')")
    page.set_input_files("input[type=file]", paths)
    page.click("text=上传")
    page.wait_for_selector(".attachments >> text=核查记录.pdf")
    assert page.input_value("textarea") == "与现场不符，见附件。"
    page.click("li:has-text('拿错了.pdf') button")
    page.wait_for_selector("text=拿错了.pdf", state="detached")
    page.locator("#enclosed").scroll_into_view_if_needed()
    shoot(page, f"enclosed-{width}")
    assert violations(page) == {}
    assert overflow(page) <= 0
    page.click(".action-bar .is-primary")
    page.wait_for_url("**/inbox/")
    page.goto(page.url.replace("inbox", f"approvals/{pk}"))
    assert "核查记录.pdf" in page.inner_text(".timeline")
    shoot(page, f"given-{width}")


@pytest.mark.parametrize("tail", ["disagree", "return"])
def test_every_page_of_an_opinion_takes_files(open_as, send, cast, tail, tmp_path):  # noqa: F811
    (tmp_path / "核查记录.pdf").write_bytes(PDF)
    page = open_as(cast.town.deputy, f"/approvals/{send()}/{tail}/")
    page.click("summary:has-text('附件')")
    page.set_input_files("input[type=file]", tmp_path / "核查记录.pdf")
    page.click("text=上传")
    page.wait_for_selector(".attachments >> text=核查记录.pdf")
    shoot(page, f"enclosed-{tail}")
    assert violations(page) == {}
    assert overflow(page) <= 0
