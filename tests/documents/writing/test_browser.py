"""The editor as a clerk uses it: types, sees the page and the warning, follows the advice, finds it saved."""

from __future__ import annotations

import time

import pytest

from documents.issuing.services import start_draft
from tests.cast import actor
from tests.documents.issuing.test_drafting import AT
from tests.shell.axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT = "关于开展检查的通知\n\n各镇：\n请按时开展检查。\n请抓紧落实。"


@pytest.fixture
def editor(cast, open_as):
    pk = start_draft(kind="notice", organ=cast.office, text=TEXT, actor=actor(cast.clerk), at=AT)

    def editor(width: int = 1440):
        page = open_as(cast.clerk, f"/documents/drafts/{pk}/edit/", width)
        page.wait_for_selector(".page-view img")  # the engine is warm now
        return page

    return editor


def test_page_and_warning_follow_what_is_typed(editor):
    page = editor()
    drawn = page.get_attribute(".page-view img", "src")
    page.fill("#id_text", TEXT + "\n见英安办[2026]8号。")
    began = time.monotonic()
    page.wait_for_selector("#advice :text('六角括号')")
    assert time.monotonic() - began < 5  # a second and the pause, on a machine that does much else
    assert page.get_attribute(".page-view img", "src") != drawn
    page.click("#advice button[data-fix]")
    assert page.input_value("#id_text").endswith("见英安办〔2026〕8号。")
    page.wait_for_selector("#advice :text('没有发现问题')")


def test_line_and_place_lead_to_each_other(editor):
    page = editor()
    page.evaluate(
        "document.getElementById('id_text').focus(); document.getElementById('id_text').setSelectionRange(0, 0)"
    )
    page.wait_for_selector(".page-band:not([hidden])")
    title = page.locator(".page-band:not([hidden])").bounding_box()
    box = page.locator(".page-view img").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, title["y"] + title["height"] * 2.5)
    assert page.input_value("#id_line") == "3"
    assert page.locator(".page-band:not([hidden])").bounding_box()["y"] > title["y"]


def test_a_button_waits_for_the_autosave_under_way(editor):
    page = editor()
    page.fill("#id_text", TEXT + "\n再改。")
    page.click(".action-bar [value=save]")  # leaving the text area saves, and so does the button
    page.wait_for_selector("#messages :text('已保存')")
    assert page.input_value("#id_text").endswith("再改。")


@pytest.mark.parametrize("width", [1440, 390])
def test_it_is_accessible_and_fits_the_screen(editor, width):
    page = editor(width)
    assert violations(page) == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= width
