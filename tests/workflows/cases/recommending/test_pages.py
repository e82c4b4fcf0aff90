"""推荐, as people see it: what is offered to whom, and that nothing typed is lost."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from approvals.models import Approval
from foundation.journal.models import Entry
from tests.cast import identity
from workflows.cases.models import Recommendation

from .minutes import Minutes

TYPED = {"kind": "referral", "summary": "停产期间关闭报警器。", "merit": "有警示意义。"}


@pytest.fixture
def liaison(cast) -> Client:
    return identity(Client(), cast.town.liaison)


@pytest.fixture
def clerk(cast) -> Client:
    return identity(Client(), cast.clerk)


def html(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def test_a_case_is_recommended_from_its_page(liaison, case, item):
    assert "推荐为典型案例" in html(liaison, f"/cases/{case.case}/")
    assert "本案还没有记录“向公安机关移送”" in html(liaison, f"/cases/{case.case}/recommend/")
    answer = liaison.post(f"/cases/{case.case}/recommend/", TYPED | {"item": item.pk})
    assert answer.headers["Location"] == f"/recommendations/{case.row.pk}/"
    assert case.row.summary == "停产期间关闭报警器。"
    page = html(liaison, f"/cases/{case.case}/")
    assert "审核中" in page
    assert "推荐为典型案例" not in page


def test_what_is_missing_is_said_and_what_was_typed_stays(liaison, case, item):
    answer = liaison.post(f"/cases/{case.case}/recommend/", TYPED | {"item": item.pk, "kind": ""})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "请选择一案双罚或行刑衔接" in text
    assert "停产期间关闭报警器。" in text


def test_without_a_campaign_that_asks_for_it_nothing_is_offered(liaison, case, item):
    item.duties.all().delete()
    assert "推荐为典型案例" not in html(liaison, f"/cases/{case.case}/")
    assert "没有可以推荐的活动" in html(liaison, f"/cases/{case.case}/recommend/")


def test_a_returned_one_is_put_right_in_the_same_form(liaison, case, cast):
    case.recommend(summary="写得太短。")
    case.decide(cast.town.head, "return", "请写明经过。")
    page = html(liaison, f"/recommendations/{case.row.pk}/")
    assert "请写明经过。" in page
    assert "修改后再次推荐" in page
    assert "写得太短。" in html(liaison, f"/cases/{case.case}/recommend/")


def test_it_says_whom_it_waits_for_and_leads_them_to_the_approval(case, cast, clerk):
    case.recommend()
    address, approval = f"/recommendations/{case.row.pk}/", Approval.objects.get()
    head = identity(Client(), cast.town.head)
    assert f"/approvals/{approval.pk}/" in html(head, address)
    page = html(clerk, address)
    assert f"下一步：{cast.town.head.person.name}" in page
    assert "去审批" not in page
    assert "停产" not in html(head, f"/approvals/{approval.pk}/")
    assert "关闭报警器" in html(head, f"/approvals/{approval.pk}/")


def test_every_look_is_written_down_with_the_case(liaison, case):
    case.recommend()
    html(liaison, f"/recommendations/{case.row.pk}/")
    assert Entry.objects.filter(target="cases.case", verb="cases.case.look").count() == 1


def test_the_unit_takes_it_back_by_a_button(liaison, case):
    case.recommend()
    answer = liaison.post(f"/recommendations/{case.row.pk}/withdraw/", follow=True)
    assert "已撤回" in answer.content.decode()
    assert case.state == "withdrawn"


def test_the_office_writes_down_where_it_was_published(clerk, case):
    case.accepted()
    address = f"/recommendations/{case.row.pk}/"
    answer = clerk.post(f"{address}publish/", {"on": "2999-01-01", "where": "市政府网站"})
    assert (answer.status_code, "年份应在" in answer.content.decode()) == (422, True)
    answer = clerk.post(f"{address}publish/", {"on": "2199-01-01", "where": "市政府网站"})
    assert (answer.status_code, "在将来" in answer.content.decode()) == (422, True)
    assert "市政府网站" in answer.content.decode()
    clerk.post(f"{address}publish/", {"on": "2026-06-09", "where": "市政府网站"})
    assert "6月9日" in html(clerk, address)
    clerk.post(f"{address}archive/")
    assert case.state == "archived"


def test_an_act_that_there_is_not_is_not_found(clerk, case):
    case.recommend()
    assert clerk.post(f"/recommendations/{case.row.pk}/explode/").status_code == 404


def test_the_list_shows_each_what_they_may_see(case, cast, clerk):
    case.recommend()
    case.decide(cast.town.head, "return", "补充。")
    found = "/recommendations/?only=returned&q=报警&kind=referral"
    assert "关闭报警器案" in html(clerk, found)
    assert "关闭报警器案" not in html(clerk, "/recommendations/?only=taken")
    assert "关闭报警器案" not in html(clerk, f"/recommendations/?unit={cast.other.unit.pk}")
    assert "关闭报警器案" not in html(identity(Client(), cast.other.head), "/recommendations/")
    html(identity(Client(), cast.auditor), "/recommendations/", 403)


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_the_list_costs_the_same_with_ten_times_the_rows(clerk, cast, item):
    for _ in range(2):
        Minutes(cast, item).recommend()
    few = queries(clerk, "/recommendations/")
    for _ in range(18):
        Minutes(cast, item).recommend()
    assert queries(clerk, "/recommendations/") == few <= 6
    assert Recommendation.objects.count() == 20


def test_a_look_at_the_case_in_its_approval_is_written_down(case, cast):
    case.recommend()
    pending = Approval.objects.get(state="pending")
    identity(Client(), cast.town.head).get(f"/approvals/{pending.pk}/")
    assert Entry.objects.filter(verb="cases.case.look", post=cast.town.head.pk).count() == 1
