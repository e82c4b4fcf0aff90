"""统计汇总: totals lead to their cells and cells to their submissions; who is missing; paper and workbook."""

import datetime as dt
import io
import re
from html import unescape as html_unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from documents.models import Document
from foundation.files.models import Attachment, path_of
from foundation.files.readers import may_read
from foundation.jobs import queue
from tests.cast import actor, more_units
from tests.cast import identity as sign_in_as
from tests.workflows.registers.rows import TIP, row
from tests.workflows.tracking.conftest import give, start_plan
from workflows.tasks.models import Task
from workflows.tracking.models import FigureExport
from workflows.tracking.permissions import own_export

from .conftest import duty, hand_in

AT = dt.datetime(2026, 6, 11, 9, tzinfo=dt.UTC)


@pytest.fixture
def page(june, cast, sign_in):
    def opened(seat=None, name="statistics", **query) -> str:
        answer = sign_in(seat or cast.clerk).get(reverse(name), {"plan": june.plan} | query)
        assert answer.status_code == 200
        return answer.content.decode()

    return opened


def opened(made: Attachment):
    return load_workbook(io.BytesIO(path_of(made.file.sha256).read_bytes()))


def told(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def test_totals_of_all_units_and_who_is_missing(page):
    found = told(page())
    assert "已报 2 家，缺 1 家" in found
    assert "已通过 1" in found
    assert "办公室审核中 1" in found
    assert "参加 170" in found
    assert "缺报 1 家" in found
    assert "乙镇 S16 查实不能多于受理。" in found


def test_a_total_leads_to_its_cells_and_each_to_its_submission(page, june):
    link = re.search(r'href="([^"]+code=S01.people[^"]*)"', page())
    assert link
    assert reverse("statistics_cells") in link[1]
    html = page(name="statistics_cells", code="S01.people", cutoff="2026-06-12")
    found = told(html)
    assert "合计 170 人次" in found
    assert "甲镇120 人次" in found
    assert "乙镇50 人次" in found
    for unit in ("jia", "yi"):
        assert reverse("task_version", args=[june.tasks[unit], 1]) + "#statistics-S01" in html


def test_what_registers_hold_stands_beside_and_leads_to_its_rows(page, cast, june, client):
    row("visits", {"name": "敲门行动", "day": "2026-06-06", "unit": "甲镇", "homes": "90"}, cast.clerk)
    row("game", {"round": "一", "day": "2026-06-07", "players": "500"}, cast.clerk)
    row("tips", TIP, cast.clerk)
    found = told(page())
    assert "行动 1" in found
    assert "参加 500" in found  # of the whole county: nobody reports it
    html = page(name="statistics_cells", code="S13.homes")
    assert "不同于 90" in told(html)
    link = html_unescape(re.search(rf'href="([^"]+visits[^"]+unit={cast.town.unit.pk})"', html)[1])
    assert "敲门行动" in sign_in_as(client, cast.town.liaison).get(link).content.decode()
    assert "参加 500" not in told(page(cast.town.head))  # a unit sees its own alone
    assert "tips" in page(name="statistics_cells", code="S16.received")
    assert "tips" not in page(cast.auditor, "statistics_cells", code="S16.received")


def test_who_is_missing_is_chased_by_one_press(page, june, cast, sign_in):
    html = page()
    assert f'name="task" value="{june.tasks["bing"]}"' in html
    assert 'value="urge"' not in page(cast.auditor)
    sign_in(cast.clerk).post(reverse("tasks_batch"), {"do": "urge", "task": june.tasks["bing"]})
    assert Task.objects.get(pk=june.tasks["bing"]).urged_on == timezone.localdate()


def test_only_what_was_accepted_can_be_counted(page):
    found = told(page(only="accepted"))
    assert "参加 120" in found
    assert "缺报 2 家" in found


def test_a_range_adds_up_its_own_units(page):
    found = told(page(range="departments"))
    assert "已报 0 家，缺 1 家" in found
    assert "到这一天还没有计入的数" in found


def test_a_unit_sees_its_own_row_and_no_other(page, cast):
    found = told(page(cast.town.head))
    assert "参加 120" in found
    assert "乙镇" not in found
    assert "乙镇" not in told(page(cast.town.head, "statistics_cells", code="S01.people"))
    assert "汇总表 PDF" not in found
    assert "本单位缺报" in told(page(cast.department.liaison))


@pytest.mark.parametrize(
    "query",
    [{"plan": "9" * 30}, {"period": "week"}, {"cutoff": "六月"}, {"range": "x"}, {"only": "x"}, {"cutoff": "0001-01-01"}, {"cutoff": "9999-12-31"}],
)  # fmt: skip
def test_odd_addresses_show_a_page(page, query):
    assert "统计汇总" in page(**query)


def test_without_a_campaign_it_says_what_to_wait_for(cast, sign_in):
    answer = sign_in(cast.clerk).get(reverse("statistics"))
    assert "还没有要报统计表的活动" in answer.content.decode()
    assert sign_in(cast.clerk).get(reverse("statistics_cells")).status_code == 404
    assert sign_in(cast.clerk).post(reverse("statistics_paper")).status_code == 404


def test_an_unknown_cell_is_not_found(june, cast, sign_in):
    answer = sign_in(cast.clerk).get(reverse("statistics_cells"), {"plan": june.plan, "code": "S99.x"})
    assert answer.status_code == 404


def test_the_paper_says_what_the_page_shows(june, cast, sign_in):
    sent = {"plan": june.plan, "cutoff": "2026-06-11", "only": "accepted"}
    assert sign_in(cast.auditor).post(reverse("statistics_paper"), sent).status_code == 403
    assert sign_in(cast.clerk).post(reverse("statistics_paper"), sent).status_code == 302
    table = Document.objects.get(kind="statistics").content["table"]
    assert (table["facts"], table["unit"]) == (
        "填报单位：市安委办　统计截至：2026年6月11日",
        "已报1家，应报3家",
    )
    assert ["", "", "参加", "人次", "120", "0", "120"] in table["rows"]
    assert "未列入：乙镇、市丙局。" in table["note"]


def test_the_workbook_is_made_in_the_background_for_who_asked(june, cast, sign_in):
    sent = {"plan": june.plan, "cutoff": "2026-06-11"}
    answer = sign_in(cast.auditor).post(reverse("statistics_export"), sent)
    assert "/jobs/" in answer.url
    queue.run_due(timezone.now())
    queue.run_due(timezone.now())
    (made,) = Attachment.objects.filter(subject="tracking.figureexport")
    cells = opened(made).worksheets[1]
    assert [cells.cell(row, 1).value for row in (3, 4, 5)] == ["甲镇", "乙镇", "合计"]
    assert may_read(made, actor(cast.auditor), timezone.localdate())
    assert not may_read(made, actor(cast.clerk), timezone.localdate())


def test_a_unit_s_workbook_holds_its_own_row(june, cast, sign_in):
    sign_in(cast.town.liaison).post(reverse("statistics_export"), {"plan": june.plan, "cutoff": "2026-06-11"})
    queue.run_due(timezone.now())
    (made,) = Attachment.objects.filter(subject="tracking.figureexport")
    cells = opened(made).worksheets[1]
    assert [cells.cell(row, 1).value for row in (3, 4)] == ["甲镇", "合计"]


def test_rule_and_list_agree_on_whose_an_export_is(june, cast):
    for seat in (cast.clerk, cast.town.liaison):
        FigureExport.objects.create(
            by=seat, plan_id=june.plan, period="month", cutoff=AT.date(), range="all", at=AT
        )
    for seat in cast:
        listed = set(FigureExport.objects.filter(own_export.q(seat.pk, AT.date())))
        assert listed == {
            one for one in FigureExport.objects.all() if own_export(one, actor(seat), AT.date())
        }
        assert all(one.by_id == seat.pk for one in listed)


def test_queries_do_not_grow_with_units(june, cast, sign_in):
    client = sign_in(cast.clerk)

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse("statistics"), {"plan": june.plan}).status_code == 200
        return len(caught)

    queries()
    few = queries()
    units = more_units(20, "department")
    seat = cast.department.liaison
    for n, unit in enumerate(units):
        task = give(june.period, unit, "received")
        if n % 2:
            hand_in(task, "accepted", seat, AT, S01={"people": n})
    assert queries() == few


def test_the_latest_campaign_comes_first_and_others_are_offered(june, cast, sign_in, page):
    other = start_plan(cast, "第二个活动方案")
    give(duty(other), cast.town.unit, "received")
    assert "第二个活动方案" in told(sign_in(cast.clerk).get(reverse("statistics")).content.decode())
    assert "已报 2 家" in told(page())
