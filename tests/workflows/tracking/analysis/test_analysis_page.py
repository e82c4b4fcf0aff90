"""分析: what the page says of a campaign that was played a little, to whom, at what cost; its workbook."""

import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from foundation.files.models import Attachment, path_of
from foundation.jobs import queue
from tests.cast import actor, more_units
from tests.workflows.tracking.conftest import NOW, give, move
from workflows.tasks.models import Task
from workflows.tracking.models import AnalysisExport
from workflows.tracking.permissions import own_analysis

PAGE = "/analysis/"


def told(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def lines(response) -> dict[str, list[str]]:
    """Of every row the words of its cells."""
    return {row.name: [one.words for one in cells] for row, cells in response.context["lines"]}


def test_units_with_what_came_in_time_and_passed_at_the_first_go(played, cast, sign_in):
    found = lines(sign_in(cast.clerk).get(PAGE))
    assert found["甲镇"][:3] == ["100%", "0%", "1"]
    assert found["乙镇"][:3] == ["0%", "100%", "0"]
    assert found["市丙局"][:4] == ["0%", "—", "0", "—"]


def test_steps_have_their_working_days_and_what_still_stands_apart(played, cast, sign_in):
    steps = {name: (count, [one.words for one in cells])
             for name, count, cells in sign_in(cast.clerk).get(PAGE).context["step_lines"]}  # fmt: skip
    assert steps["退回补正"] == (1, ["1.0", "1.0", "1.0", "0", "—"])
    assert steps["等签收"][1][3] == "3"  # nobody signed for them yet


def test_reasons_are_those_of_the_office(played, cast, sign_in):
    page = told(sign_in(cast.clerk).get(PAGE).content.decode())
    assert "数据有误 2 100% 2/2" in page


def test_rows_are_items_or_groups_on_request(played, cast, sign_in):
    client = sign_in(cast.clerk)
    assert set(lines(client.get(PAGE + "?by=items"))) == {f"第 {n} 项 开展第{n}项活动" for n in (1, 2, 3)}
    groups = lines(client.get(PAGE + "?by=groups"))
    assert groups["镇（街）"][1] == groups["各镇（街）"][1] == "50%"
    assert groups["部门"][1] == "—"


def test_the_range_narrows_everything(played, cast, sign_in):
    page = sign_in(cast.clerk).get(PAGE + "?range=departments")
    assert list(lines(page)) == ["市丙局"]
    assert page.context["reasons"] == []


@pytest.mark.parametrize(
    ("order", "first"), [("in_time", "乙镇"), ("first", "甲镇"), ("whole", "乙镇"), ("", "甲镇")]
)
def test_the_worst_come_first_on_request_and_what_is_unknown_last(played, cast, sign_in, order, first):
    names = list(lines(sign_in(cast.clerk).get(PAGE, {"order": order})))
    assert names[0] == first
    assert order in ("in_time", "") or names[-1] == "市丙局"


def test_a_unit_sees_its_own_numbers_and_nobody_elses(played, cast, sign_in):
    page = sign_in(cast.town.head).get(PAGE + "?by=units&range=departments")
    assert lines(page)["第 1 项 开展第1项活动"][:2] == ["100%", "0%"]
    assert page.context["tasks"] == 3
    assert "乙镇" not in page.content.decode()


def test_what_was_done_before_the_plan_was_issued_or_called_off_is_not_counted(played, cast, sign_in):
    Task.objects.filter(pk=played.tasks["bing", "1"]).update(imported=True)
    move(Task.cancel, played.tasks["jia", "3"], seat=cast.clerk, at=NOW)
    page = sign_in(cast.clerk).get(PAGE)
    assert page.context["tasks"] == 3
    assert list(lines(page)) == ["甲镇", "乙镇"]


def test_without_a_campaign_it_says_what_will_be_here(cast, sign_in):
    assert "还没有可分析的活动" in sign_in(cast.clerk).get(PAGE).content.decode()
    assert sign_in(cast.clerk).post(reverse("analysis_export")).status_code == 404


@pytest.mark.parametrize("query", [{"plan": "9" * 30}, {"by": "x"}, {"of": "x"}, {"order": "-"}, {"range": "group-x"}, {"page": "x"}])  # fmt: skip
def test_odd_addresses_show_the_page(played, cast, sign_in, query):
    assert lines(sign_in(cast.clerk).get(PAGE, query))


@pytest.mark.parametrize("by", ["units", "groups", "items"])
def test_ten_times_the_units_make_the_same_number_of_queries(played, cast, sign_in, by):
    client, made = sign_in(cast.clerk), []
    for count in (2, 20):
        for unit in more_units(count):
            give(played.periods["1"], unit)
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE, {"by": by})
        made.append(len(queries))
    assert made[0] == made[1] <= 15


def test_the_workbook_has_every_table_for_who_asked(played, cast, sign_in):
    answer = sign_in(cast.auditor).post(reverse("analysis_export"), {"plan": played.plan, "range": "towns"})
    assert "/jobs/" in answer.url
    queue.run_due(timezone.now())
    queue.run_due(timezone.now())
    (made,) = Attachment.objects.filter(subject="tracking.analysisexport")
    book = load_workbook(io.BytesIO(path_of(made.file.sha256).read_bytes()))
    assert [sheet.cell(1, 1).value.split()[0] for sheet in book] == ["各环节用时", "按单位", "按单位类别", "按任务项", "退回原因"]  # fmt: skip
    units = {row[0]: row[1:9] for row in book.worksheets[1].iter_rows(min_row=3, values_only=True)}
    assert units["甲镇"] == (3, 1, 1, 100, 0, 1, 0, 1)
    assert units["合计"] == (4, 1, 2, 50, 1, 2, 50, 1)


def test_an_export_is_read_by_who_asked_for_one_row_and_for_a_list(played, cast):
    made = AnalysisExport.objects.create(by=cast.clerk, plan_id=played.plan, at=NOW)
    for seat in cast:
        reads = own_analysis(made, actor(seat), NOW.date())
        assert reads == AnalysisExport.objects.filter(own_analysis.q(seat.pk, NOW.date())).exists()
        assert reads == (seat == cast.clerk)
