"""Every state that a case can lawfully come to: no clock is lost there, and none of them is 结案 without its guards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflows.cases.hall import CALENDAR, MATTER, PACK
from tests.workflows.cases.test_counting import at
from workflows.cases.bases.disputes import disputes
from workflows.cases.clocks import Clock, Facts, Status, clocks
from workflows.cases.events import VIOLATION, Event
from workflows.cases.gates import effective, judge
from workflows.cases.rule_words import FLAGS

HOUR = dt.timedelta(hours=1)
POSTS = ("", "head", "acting_head", "deputy", "officer")
# What usually comes after one another, so that a walk gets far; between them anything.
ADMIN = ["filed", "informed", "heard", "decided", "served", "paid", "published", "closed"]
REFERRAL = [
    "suspected",
    "team",
    "reported",
    "approved",
    "handed_over",
    "copied",
    "received",
    "supplement_asked",
    "supplemented",
    "crime_not_filed",
    "refusal_notice",
    "reconsideration_asked",
    "reconsideration_upheld",
    "supervision_suggested",
    "reasons_demanded",
    "reasons_given",
    "filing_ordered",
    "crime_filed",
    "filing_notice",
    "items_handed",
    "case_returned",
    "admin_finished",
]
TRIES = st.tuples(st.sampled_from(["admin", "referral", "any"]), st.sampled_from(list(PACK.steps)),
                  st.sampled_from(POSTS), st.integers(0, 200))  # fmt: skip


FLAG_SETS = st.frozensets(st.sampled_from(list(FLAGS)))
CHOICES = [{}, *({rule: law} for rule, one in disputes(PACK).items() for law in one.laws)]


def walk(tries: list[tuple[str, str, str, int]], flags: frozenset[str] = frozenset()) -> list[Event]:
    """Each try later than the one before; those that the law refuses did not happen."""
    told: list[Event] = []
    matter = replace(MATTER, flags=flags)
    lines, moment = {"admin": iter(ADMIN), "referral": iter(REFERRAL)}, at("03-01 09:00")
    for line, step, post, hours in tries:
        moment += hours * HOUR
        wanted = next(lines[line], step) if line in lines else step
        event = Event(wanted, moment, post=post, reason="事实不清")
        if judge(PACK, matter, effective(PACK, told), event, CALENDAR).allowed:
            told.append(event)
    return told


def standing(told: list[Event], now: dt.datetime, facts: Facts | None = None) -> list[Clock]:
    return clocks(PACK, facts or Facts(), told, now, CALENDAR)


def begun(told: list[Event], now: dt.datetime, flags: frozenset[str]) -> set[tuple[str, str, dt.datetime]]:
    """Every clock that has to be there, told naively."""
    there = [one for one in told if one.at <= now]
    steps = {one.step for one in there}
    return {
        (rule.rule, rule.name, one.at)
        for rule in PACK.clocks
        if not rule.only_ended and {*rule.when} <= flags and not {*rule.unless} & flags
        if {*rule.only_after} <= steps
        for one in there
        if one.step in rule.starts
    }


@settings(max_examples=200, deadline=None)
@given(st.lists(TRIES, max_size=30), st.integers(0, 3000), FLAG_SETS, st.sampled_from(CHOICES))
def test_no_clock_is_ever_lost(tries, later, flags, chosen):
    """Whatever began is told of from then on, at any time, in any case, whichever law was chosen."""
    told = [Event(VIOLATION, at("01-05 00:00")), *walk(tries, flags)]
    now = at("03-01 09:00") + later * HOUR
    found = standing(told, now, Facts(flags, chosen))
    assert all(one.status in Status for one in found)
    assert begun(told, now, flags) <= named(found)
    # A choice leaves no duty without a clock that counts.
    assert counting(standing(told, now, Facts(flags))) == counting(found)


def named(found: Iterable[Clock]) -> set[tuple[str, str, dt.datetime]]:
    return {(one.rule.rule, one.rule.name, one.starts) for one in found}


def counting(found: list[Clock]) -> set[tuple[str, str, dt.datetime]]:
    return named(one for one in found if one.status is not Status.VOID)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(TRIES, max_size=30), FLAG_SETS,
    st.sampled_from(["approved", "refused"]), st.sampled_from(sorted(PACK.posts.keys() - {"head", "acting_head"})),
)  # fmt: skip
def test_from_nowhere_does_anybody_but_the_head_decide(tries, flags, step, post):
    """Refused wherever the case stands; told all the same, it starts and ends no clock."""
    told = walk(tries, flags)
    now = (told[-1].at if told else at("03-01 09:00")) + HOUR
    tried = Event(step, now, post=post, reason="事实不清")
    assert not judge(PACK, replace(MATTER, flags=flags), effective(PACK, told), tried, CALENDAR).allowed
    late = now + 100 * HOUR
    assert standing([*told, tried], late, Facts(flags)) == standing(told, late, Facts(flags))


@settings(max_examples=150, deadline=None)
@given(st.lists(TRIES, max_size=30))
def test_a_clock_once_met_stays_met(tries):
    told = walk(tries)
    end = told[-1].at if told else at("03-01 09:00")
    for one in standing(told, end):
        if one.status in (Status.MET, Status.MET_LATE):
            same = [late for late in standing(told, end + 5000 * HOUR) if _same(late, one)]
            assert [late.status for late in same] == [one.status]


def _same(one: Clock, other: Clock) -> bool:
    return (one.rule, one.cites, one.starts) == (other.rule, other.cites, other.starts)


@settings(max_examples=300, deadline=None)
@given(st.lists(TRIES, max_size=40))
def test_no_path_reaches_the_end_without_its_guards(tries):
    """The guards once more, told naively of the walk alone."""
    told = walk(tries)
    for n, one in enumerate(told):
        before = [earlier.step for earlier in told[:n]]
        if one.step == "closed":
            assert {*before} & {"executed", "paid", "no_penalty", "annulled", "case_returned", "crime_filed"}
            ended = {"refused", "crime_filed", "crime_not_filed", "reconsideration_filed", "case_returned"}
            results = [earlier for earlier in before if earlier in {"reported", *ended}]
            assert results[-1:] != ["reported"]
        if one.step == "decided":
            assert {"filed", "informed"} <= {*before}
            assert {*before} & {"heard", "statement_waived", "hearing"}
        if one.step in ("approved", "refused"):
            assert (one.post in ("", "head", "acting_head"), "reported" in before) == (True, True)
        if one.step == "handed_over":
            assert {*before} & {"approved", "prosecutor_opinion"}


def test_the_walk_gets_to_the_end_of_both_tracks():
    """Or the properties above would say nothing."""
    whole = [("referral", "clue", "", 1)] * len(REFERRAL) + [("admin", "clue", "", 1)] * len(ADMIN)
    assert {"closed", "crime_filed", "case_returned"} <= {one.step for one in walk(whole)}
