"""The lawful order of a case: what has to be so before a step, and what is said where it isn't."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.cases.events import Event
from workflows.cases.gates import Matter, Officer, effective, judge

from .hall import CALENDAR, MATTER, PACK, at, verdict, why

REPORTED = ("03-02 09:00 team", "03-02 15:00 reported")
APPROVED = (*REPORTED, "03-03 10:00 approved head")
DECIDABLE = ("03-02 09:00 filed", "03-10 09:00 informed", "03-12 09:00 heard")


def test_only_the_head_or_who_leads_the_work_approves():
    assert verdict("03-03 10:00 approved head", *REPORTED).allowed
    assert verdict("03-03 10:00 approved acting_head", *REPORTED).allowed
    assert "不能由分管负责人代行" in why("03-03 10:00 approved deputy", *REPORTED)


@given(st.lists(st.sampled_from(list(PACK.steps)), max_size=15))
def test_a_deputy_is_refused_on_every_path(steps):
    told = [Event(step, at("03-01 09:00")) for step in steps]
    for step in ("approved", "refused"):
        attempt = Event(step, at("03-05 09:00"), post="deputy", reason="事实不清")
        assert not judge(PACK, MATTER, effective(PACK, told), attempt, CALENDAR).allowed


@given(st.lists(st.sampled_from([step for step in PACK.steps if step != "closed"]), max_size=15))
def test_no_path_reaches_the_end_without_a_result(steps):
    told = [Event(step, at("03-01 09:00")) for step in steps]
    allowed = judge(PACK, MATTER, effective(PACK, told), Event("closed", at("03-05 09:00")), CALENDAR).allowed
    results = {"executed", "paid", "no_penalty", "annulled", "case_returned", "crime_filed"}
    assert not allowed or results & set(steps)


def test_one_officer_is_no_team():
    alone = replace(MATTER, officers=(Officer("甲"),))
    assert "现有 1 名" in why("03-02 09:00 team", matter=alone)
    assert "现有 1 名" in why(
        "03-02 09:00 team", matter=replace(MATTER, officers=(Officer("甲"), Officer("甲")))
    )


def test_a_refusal_needs_its_reason():
    bare = Event("refused", at("03-03 09:00"), post="head")
    told = effective(PACK, [Event("team", at("03-02 09:00")), Event("reported", at("03-02 15:00"))])
    assert "须把理由记录在案" in judge(PACK, MATTER, told, bare, CALENDAR).why[0]


def test_nothing_is_sent_without_the_file_or_a_reason_for_each_absence():
    missing = replace(MATTER, file={"letter": True, "report": True})
    assert why("03-03 12:00 handed_over", *APPROVED, matter=missing).endswith(
        "涉案物品清单、检验报告或者鉴定意见、其他有关涉嫌犯罪的材料"
    )
    assert verdict("03-03 12:00 handed_over", *APPROVED).allowed


def test_a_penalty_that_was_decided_goes_with_the_file():
    assert "行政处罚决定书副本" in why("03-03 12:00 handed_over", *APPROVED, "03-01 09:00 decided")


def test_an_unlawful_order_names_both():
    said = why("03-05 09:00 decided", *DECIDABLE[:1], "03-10 09:00 informed", "03-04 09:00 heard")
    assert (
        said
        == "没有告知就不能作出处罚决定：“行政处罚告知”（2026年3月10日 09:00）晚于“作出处罚决定”（2026年3月5日 09:00）"
    )


@pytest.mark.parametrize(
    ("left_out", "says"),
    [(0, "还没有立案"), (1, "没有告知"), (2, "没有听取陈述申辩")],
)
def test_what_a_decision_needs(left_out, says):
    told = [line for n, line in enumerate(DECIDABLE) if n != left_out]
    assert says in why("03-20 09:00 decided", *told)
    assert verdict("03-20 09:00 decided", *DECIDABLE).allowed


def test_a_major_case_is_discussed_and_reviewed_by_somebody_else():
    major = replace(MATTER, flags=frozenset({"complex", "legal_review_due"}), reviewer="甲")
    assert why("03-20 09:00 decided", *DECIDABLE, matter=major).count("；") == 1
    assert "不能是本案办案人员" in why("03-18 09:00 legal_review", matter=major)
    assert verdict("03-18 09:00 legal_review", matter=replace(major, reviewer="丙")).allowed


def test_officers_without_the_qualification_decide_nothing():
    fresh = replace(MATTER, officers=(Officer("甲"), Officer("乙", qualified=False)))
    assert "两名以上有执法资格" in why("03-20 09:00 decided", *DECIDABLE, matter=fresh)


def test_a_hearing_that_was_asked_for_is_held_first():
    asked = (*DECIDABLE, "03-13 09:00 hearing_requested")
    assert "还没有举行" in why("03-20 09:00 decided", *asked)
    assert verdict(
        "03-30 09:00 decided", *asked, "03-16 09:00 hearing_notified", "03-27 09:00 hearing"
    ).allowed


def test_it_is_announced_seven_working_days_before():
    told = (*DECIDABLE, "03-16 09:00 hearing_notified")
    assert "七个工作日前" in why("03-25 09:00 hearing", *told)
    assert verdict("03-26 09:00 hearing", *told).allowed


def test_a_fine_is_no_end_while_a_referral_is_pending():
    told = (*DECIDABLE, "03-20 09:00 decided", "03-25 09:00 paid", *APPROVED)
    assert "罚款不能代替移送" in why("04-01 09:00 closed", *told)
    assert verdict("04-01 09:00 closed", *told, "03-28 09:00 crime_filed").allowed


def test_a_second_referral_is_waited_for_though_the_first_was_refused():
    told = (*DECIDABLE, "03-20 09:00 decided", "03-25 09:00 paid", *REPORTED, "03-03 10:00 refused head")
    assert verdict("04-01 09:00 closed", *told).allowed
    assert "罚款不能代替移送" in why("04-01 09:00 closed", *told, "03-26 09:00 reported")


def test_nothing_is_decided_after_the_case_was_dropped():
    assert "之后，不能再" in why("03-20 09:00 decided", *DECIDABLE, "03-15 09:00 dropped")
    assert verdict("03-20 09:00 annulled", "03-01 09:00 decided", "03-15 09:00 closed").allowed


def test_a_fact_of_which_nobody_knows_who_did_it_is_not_held_against_the_case():
    assert verdict("03-03 10:00 approved", *REPORTED, matter=MATTER).allowed


def test_a_case_without_officers_says_how_many_are_missing():
    assert "现有 0 名" in why("03-02 09:00 team", matter=Matter())
