"""日程: a month and a table of all units' schedules with their conflicts; a unit sees its own."""

import datetime as dt
import io
import re

import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from tests.cast import more_units
from tests.workflows.registers.rows import row
from tests.workflows.tracking.conftest import give
from workflows.tasks.annexes import schedule_on, statistics_on
from workflows.tasks.content import Forms, Given, compose
from workflows.tasks.requirement import requirement_of

from .conftest import hand_in, planned


@pytest.fixture
def page(june, cast, sign_in):
    def opened(seat=None, **query) -> str:
        answer = sign_in(seat or cast.clerk).get(reverse("schedule"), {"plan": june.plan} | query)
        assert answer.status_code == 200
        return answer.content.decode()

    return opened


def told(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_all_units_stand_in_one_month_and_one_table(page, june):
    html = page()
    found = told(html)
    assert "2026年6月 4 项" in found
    assert all(title in found for title in ("甲镇专题", "甲镇宣讲", "乙镇宣讲", "丙局专题"))
    assert reverse("task_version", args=[june.tasks["jia"], 1]) + "#schedule" in html


def test_a_conflict_is_named_at_both_sides(page):
    found = told(page())
    assert "与市丙局“丙局专题” 19:30-19:45 同一时段" in found
    assert "与甲镇“甲镇专题” 19:30-19:45 同一时段" in found
    assert "有冲突 2" in found
    only = told(page(only="conflicts"))
    assert "乙镇宣讲" not in only
    assert "丙局专题" in only


def test_what_was_booked_stands_beside_what_was_planned(page, cast):
    booked = {
        "day": "2026-06-16",
        "slot": "19:30",
        "programme": "英德新闻",
        "subject": "农机",
        "unit": "甲镇",
        "state": "待播",
    }
    pk = row("broadcast", booked, cast.clerk)
    row("broadcast", booked | {"slot": "21:00", "subject": "另排的一期"}, cast.clerk)
    html = page()
    assert f'href="{reverse("register_row", args=[pk])}">待播</a>' in html
    assert "这一时段是别的单位的" in told(html)  # 丙局's
    assert "安排表里没有的播出 1" in told(html)
    assert "另排的一期" not in page(cast.town.head)


def test_the_month_is_a_landscape_sheet_and_a_workbook_of_what_the_page_lists(june, cast, sign_in):
    hand_in(june.tasks["yi"], cast.other.liaison, [planned("2026-06-20", "乙镇宣讲👍")], version=2)
    asked = {"plan": june.plan, "month": "2026-06"}
    sheet = sign_in(cast.clerk).get(reverse("schedule_sheet"), asked)
    (page,) = pypdf.PdfReader(io.BytesIO(sheet.content)).pages
    assert page.mediabox.width > page.mediabox.height
    assert "甲镇宣讲" in page.extract_text()
    book = sign_in(cast.town.head).get(reverse("schedule_sheet"), asked | {"as": "xlsx"})
    rows = [[box.value for box in row] for row in load_workbook(io.BytesIO(book.content)).active.iter_rows()]
    assert [row[3] for row in rows if row[4] == "甲镇"] == ["甲镇专题", "甲镇宣讲"]
    assert not any("乙镇" in str(row) for row in rows)


def test_a_unit_sees_its_own_and_only_who_takes_its_slot(page, cast):
    found = told(page(cast.town.head))
    assert "甲镇专题" in found
    assert "与市丙局 19:30-19:45 同一时段" in found
    assert "丙局专题" not in found
    assert "乙镇" not in found


def test_what_no_head_has_approved_is_not_there(page, june, cast):
    from workflows.tasks.models import Submission

    Submission.objects.create(
        task_id=june.tasks["yi"], version=2, digest="x", author=cast.other.liaison, at=dt.datetime(2026, 6, 1, tzinfo=dt.UTC),
        content={"schedule": [planned("2026-06-21", "没有审批的")]},
    )  # fmt: skip
    assert "没有审批的" not in page()


def test_the_newest_version_stands_in_place_of_the_older(page, june, cast):
    hand_in(june.tasks["yi"], cast.other.liaison, [planned("2026-07-02", "改期的宣讲")], version=2)
    assert "乙镇宣讲" not in page()
    assert "改期的宣讲" in page(month="2026-07")


@pytest.mark.parametrize(
    "query", [{"month": "2026-13"}, {"month": "x"}, {"plan": "9" * 30}, {"only": "x"}, {"page": "99"}]
)
def test_odd_addresses_show_a_page(page, query):
    assert "2026年6月" in page(**query)


def test_without_a_campaign_it_says_what_to_wait_for(cast, sign_in):
    assert "还没有要报安排表的活动" in sign_in(cast.clerk).get(reverse("schedule")).content.decode()


def test_queries_do_not_grow_with_units(june, cast, sign_in):
    client = sign_in(cast.clerk)

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse("schedule")).status_code == 200
        return len(caught)

    queries()
    few = queries()
    units = more_units(30, "department")
    for unit in units:
        task = give(june.period, unit, "received")
        hand_in(
            task, cast.department.liaison, [planned("2026-06-18", f"{unit}宣讲", time="9:00", place="厅")]
        )
    assert queries() == few


DAY = dt.date(2026, 5, 30)
FORMS = Forms(statistics_on(DAY), schedule_on(DAY), window=(dt.date(2026, 6, 1), dt.date(2026, 12, 31)))


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({}, ""),
        ({"material": "2026-06-15"}, ""),
        (
            {"material": "2026-06-16"},
            "安排表第 1 行的素材提交截止 2026-06-16 不早于播出日期 2026-06-16，请改早。",
        ),
        (
            {"date": "2026-05-31"},
            "安排表第 1 行的日期 2026-05-31 不在活动期间（2026-06-01 至 2026-12-31），请核对。",
        ),
        ({"material": "六月"}, "安排表第 1 行的素材提交截止“六月”不是日期，请按 2026-06-30 填写。"),
    ],
)
def test_what_can_never_fit_is_not_handed_in(row, says):
    draft = {"schedule": [{"date": "2026-06-16", "title": "专题"} | row]}
    _, problems = compose(requirement_of(["schedule"], {}), FORMS, Given(draft))
    assert [one.says for one in problems] == ([says] if says else [])
