"""The clocks of a case: what starts them, what ends them, how they stand."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.cases.clocks import Facts, Status, clocks
from workflows.cases.events import Event

from .hall import CALENDAR, MATTER, NOW, PACK, at, clock, events, running

REFERRED = (
    "03-02 09:00 team",
    "03-02 15:00 reported",
    "03-03 10:20 approved head",
    "03-04 09:00 handed_over",
)


def test_the_head_has_three_days_and_then_it_is_overdue():
    assert clock("T1", *REFERRED[:2], now=at("03-05 23:00")).status == "running"
    assert clock("T1", *REFERRED[:2], now=at("03-06 00:00")).status == "overdue"
    assert clock("T1", *REFERRED[:2]).due == at("03-05 23:59:59")


def test_the_handover_is_due_within_24_hours_of_the_minute():
    assert clock("T2a", *REFERRED).due == at("03-04 10:20")
    assert clock("T2a", *REFERRED).status == "met"
    assert clock("T2a", *REFERRED[:3], "03-04 10:21 handed_over").status == "met_late"


def test_a_deputy_approves_nothing():
    told = ("03-02 09:00 team", "03-02 15:00 reported", "03-03 10:20 approved deputy")
    assert clock("T1", *told).status == "overdue"
    assert not [one for one in running(*told) if one.rule.rule == "T2a"]


def test_the_police_have_three_days_that_roll_over_a_holiday():
    assert clock("T7", "02-12 15:00 received").due == at("02-24 23:59:59")


def test_where_two_laws_disagree_both_clocks_run_the_stricter_first():
    told = ("03-02 09:00 received", "03-03 09:00 clue_check")
    seven = [one for one in running(*told) if one.rule.rule == "T7"]
    assert [(one.due, one.verified) for one in seven] == [
        (at("03-05 23:59:59"), True),
        (at("03-09 23:59:59"), False),
    ]
    wider = running(*told, "03-04 09:00 extension_approved")
    assert [one.due for one in wider if one.rule.rule == "T7"][-1] == at("04-01 23:59:59")


def test_the_setting_says_which_of_them_counts():
    told = ("03-02 09:00 received", "03-03 09:00 clue_check")
    stood = {
        law: [one.status for one in running(*told, T7=law) if one.rule.rule == "T7"] for law in ("310", "54")
    }
    assert stood == {"310": ["overdue", "void"], "54": ["void", "overdue"]}


def test_it_stands_still_while_papers_are_missing():
    told = ("03-02 09:00 received", "03-03 08:00 supplement_asked")
    assert (clock("T7", *told).status, clock("T7", *told).due) == ("suspended", None)
    assert clock("T7", *told, "03-05 09:00 supplemented").due == at("03-09 23:59:59")
    assert clock("T6a", *told, "03-05 09:00 supplemented").status == "met"


def test_it_is_void_once_another_organ_has_the_case():
    told = ("03-02 09:00 received", "03-02 17:00 forwarded")
    assert clock("T7", *told).status == "void"
    assert clock("T5", *told).status == "met"


def test_nobody_knows_when_a_jurisdiction_was_refused_until_it_is():
    assert not [one for one in running("03-02 09:00 received") if one.rule.rule in ("T5", "T6")]


def test_a_refusal_that_was_won_on_supervision():
    told = (
        *REFERRED, "03-04 09:00 received", "03-06 09:00 crime_not_filed", "03-09 09:00 refusal_notice",
        "03-12 09:00 reconsideration_asked", "03-16 09:00 reconsideration_upheld", "03-18 09:00 supervision_suggested",
        "03-20 09:00 reasons_demanded", "03-26 09:00 reasons_given", "04-01 09:00 filing_ordered", "04-10 09:00 crime_filed",
    )  # fmt: skip
    stood = {one.rule.rule: one.status for one in running(*told)}
    assert {rule: stood[rule] for rule in ("T10a", "T11", "T12", "T13", "T14", "T15")} == {
        "T10a": "met", "T11": "met", "T12": "met", "T13": "met", "T14": "met", "T15": "void",
    }  # fmt: skip


def test_ninety_days_stand_still_while_the_police_have_it():
    told = ("03-01 09:00 filed", *REFERRED)
    one = clock("P60", *told)
    assert (one.status, one.verified) == ("suspended", False)
    back = clock("P60", *told, "03-06 09:00 crime_not_filed", "03-14 09:00 refusal_notice")
    assert back.due == at("06-09 23:59:59")
    assert clock("P60", "03-01 09:00 filed").verified


def test_a_decision_is_published_in_seven_working_days():
    assert clock("P78", "02-12 09:00 decided").due == at("02-28 23:59:59")


def test_an_annulled_decision_is_withdrawn_only_if_it_was_published():
    told = ("03-02 09:00 decided", "03-20 09:00 annulled")
    assert not [one for one in running(*told) if one.rule.rule == "P48"]
    assert clock("P48", "03-02 09:00 decided", "03-03 09:00 published", "03-20 09:00 annulled").due == at(
        "03-25 23:59:59"
    )


def test_other_agencies_are_not_bound_by_the_measures_of_the_emergency_ministry():
    other = PACK.for_agency("other")
    assert not [one for one in running(*REFERRED, pack=other) if one.rule.rule == "T3"]
    (one,) = [one for one in running(*REFERRED, pack=other) if one.rule.rule == "T1"]
    assert one.cites == ("310:5",)


def test_limitation_runs_five_years_where_lives_were_harmed():
    told = [Event("violation_ended", at("01-05 00:00"))]
    years = {
        flags: [one.due.year for one in clocks(PACK, Facts(flags), told, NOW, CALENDAR) if one.due]
        for flags in (frozenset[str](), frozenset({"harm"}))
    }
    assert list(years.values()) == [[2028], [2031]]


# Properties

STEPS = st.sampled_from(list(PACK.steps))
TOLD = st.lists(
    st.builds(lambda step, hour: Event(step, at("03-01 00:00") + hour * (at("03-01 01:00") - at("03-01 00:00"))), STEPS, st.integers(0, 2000)),
    max_size=12,
)  # fmt: skip


@given(TOLD, st.randoms(use_true_random=False))
def test_the_order_of_recording_changes_nothing(told, random):
    shuffled = random.sample(told, len(told))
    assert clocks(PACK, Facts(), told, NOW, CALENDAR) == clocks(PACK, Facts(), shuffled, NOW, CALENDAR)


@given(TOLD)
def test_every_clock_stands_somehow_and_says_so_truly(told):
    for one in clocks(PACK, Facts(), told, NOW, CALENDAR):
        done = one.ended is not None
        assert done == (one.status in ("met", "met_late")) or one.status == "void"
        if one.status in ("running", "overdue"):
            assert (one.due >= NOW) == (one.status is Status.RUNNING)
        assert (one.due is None) <= (one.status in ("suspended", "void", "met"))


@given(TOLD)
def test_no_clock_is_lost_as_time_goes_on(told):
    """Whatever was started at some time is still there later."""
    early = {(one.rule.rule, one.starts) for one in clocks(PACK, Facts(), told, at("04-01 00:00"), CALENDAR)}
    late = {(one.rule.rule, one.starts) for one in clocks(PACK, Facts(), told, NOW, CALENDAR)}
    assert early <= late


@settings(max_examples=30)
@given(TOLD)
def test_sorted_by_due_then_rule(told):
    found = [(one.due, one.rule.rule) for one in clocks(PACK, Facts(), told, NOW, CALENDAR) if one.due]
    assert found == sorted(found)


@pytest.mark.parametrize("rule", sorted({one.rule for one in PACK.clocks}))
def test_every_rule_can_run_be_met_and_be_late(rule):
    """From its start to its end, before and after the due time."""
    (one, *_) = [found for found in PACK.clocks if found.rule == rule]
    begin, flags = at("03-02 09:00"), frozenset(one.when)
    first = [Event(step, begin) for step in (*one.only_after, one.starts[0])]

    def stands(*more: Event, now=NOW):
        found = clocks(PACK, Facts(flags), [*first, *more], now, CALENDAR)
        return {found.status for found in found if found.rule.name == one.name}

    if not one.only_ended:
        assert stands(now=begin) == {Status.RUNNING}
    assert stands(Event(one.ends[0], begin)) == {Status.MET}
    late = Event(one.ends[0], begin.replace(year=2040))
    assert stands(late, now=late.at) == {Status.MET_LATE}


def test_the_examples_here_are_lawful():
    from .hall import verdict

    for n in range(1, len(REFERRED)):
        assert verdict(REFERRED[n], *REFERRED[:n], matter=MATTER).allowed


def test_nothing_depends_on_which_of_two_equal_moments_was_told_first():
    told = events("03-02 09:00 received", "03-02 09:00 forwarded", "03-02 09:00 crime_filed")
    stood = [clocks(PACK, Facts(), list(some), NOW, CALENDAR) for some in itertools.permutations(told)]
    assert all(one == stood[0] for one in stood)
