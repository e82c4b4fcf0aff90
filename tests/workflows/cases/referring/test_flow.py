"""移送 from the suspicion to the police, told like the minutes of a case."""

from __future__ import annotations

import datetime as dt

import pytest
from viewflow.workflow.models import Task as FlowTask

from approvals.models import Approval
from approvals.proxies import add_proxy
from foundation.journal.models import Entry
from foundation.journal.verify import first_bad
from foundation.organization.refusals import Refused
from tests.cast import actor
from tests.workflows.cases.test_counting import at
from workflows.cases.models import CaseEvent
from workflows.cases.referring.flows import ReferralFlow
from workflows.cases.register import strike_event

from .minutes import Minutes

# Every name a node ever had: they stand in databases for ever. A node that goes leaves an Obsolete.
RELEASED = {
    "suspected", "team", "reported", "decision", "amend", "refused", "approved", "send", "handed_over", "copied",
    "sent", "end",
}  # fmt: skip


@pytest.fixture
def case(cast) -> Minutes:
    return Minutes(cast)


def test_a_gas_alarm_switched_off(case, cast):
    """A deputy can't, the head does; handed over an hour late, copied, supplemented, filed."""
    case.reports()
    assert (case.pending.due_on, case.pending.brief) == (
        dt.date(2026, 3, 5),
        "专案组 2 人；移送材料 4 件，另有 1 件没有",
    )
    with pytest.raises(Refused):
        case.decides(cast.town.deputy, "agree", "03-03 09:00")
    case.decides(cast.town.head, "agree", "03-03 10:20", "情况属实，同意移送。")
    assert (case.clock("T1", "03-03 10:20"), case.clock("T2a", "03-03 10:20")) == ("met", "running")
    assert case.waits == {"handed_over", "copied"}
    with pytest.raises(Refused, match="移送书文号"):
        case.takes("handed_over", "03-04 11:20")
    case.takes("handed_over", "03-04 11:20", "甲移〔2026〕1号")
    case.takes("copied", "03-04 09:30", "甲移〔2026〕1号", now="03-04 11:30")
    assert (case.clock("T2a", "03-04 12:00"), case.clock("T3", "03-04 12:00")) == ("met_late", "met")
    assert case.status == "DONE"
    clerk = actor(cast.clerk)
    case.happened("received", "03-04 14:00", by=clerk)
    case.happened(
        "supplement_asked", "03-05 09:00", by=clerk, document="补充材料通知书", number="公补〔2026〕2号"
    )
    assert case.clock("T7", "03-05 10:00") == "suspended"
    case.happened("supplemented", "03-06 09:00")
    case.happened("crime_filed", "03-09 16:00", by=clerk)
    case.happened("filing_notice", "03-10 09:00", by=clerk)
    assert (case.clock("T7", "03-10 10:00"), case.clock("T9", "03-10 10:00")) == ("met", "running")
    assert case.steps[:6] == ["suspected", "team", "reported", "approved head", "copied", "handed_over"]
    assert first_bad()[1] is None


def test_the_head_refuses_and_says_why(case, cast):
    case.reports()
    with pytest.raises(Refused, match="请先填写意见"):
        case.decides(cast.town.head, "disagree", "03-04 09:00")
    case.decides(cast.town.head, "disagree", "03-04 09:00", "没有现实危险，不构成犯罪。")
    assert case.steps[-1] == "refused head"
    assert CaseEvent.objects.get(step="refused").reason == "没有现实危险，不构成犯罪。"
    assert (case.clock("T1", "03-20 09:00"), case.status) == ("met", "DONE")
    case.happened("prosecutor_opinion", "03-10 09:00")
    case.start("03-10 10:00")
    assert case.waits == {"team"}


def test_whoever_is_head_for_now_decides_as_such(case, cast):
    cast.town.head.acting = True
    cast.town.head.save()
    case.reports()
    case.decides(cast.town.head, "agree", "03-03 10:00")
    assert case.steps[-1] == "approved acting_head"


def test_a_proxy_of_the_head_decides_nothing(case, cast):
    day = dt.date(2026, 3, 2)
    add_proxy(owner=cast.town.head, to=cast.town.deputy, start=day, end=day, reason="出差", actor=actor(cast.town.head),
              at=at("03-02 08:00"))  # fmt: skip
    case.reports()
    for do in ("agree", "disagree"):
        with pytest.raises(Refused, match="不能由分管负责人代行"):
            case.decides(cast.town.deputy, do, "03-02 17:00", "代为办理")
    assert (case.steps[-1], case.pending.state) == ("reported", "pending")


def test_a_report_that_comes_back_is_added_to_and_the_clock_goes_on(case, cast):
    case.reports()
    case.decides(cast.town.head, "return", "03-03 09:00", "请补充现场检测情况。")
    assert (case.waits, case.clock("T1", "03-06 09:00")) == ({"amend"}, "overdue")
    with pytest.raises(Refused, match="请写明补充了什么"):
        case.takes("amend", "03-03 10:00")
    case.takes("amend", "03-03 10:00", reason="浓度达爆炸下限的 20%。")
    case.decides(cast.town.head, "agree", "03-03 11:00")
    assert case.steps == ["suspected", "team", "reported", "approved head"]


def test_a_team_of_one_is_none(case, cast):
    case.is_about("03-01 10:00", team=(cast.town.liaison.pk,))
    case.start()
    with pytest.raises(Refused, match="两名以上"):
        case.takes("team", "03-02 09:00")
    assert (case.steps, case.waits) == (["suspected"], {"team"})


def test_nothing_is_sent_without_a_paper_or_the_reason_why_it_is_not_there(case, cast):
    case.reports()
    case.decides(cast.town.head, "agree", "03-03 10:20")
    case.is_about("03-03 11:00", file={"letter": True, "report": True, "items": True, "others": True})
    with pytest.raises(Refused, match=r"移送材料不全.*检验报告"):
        case.takes("handed_over", "03-03 12:00", "甲移〔2026〕1号")
    case.is_about("03-03 13:00")
    case.takes("handed_over", "03-03 14:00", "甲移〔2026〕1号")
    assert case.steps[-1] == "handed_over"


def test_what_the_head_was_shown_can_not_change_unseen(case, cast):
    case.reports()
    before = case.pending.digest
    case.is_about("03-03 09:00", file={"letter": True})
    task = FlowTask.objects.get(pk=case.pending.subject_id)
    activation = task.flow_task.activation_class(task)
    assert ReferralFlow.instance.opening(activation).digest != before


def test_agencies_that_no_law_tells_to_copy_hand_over_alone(cast):
    case = Minutes(cast, agency="other")
    case.reports()
    case.decides(cast.town.head, "agree", "03-03 10:20")
    assert case.waits == {"handed_over"}
    case.takes("handed_over", "03-03 14:00", "甲移〔2026〕1号")
    assert case.status == "DONE"


# the flow and what is recorded


def test_while_it_runs_nobody_records_or_strikes_its_steps_by_hand(case, cast):
    case.reports()
    with pytest.raises(Refused, match="先停止移送流程"):
        case.happened("approved", "03-03 10:00", by=actor(cast.clerk), post="head")
    pk = CaseEvent.objects.get(step="reported").pk
    with pytest.raises(Refused, match="先停止移送流程"):
        strike_event(case=case.pk, event=pk, why="日期写错", actor=case.by, at=at("03-03 10:00"))
    case.happened("filed", "03-03 11:00")


@pytest.mark.parametrize("end", ["dropped", "not_filed"])
def test_while_it_runs_the_case_does_not_end(case, end):
    case.start()
    with pytest.raises(Refused, match=r"正在移送，还不能记录“.*停止移送流程并写明原因"):
        case.happened(end, "03-03 10:00")
    case.stop("03-03 11:00", "查明没有犯罪事实")
    case.happened(end, "03-03 12:00")
    assert case.row.state == "closed"


def test_stopped_it_leaves_what_happened_and_the_rest_is_recorded_by_hand(case, cast):
    case.reports()
    with pytest.raises(Refused, match="请写明停止的原因"):
        case.stop("03-03 09:00", " ")
    case.stop("03-03 09:00")
    assert (Approval.objects.get().state, case.status) == ("void", "CANCELED")
    assert Entry.objects.get(verb="cases.case.stop_refer").words["reason"] == "改在本机关系统中审批"
    with pytest.raises(Refused, match="手工记录到“提出移送书面报告”"):
        case.start("03-03 10:00")
    case.happened("approved", "03-03 10:00", post="head")
    assert case.clock("T1", "03-03 11:00") == "met"
    with pytest.raises(Refused, match="没有在办的移送流程"):
        case.stop("03-03 12:00")


def test_a_suspicion_recorded_before_is_not_recorded_twice(case):
    case.happened("suspected", "03-01 15:00")
    case.start()
    assert (case.steps, case.waits) == (["suspected"], {"team"})
    with pytest.raises(Refused, match="已经在移送"):
        case.start("03-02 09:00")


def test_a_step_is_taken_once_and_only_where_it_waits(case):
    case.start()
    with pytest.raises(Refused, match="已不在这一步"):
        case.takes("copied", "03-02 09:00")
    with pytest.raises(Refused, match="已不在这一步"):
        case.takes("approved", "03-02 09:00")
    case.takes("team", "03-02 09:00")
    with pytest.raises(Refused, match="已不在这一步"):
        case.takes("team", "03-02 09:00")


@pytest.mark.parametrize("who", ["head", "deputy"])
def test_whoever_is_not_of_the_team_takes_no_step(case, cast, who):
    stranger = actor(getattr(cast.town, who))
    with pytest.raises(Refused, match="只有办案人员和安委办"):
        case.start(by=stranger)
    case.start()
    with pytest.raises(Refused, match="只有办案人员和安委办"):
        case.takes("team", "03-02 09:00", by=stranger)
    with pytest.raises(Refused, match="只有办案人员和安委办"):
        case.stop("03-02 09:00", by=stranger)


def test_a_unit_without_a_head_is_told_so(case, cast):
    cast.town.head.end = dt.date(2026, 1, 1)
    cast.town.head.save()
    case.start()
    case.takes("team", "03-02 09:00")
    with pytest.raises(Refused, match=r"甲镇主要负责人.*无人担任"):
        case.takes("reported", "03-02 15:00", reason="涉嫌犯罪")
    assert case.steps == ["suspected", "team"]


def test_every_name_that_a_node_ever_had_is_still_known():
    assert set(ReferralFlow._nodes_by_name) == RELEASED
