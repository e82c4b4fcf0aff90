"""Tasks in Chromium: axe, widths, without JavaScript, and what htmx adds."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from approvals.routing.defaults import ensure_routes
from tests.cast import engage
from tests.shell.axe import violations

from .minutes import Minutes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (1440, 390, 360)


@pytest.fixture
def cast(transactional_db):
    ensure_routes()
    return engage()


@pytest.fixture
def report(make, cast):
    """A report with every annex, returned once."""
    at, due = timezone.now() - dt.timedelta(days=3), timezone.localdate() + dt.timedelta(days=2)
    case = Minutes(make(deliverables=["records", "statistics", "schedule", "cases"], due=due), cast, at)
    case.receive()
    case.hold(held_on=timezone.localdate(at))
    case.write(
        statistics={"cutoff": due.isoformat(), "S01": {"sessions": "1", "people": "86"}},
        schedule=[{"date": due.isoformat(), "title": "访谈"}], cases_note="本镇没有执法权。",
    )  # fmt: skip
    case.submit()
    record = case.last().content["records"][0]["id"]
    case.send_back(cast.town.deputy, "人数请核实。", (f"record:{record}", "与签到表不符"))
    return case


def fits(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", ["/tasks/", "/tasks/{}/", "/tasks/{}/versions/1/", "/tasks/{}/waiver/"])
def test_axe_finds_nothing_serious_and_nothing_scrolls_sideways(report, cast, open_as, path, width):
    page = open_as(cast.town.liaison, path.format(report.pk), width)
    assert fits(page)
    assert violations(page) == {}


def test_without_javascript_a_record_is_added_and_the_whole_submitted(report, cast, open_as):
    page = open_as(cast.town.liaison, f"/tasks/{report.pk}/", 390, java_script_enabled=False)
    page.fill("#id_summary", "人数已核实。")
    page.fill("#id_record-held_on", timezone.localdate().isoformat())
    page.fill("#id_record-text", "又讲了一场。")
    page.click("button[value=add_record]")
    assert page.input_value("#id_summary") == "人数已核实。"
    page.click("button[value=submit]")
    assert "第 2 版已提交" in page.inner_text("#messages")
    assert (report.state, len(report.last().content["records"])) == ("unit_review", 2)


def test_a_return_leads_to_the_record_it_is_about(report, cast, open_as):
    page = open_as(cast.town.liaison, f"/tasks/{report.pk}/")
    link = page.locator(".notice a").first
    assert page.locator(link.get_attribute("href")).is_visible()


def test_choosing_a_filter_replaces_the_results_alone(report, make, cast, open_as):
    page = open_as(cast.clerk, "/tasks/")
    page.evaluate("document.querySelector('h1').dataset.mark = 'same page'")
    page.select_option("#id_state", "archived")
    page.wait_for_selector("text=没有符合条件的任务")
    assert page.locator("h1[data-mark]").count() == 1
    assert "state=archived" in page.url
