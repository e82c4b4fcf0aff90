"""The shell in Debian's Chromium: axe, widths, keyboard, without JavaScript."""

import pytest

from .axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = ["/styleguide/", "/sign-in/"]
HIGH = "[...document.querySelectorAll('{}')].filter(e => e.offsetParent && e.offsetHeight < 44).map(e => e.outerHTML)"
TARGETS = ".btn, .main-nav > a, summary, .chips a, .chips label, .tabs a, .menu a, .menu button, .pager a, input.form-control, .form-select"


def overflow(page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_serious(visit, path, width):
    assert violations(visit(path, width)) == {}


def test_axe_finds_nothing_serious_in_large_type_and_high_contrast(visit):
    assert violations(visit("/styleguide/?size=huge&high", 1440)) == {}


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [320, 360, 390, 720, 1440])
def test_nothing_scrolls_sideways(visit, path, width):
    assert overflow(visit(path, width)) <= 0  # 1440 at 200 % zoom is 720, 1280 at 400 % is 320


@pytest.mark.parametrize("size", ["large", "huge"])
def test_large_type_fits_the_smallest_phone(visit, size):
    assert overflow(visit(f"/styleguide/?size={size}", 320)) <= 0


def test_on_a_phone_every_control_is_a_thumb_wide(visit):
    page = visit("/styleguide/", 390)
    assert page.evaluate(HIGH.format(TARGETS)) == []


def test_after_a_refused_form_the_summary_has_the_focus_and_leads_to_the_field(visit):
    page = visit("/styleguide/")
    assert page.evaluate("document.activeElement.className").endswith("error-summary")
    page.click(".error-summary a[href='#id_sessions']")
    assert page.evaluate("document.activeElement.id") == "id_sessions"


def test_escape_closes_a_menu_and_gives_the_focus_back(visit):
    page = visit("/")
    page.click(".tools summary")
    page.keyboard.press("Escape")
    assert page.locator("details.drop[open]").count() == 0
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_a_form_pressed_twice_is_sent_once(visit, live_server):
    page = visit("/styleguide/")
    page.evaluate(
        "document.addEventListener('submit', e => { (window.sent ??= []).push(!e.defaultPrevented); e.preventDefault() })"
    )
    for _ in range(2):
        page.evaluate("document.querySelector('.action-bar .is-primary').click()")
    assert page.evaluate("window.sent") == [True, False]


def test_the_counter_follows_the_typing(visit):
    page = visit("/styleguide/")
    page.fill("#id_text", "六个字的记录")
    assert page.inner_text(".count").startswith("6 /")


def test_without_javascript_menus_open_and_forms_are_whole(visit):
    page = visit("/", 390, java_script_enabled=False)
    page.click(".main-nav summary")
    assert page.locator(".main-nav button", has_text="退出登录").is_visible()


def test_printed_there_is_no_navigation_and_lights_keep_their_words(visit):
    page = visit("/styleguide/")
    page.emulate_media(media="print")
    assert not page.locator(".masthead").is_visible()
    assert not page.locator(".action-bar").is_visible()
    assert "超期 2 天" in page.inner_text(".ledger .light.is-overdue")
