"""The quota of one unit: any alternative will do, the office's yes counts, and the year's end judges."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.cases.test_counting import CALENDAR
from workflows.cases.kinds import CaseKind
from workflows.cases.models import Recommendation
from workflows.tasks.models import Task
from workflows.tasks.quota.verdict import Handed, Owed, Stand, Verdict, judge

WAYS = (("double_penalty", 2), ("referral", 1))
DUE, IN_TIME, NOW = dt.date(2026, 12, 31), dt.date(2026, 9, 1), dt.date(2026, 12, 1)


def handed(*told: str, on: dt.date = IN_TIME) -> list[Handed]:
    return [Handed(*one.split(), on) for one in told]


def verdict(
    *told: str, today: dt.date = NOW, on: dt.date = IN_TIME, state: str = "received", **more
) -> Verdict:
    return judge(WAYS, Owed(state, DUE, handed=handed(*told, on=on), **more), today, CALENDAR)


@pytest.mark.parametrize(
    ("told", "stand"),
    [
        ([], "missing"),
        (["double_penalty accepted"], "missing"),
        (["double_penalty accepted", "double_penalty recommended"], "review"),
        (["double_penalty accepted", "double_penalty published"], "met"),
        (["referral archived"], "met"),
        (["referral recommended"], "review"),
        (["referral returned"], "missing"),
        (["referral withdrawn"], "missing"),
        (["referral declined"], "missing"),
        (["double_penalty accepted", "referral declined"], "missing"),
    ],
)
def test_any_alternative_will_do_and_the_offices_yes_counts(told, stand):
    assert verdict(*told).stand == stand


def test_what_is_missing_is_said_for_each_alternative():
    found = verdict("double_penalty recommended", "referral returned")
    assert (found.lacks_says, found.returned) == ("还差 1 个一案双罚，或 1 个行刑衔接", 1)


@pytest.mark.parametrize(
    ("today", "kind", "words"),
    [("12-01", "idle", "未够数"), ("12-31", "near", "未够数"), ("2027-01-01", "overdue", "未达标")],
)
def test_it_is_judged_once_the_year_is_over_and_not_when_the_report_is_due(today, kind, words):
    day = dt.date.fromisoformat(today if len(today) > 5 else f"2026-{today}")
    found = verdict(today=day)
    assert (found.light.kind, found.words) == (kind, words)


def test_the_day_of_the_first_recommendation_counts_and_not_that_of_the_yes():
    after = dt.date(2027, 1, 5)
    assert verdict("referral accepted", today=after).stand == "met"
    assert verdict("referral accepted", today=after, on=dt.date(2027, 1, 2)).stand == "missing"


@pytest.mark.parametrize(
    ("state", "stand"),
    [("unit_review", "review"), ("office_review", "review"), ("accepted", "answered"), ("archived", "answered"),
     ("returned", "missing"), ("received", "missing"), ("rejected", "missing")],
)  # fmt: skip
def test_a_reason_is_an_answer_once_the_office_accepts_it(state, stand):
    assert verdict(state=state, reasoned=True, typed_on=IN_TIME).stand == stand


def test_whoever_is_let_off_owes_nothing():
    found = verdict(state="waived", today=dt.date(2027, 2, 1))
    assert (found.stand, found.light.kind) == ("answered", "done")


@pytest.mark.parametrize(
    ("state", "on", "stand"),
    [("office_review", IN_TIME, "review"), ("accepted", IN_TIME, "met"), ("returned", IN_TIME, "missing"),
     ("accepted", dt.date(2027, 1, 2), "missing")],
)  # fmt: skip
def test_cases_of_other_systems_go_the_way_of_the_submission_that_tells_of_them(state, on, stand):
    assert verdict(state=state, typed={"referral": 1}, typed_on=on).stand == stand


def test_cases_here_and_in_other_systems_add_up():
    found = verdict(
        "double_penalty accepted", state="accepted", typed={"double_penalty": 1}, typed_on=IN_TIME
    )
    assert (found.stand, found.taken) == ("met", {"double_penalty": 2})


def test_without_a_number_one_case_of_any_kind_is_asked_for():
    one = Owed("received", None, handed=handed("referral accepted"))
    assert judge((), one, NOW, CALENDAR).stand == "met"
    assert judge((), Owed("received", None), NOW, CALENDAR).lacks_says == "还没有推荐"


ROWS = st.lists(
    st.builds(Handed, st.sampled_from(CaseKind.values), st.sampled_from(Recommendation.State.values), st.just(IN_TIME))
)  # fmt: skip


@given(ROWS, st.sampled_from(Task.State.values), st.booleans())
def test_one_more_adopted_case_never_makes_it_worse(rows, state, reasoned):
    order = list(reversed([Stand.MET, Stand.ANSWERED, Stand.REVIEW, Stand.MISSING]))
    more = [*rows, Handed("referral", "accepted", IN_TIME)]
    before, after = (
        judge(WAYS, Owed(state, DUE, reasoned=reasoned, handed=some), NOW, CALENDAR) for some in (rows, more)
    )
    assert order.index(after.stand) >= order.index(before.stand)
    assert all(after.taken.get(kind, 0) <= after.recommended.get(kind, 0) for kind in CaseKind.values)
