"""案件, as people see it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from foundation.journal.models import Entry
from tests.cast import identity
from tests.forms import filled
from tests.workflows.cases.test_register import Told
from workflows.cases.models import Case


@pytest.fixture
def told(cast) -> Told:
    return Told(cast)


@pytest.fixture
def liaison(cast) -> Client:
    return identity(Client(), cast.town.liaison)


LISTS = ("/cases/", "/cases/?only=overdue", "/cases/clocks/")


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_a_case_is_opened_in_a_form(liaison, cast):
    form = filled(liaison.get("/cases/new/").content.decode(), title="私设油罐案", agency="other")
    answer = liaison.post("/cases/new/", form | {"file_letter": "有", "file_items": "没有涉案物品"})
    row = Case.objects.get()
    assert answer.headers["Location"] == f"/cases/{row.pk}/"
    assert (row.unit, row.file) == (cast.town.unit, {"letter": True, "items": "没有涉案物品"})
    assert [one.pk for one in row.team.all()] == [cast.town.liaison.pk]


def test_what_is_missing_is_said_and_what_was_typed_stays(liaison):
    answer = liaison.post("/cases/new/", {"title": "私设油罐案", "agency": "other"})
    assert answer.status_code == 422
    assert "请选择办案人员" in answer.content.decode()
    assert "私设油罐案" in answer.content.decode()


def test_both_tracks_and_the_clocks_stand_on_one_page(liaison, told):
    told.happened("03-02 09:00 filed")
    told.referred()
    html = liaison.get(f"/cases/{told.pk}/").content.decode()
    assert all(
        words in html for words in ("行政处罚", "行刑衔接", "批准移送", "正职负责人", "国务院令第310号第5条")
    )
    assert "■" in html
    assert Entry.objects.filter(target="cases.case", verb="cases.case.look").count() == 1


def test_what_happened_is_recorded_in_a_form(liaison, told):
    typed = {"step": "team", "at": "2026-03-02T09:00"}
    assert liaison.post(f"/cases/{told.pk}/record/", typed).status_code == 302
    answer = liaison.post(
        f"/cases/{told.pk}/record/",
        {"step": "approved", "at": "2026-03-03T09:00", "post": "deputy", "number": "移〔2026〕1号"},
    )
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "不能由分管负责人代行" in html
    assert "移〔2026〕1号" in html


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_a_year_from_which_nothing_can_be_counted_is_asked_about(liaison, told, year):
    typed = {"step": "team", "at": f"{year}-03-02T09:00"}
    answer = liaison.post(f"/cases/{told.pk}/record/", typed)
    assert (answer.status_code, "年份应在 1900 到 2199 年之间" in answer.content.decode()) == (422, True)
    edited = filled(liaison.get(f"/cases/{told.pk}/edit/").content.decode(), violation_ended=f"{year}-03-02")
    answer = liaison.post(f"/cases/{told.pk}/edit/", edited)
    assert (answer.status_code, "年份应在 1900 到 2199 年之间" in answer.content.decode()) == (422, True)
    assert liaison.get(f"/cases/{told.pk}/").status_code == 200


def test_a_wrong_one_is_struck_out(liaison, told):
    pk = told.happened("03-02 09:00 filed")
    liaison.post(f"/cases/{told.pk}/events/{pk}/strike/", {"why": "记错案件"})
    assert "已更正：记错案件" in liaison.get(f"/cases/{told.pk}/").content.decode()


def test_the_ledger_shows_who_may_see_what_is_late(cast, told):
    told.referred()
    office, other = identity(Client(), cast.clerk), identity(Client(), cast.other.head)
    assert "关闭报警器案" in office.get("/cases/?only=overdue&q=报警").content.decode()
    assert "关闭报警器案" not in office.get("/cases/?only=closed").content.decode()
    assert "关闭报警器案" not in other.get("/cases/?only=all").content.decode()
    assert "向同级公安机关移送" in office.get("/cases/?only=overdue").content.decode()


def test_a_chip_keeps_what_was_searched(cast, told):
    html = identity(Client(), cast.clerk).get("/cases/?q=报警&only=nonsense").content.decode()
    assert "q=%E6%8A%A5%E8%AD%A6&amp;only=overdue" in html
    assert html.count('aria-current="true"') == 1


def test_lists_cost_the_same_with_ten_times_the_cases(cast):
    office = identity(Client(), cast.clerk)

    def opened(count: int) -> None:
        for _ in range(count):
            Told(cast).referred()

    opened(2)
    few = [queries(office, path) for path in LISTS]
    opened(18)
    assert [queries(office, path) for path in LISTS] == few
    assert max(few) <= 8
