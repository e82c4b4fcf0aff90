"""考核 in the browser's words: who sees what, what the buttons do, what a page costs."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pypdf
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.models import Draft
from tests.cast import actor, more_units
from workflows.plans.models import Period
from workflows.tracking.assessment import keeping
from workflows.tracking.models import Adjustment, Appeal, Assessment

from ..conftest import CHINA, give
from .conftest import TODAY

NOW = dt.datetime.combine(TODAY, dt.time(10), CHINA)


@pytest.fixture(autouse=True)
def _addresses(settings):
    settings.ROOT_URLCONF = "config.urls"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def html(client, name: str, *at, query: str = "", status: int = 200) -> str:
    answer = client.get(reverse(name, args=at) + query)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_office_ranks_fixes_and_drafts_the_circular(year, cast, sign_in):
    head = sign_in(cast.office_head)
    assert "未定稿" in html(head, "assessment", year.pk)
    assert head.post(reverse("assessment_fix", args=[year.pk])).status_code == 302
    page = html(head, "assessment", year.pk)
    assert "第 1 版" in page
    assert "按时报送全年总结和附件2 −20：事项R3没有报送" in page
    assert head.post(reverse("assessment_circular", args=[year.pk])).status_code == 302
    text = Draft.objects.get().text
    assert text.startswith("关于安全生产月活动方案考核结果的通报")
    assert "不合格（1个）：甲镇" in text


def test_a_unit_sees_its_own_line_objects_and_reads_the_answer(year, cast, sign_in):
    for house in (cast.other, cast.department):
        give(Period.objects.filter(item__plan=year).first(), house.unit)
    html(sign_in(cast.town.head), "assessment_unit", year.pk, "yi", status=403)
    keeping.fix(plan=year.pk, actor=actor(cast.office_head), at=NOW)
    town, head = sign_in(cast.town.head), sign_in(cast.office_head)
    page = html(town, "assessment", year.pk)
    assert "甲镇" in page
    assert "乙镇" not in page
    assert "可以提出复核申诉" in html(town, "assessment_unit", year.pk, "jia")
    appeal = reverse("assessment_appeal", args=[year.pk, "jia", "month"])
    assert town.post(appeal, {"reason": ""}).status_code == 422
    assert town.post(appeal, {"reason": "7 月 1 日已经报送。"}).status_code == 302
    again = town.post(appeal, {"reason": "再说一次。"})
    assert (again.status_code, "再说一次。" in again.content.decode()) == (422, True)
    (row,) = Appeal.objects.all()
    assert "7 月 1 日已经报送" in html(head, "assessment", year.pk)
    assert (
        head.post(reverse("appeal_decide", args=[row.pk]), {"points": "99", "answer": "核对"}).status_code
        == 422
    )
    assert (
        head.post(reverse("appeal_decide", args=[row.pk]), {"points": "20", "answer": "确已报送"}).status_code
        == 302
    )
    assert "予以更正：确已报送" in html(town, "assessment_unit", year.pk, "jia")


def test_a_bonus_is_written_down_and_withdrawn(year, cast, sign_in):
    clerk = sign_in(cast.clerk)
    form = {"unit": cast.town.unit.pk, "code": "media", "points": "2", "why": "省报报道"}
    address = reverse("adjustment_new", args=[year.pk])
    wrong = clerk.post(address, form | {"points": "9"})
    assert (wrong.status_code, "不超过 3 分" in wrong.content.decode()) == (422, True)
    assert clerk.post(address, form).status_code == 302
    assert "省报报道" in html(clerk, "assessment_unit", year.pk, "jia")
    (row,) = Adjustment.objects.all()
    assert clerk.post(reverse("adjustment_withdraw", args=[row.pk])).status_code == 302
    assert "已撤销" in html(clerk, "assessment_unit", year.pk, "jia")


def test_before_the_last_day_nothing_is_fixed_and_the_page_says_when(year, cast, sign_in):
    with time_machine.travel(NOW.replace(year=2026, month=12), tick=False):
        refused = sign_in(cast.office_head).post(reverse("assessment_fix", args=[year.pk]))
    assert refused.status_code == 422
    assert "2026年12月31日 才截止" in refused.content.decode()
    assert not Assessment.objects.exists()


def test_the_sheet_has_every_line_and_says_that_it_is_not_fixed(year, cast, sign_in, tmp_path):
    typed = {
        "plan": year.pk,
        "unit": cast.town.unit.pk,
        "code": "praise",
        "points": Decimal(1),
        "why": "省级表扬👍",
    }
    keeping.adjust(**typed, actor=actor(cast.clerk), at=NOW)  # what has no glyph breaks no paper
    answer = sign_in(cast.town.liaison).get(reverse("assessment_sheet", args=[year.pk, "jia"]))
    (path := tmp_path / "sheet.pdf").write_bytes(answer.content)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    assert "未定稿" in text
    assert "事项R3没有报送" in text.replace("\n", "")


def test_an_auditor_reads_and_changes_nothing(year, cast, sign_in):
    page = html(sign_in(cast.auditor), "assessment", year.pk)
    assert "甲镇" in page
    assert "定稿</a>" not in page


def test_a_campaign_without_tasks_and_a_search_without_hits_say_so(year, cast, sign_in):
    clerk = sign_in(cast.clerk)
    assert "没有符合条件的单位" in html(clerk, "assessment", year.pk, query="?q=没有")
    year.tasks.update(state="cancelled")
    assert "还没有可以考核的单位" in html(clerk, "assessment", year.pk)


def test_ten_times_the_units_take_the_same_queries(year, cast, sign_in):
    clerk, counts = sign_in(cast.clerk), []

    def count() -> None:
        with CaptureQueriesContext(connection) as caught:
            html(clerk, "assessment", year.pk)
        counts.append(len(caught))

    html(clerk, "assessment", year.pk)
    count()
    for unit in more_units(10):
        for period in Period.objects.filter(item__plan=year):
            give(period, unit)
    count()
    assert counts == [25, 25]
