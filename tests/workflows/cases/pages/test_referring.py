"""移送, as people see it: begun and taken on at the case, decided in the inbox."""

from __future__ import annotations

import pytest
from django.test import Client

from foundation.journal.models import Entry
from tests.cast import identity
from tests.forms import filled
from tests.matrix import person
from tests.workflows.cases.referring.minutes import Minutes
from workflows.cases.models import CaseEvent, ReferralProcess


@pytest.fixture
def case(cast) -> Minutes:
    return Minutes(cast)


@pytest.fixture
def page(case, cast):
    """page(seat) is the html of the case, page(seat, "refer/") of the referral's own page."""
    return lambda seat, more="": identity(Client(), seat).get(f"/cases/{case.pk}/{more}").content.decode()


@pytest.fixture
def liaison(cast) -> Client:
    return identity(Client(), cast.town.liaison)


def decision(case: Minutes, seat) -> str:
    return identity(Client(), seat).get(f"/approvals/{case.pending.pk}/").content.decode()


def send(client: Client, case: Minutes, step: str, **typed: str):
    url = f"/cases/{case.pk}/refer/"
    names = {f"{step}-{name}": value for name, value in typed.items()}
    return client.post(url, filled(client.get(url).content.decode()) | names | {"step": step})


def test_it_goes_from_the_case_to_the_police_in_forms(case, cast, liaison, page):
    assert "启动移送" in page(cast.town.liaison)
    assert "启动移送" not in page(cast.town.head)
    assert send(liaison, case, "suspected").headers["Location"] == f"/cases/{case.pk}/"
    assert "办理：成立专案组" in page(cast.town.liaison)
    send(liaison, case, "team")
    send(liaison, case, "reported", reason="关闭报警器，涉嫌危险作业罪。", number="甲报〔2026〕3号")
    assert f"等待{cast.town.head.person.name}" in page(cast.town.liaison)
    head = identity(Client(), cast.town.head)
    assert "移送：关闭报警器案" in head.get("/inbox/").content.decode()
    head.post(f"/approvals/{case.pending.pk}/", {"signer": "1", "text": ""})
    assert "办理：向公安机关移送、移送书抄送检察院" in page(cast.town.liaison)
    send(liaison, case, "handed_over", number="甲移〔2026〕1号")
    send(liaison, case, "copied")
    assert (ReferralProcess.objects.get().status, case.steps[-2:]) == ("DONE", ["handed_over", "copied"])


def test_what_is_missing_is_said_and_what_was_typed_stays(case, liaison):
    case.start()
    case.takes("team", "03-02 09:00")
    answer = send(liaison, case, "reported", number="甲报〔2026〕3号")
    html = answer.content.decode()
    assert (answer.status_code, "请写明涉嫌的罪名" in html, "甲报〔2026〕3号" in html) == (422, True, True)
    answer = send(liaison, case, "reported", at="明天", reason="涉嫌犯罪")
    assert "请填写日期和时间" in answer.content.decode()


def test_a_step_that_somebody_else_took_is_not_taken_again(case, liaison):
    case.start()
    form = filled(liaison.get(f"/cases/{case.pk}/refer/").content.decode()) | {"step": "team"}
    case.takes("team", "03-02 09:00")
    answer = liaison.post(f"/cases/{case.pk}/refer/", form, follow=True)
    assert "移送已不在这一步" in answer.content.decode()
    assert CaseEvent.objects.filter(step="team").count() == 1


def test_the_head_sees_the_report_the_team_and_what_is_missing(case, cast):
    case.reports()
    html = decision(case, cast.town.head)
    told = (
        "涉嫌危险作业罪",
        "黄立诚（有执法资格）、赖安宁（有执法资格）",
        "涉案物品清单",
        "没有",
        "最迟 3月5日 24:00",
        "国务院令第310号第5条",
    )
    assert [words for words in told if words not in html] == []


def test_whoever_may_not_see_the_case_sees_nothing_of_it_in_the_approval(case, cast):
    case.reports()
    html = decision(case, cast.auditor)
    assert ("案件内容不在这里显示" in html, "涉嫌危险作业罪" in html) == (True, False)


def test_it_is_stopped_with_a_reason(case, cast, liaison, page):
    case.reports()
    url = f"/cases/{case.pk}/refer/stop/"
    assert "请写明停止的原因" in liaison.post(url, {"why": " "}, follow=True).content.decode()
    assert "移送流程已停止" in liaison.post(url, {"why": "改由县局办理"}, follow=True).content.decode()
    assert Entry.objects.filter(verb="cases.case.stop_refer").count() == 1
    assert "已经手工记录" in page(cast.town.liaison, "refer/")
    assert "启动移送" not in page(cast.town.liaison)


def test_while_the_head_decides_there_is_nothing_to_fill_in(case, cast, page):
    case.reports()
    assert f"正在由{cast.town.head.person.name}决定" in page(cast.clerk, "refer/")


def test_what_the_flow_recorded_is_not_offered_for_correction_while_it_runs(case, cast, page):
    case.reports()
    assert "划去这一条" not in page(cast.town.liaison)
    case.stop("03-03 09:00")
    assert "划去这一条" in page(cast.town.liaison)


@pytest.mark.parametrize(
    ("who", "more", "looks"), [("town.head", "", 1), ("town.head", "print/", 1), ("auditor", "", 0)]
)
def test_every_look_at_the_case_in_its_approval_is_written_down(case, cast, who, more, looks):
    case.reports()
    seat = person(cast, who)
    identity(Client(), seat).get(f"/approvals/{case.pending.pk}/{more}")
    assert Entry.objects.filter(verb="cases.case.look", post=seat.pk).count() == looks
