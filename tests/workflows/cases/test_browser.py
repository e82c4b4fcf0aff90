"""A case in Chromium: from the first party to 一案双罚 as a person clicks it; axe, widths."""

from __future__ import annotations

import pytest

from approvals.routing.defaults import ensure_routes
from tests.cast import engage
from tests.shell.axe import violations
from tests.workflows.cases.fined import CODE, Fined

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db):
    ensure_routes()
    return engage()


@pytest.fixture
def fined(cast) -> Fined:
    return Fined(cast)


def test_a_case_becomes_one_of_two_penalties_click_by_click(fined, cast, open_as):
    page = open_as(cast.town.liaison, f"/cases/{fined.pk}/", 390, java_script_enabled=False)
    for kind, name in (("单位", "某厂"), ("个人", "许某")):
        page.get_by_role("link", name="登记当事人").click()
        page.get_by_label(kind, exact=True).check()
        page.fill("#id_name", name)
        if kind == "单位":
            page.fill("#id_code", CODE)
        else:
            page.select_option("#id_of", label="某厂")
            page.select_option("#id_role", label="主要负责人")
        page.get_by_role("button", name="登记当事人").click()
    page.get_by_role("link", name="登记违法行为").click()
    page.fill("#id_text", "关闭可燃气体报警器")
    page.fill("#id_article", "第九十九条第（四）项")
    page.get_by_role("button", name="登记违法行为").click()
    assert "涉嫌犯罪" in page.inner_text("main")
    for party, number, article, amount in (
        ("某厂", "罚〔2026〕1号", "99", "40000"), ("许某", "罚〔2026〕2号", "94-1", "30000"),
    ):  # fmt: skip
        page.get_by_role("link", name="登记处罚决定").click()
        page.select_option("#id_party", label=party)
        page.select_option("#id_act", index=1)
        page.fill("#id_number", number)
        page.fill("#id_date", "2026-03-20")
        page.fill("#id_article", article)
        page.select_option("#id_stage", label="首次")
        page.fill("#id_amount", amount)
        page.get_by_role("button", name="登记处罚决定").click()
    said = page.inner_text("main")
    assert "符合" in said
    assert "在幅度内：20,000–50,000 元" in said


@pytest.mark.parametrize("width", [1440, 390, 320])
@pytest.mark.parametrize(
    "path",
    ["/cases/", "/cases/clocks/", "/cases/{}/", "/cases/{}/record/", "/cases/{}/refer/", "/cases/{}/rows/party/new/",
     "/cases/{}/rows/decision/new/", "/cases/{}/recommend/", "/recommendations/", "/rules/"],
)  # fmt: skip
def test_axe_finds_nothing_serious_and_nothing_scrolls_sideways(fined, cast, open_as, path, width):
    fined.happened("03-02 09:00 filed")
    fined.referred()
    fined.both()
    page = open_as(cast.town.liaison, path.format(fined.pk), width)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert violations(page) == {}
