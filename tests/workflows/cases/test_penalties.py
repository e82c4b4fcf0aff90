"""一案双罚 and the fines: qualified or not, in range or not, twice or not, a crime or not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.cases.identifiers import CREDIT, PERSON, credit_code_fault, person_number_fault
from workflows.cases.penalties.case import Act, Case, Decision, Harm, Party
from workflows.cases.penalties.checker import double_fines, double_penalty, ranges, referral

from .hall import PACK

RULES = PACK.penalties
WORKS = Party("works", "entity", "某厂")
HEAD = Party("head", "person", "某甲", "works", "principal", 200_000)


def case(*decisions: Decision, **more) -> Case:
    return Case({"works": WORKS, "head": HEAD}, decisions, **more)


def on(party: str, article: str, amount: int = 10_000, stage: str = "first", **more) -> Decision:
    return Decision(
        f"{party}-{article}-{more.get('act', '')}-{stage}", party, article, amount, stage=stage, **more
    )


def test_a_decision_on_each_qualifies():
    found = double_penalty(RULES, case(on("works", "97"), on("head", "94-1", 20_000)))
    assert (found.qualifies, found.principal, found.missing) == (True, True, ())


@pytest.mark.parametrize(
    ("decisions", "missing"),
    [
        ((on("works", "97"),), "缺少对自然人的有效处罚决定。"),
        ((on("head", "94-1"),), "缺少对单位的有效处罚决定。"),
        ((on("works", "97"), on("head", "94-1", effective=False)), "缺少对自然人的有效处罚决定。"),
    ],
)
def test_what_is_missing_is_said(decisions, missing):
    found = double_penalty(RULES, case(*decisions))
    assert (found.qualifies, missing in found.missing) == (False, True)


def test_a_person_of_another_entity_does_not_count():
    stranger = Party("head", "person", of="elsewhere")
    parties = {"works": WORKS, "elsewhere": Party("elsewhere", "entity"), "head": stranger}
    found = double_penalty(RULES, Case(parties, (on("works", "97"), on("head", "97", stage="overdue"))))
    assert found.missing == ("被处罚的自然人不是被处罚单位的人员。",)


def test_whether_it_must_be_the_principal_is_a_setting():
    parties = {"works": WORKS, "head": Party("head", "person", of="works", role="direct")}
    decisions = (on("works", "97"), on("head", "97", 20_000, "overdue"))
    assert double_penalty(RULES, Case(parties, decisions)).qualifies
    assert not double_penalty(RULES, Case(parties, decisions, principal=True)).qualifies


def test_an_unusual_article_is_warned_of_and_stops_nothing():
    found = double_penalty(RULES, case(on("works", "97"), on("head", "12")))
    assert found.qualifies
    assert "请核对" in found.missing[0]


@pytest.mark.parametrize(
    ("decision", "harm", "ends", "ok"),
    [
        (on("works", "99(4)", 50_000), Harm(), (0, 50_000), True),
        (on("works", "99(4)", 50_001), Harm(), (0, 50_000), False),
        (on("works", "99", 50_000, "overdue"), Harm(), (50_000, 200_000), True),
        (on("head", "94-1", 60_000), Harm(), (20_000, 50_000), False),
        (on("head", "94-1", 60_000, ""), Harm(), (20_000, 100_000), True),  # no stage is told
        (on("head", "94", 60_000), Harm(), (20_000, 50_000), False),  # its only paragraph with a fine
        (on("works", "103", 200_000), Harm(), (0, 200_000), True),  # any paragraph may be meant
        (on("works", "103-3(1)", 100_001), Harm(), (0, 100_000), False),
        (on("head", "95", 80_000, "accident"), Harm(dead=1), (80_000, 80_000), True),
        (on("head", "95", 120_000, "accident"), Harm(dead=3), (120_000, 120_000), True),
        (on("head", "110", 200_000, "accident"), Harm(dead=1), (120_000, 200_000), True),
        (on("works", "114", 1_000_000, "accident"), Harm(dead=2), (300_000, 1_000_000), True),
        (on("works", "114", 1_000_000, "accident"), Harm(injured=10), (1_000_000, 2_000_000), True),
        (on("works", "114", 9_000_000, "severe"), Harm(loss=10_000_000), (2_000_000, 10_000_000), True),
        (on("works", "103-1", 300_000, gains=100_000), Harm(), (200_000, 500_000), True),
        (on("works", "103-1", 150_000, gains=99_999), Harm(), (100_000, 200_000), True),
        (on("head", "99", 10_000), Harm(), (None, None), False),  # a person is fined only when it is overdue
        (on("head", "96", 10_000), Harm(), (None, None), False),  # not of the principal
        (on("works", "省条例-30"), Harm(), (None, None), None),
    ],
)
def test_a_fine_against_its_article(decision, harm, ends, ok):
    (found,) = ranges(RULES, case(decision, harm=harm))
    assert ((found.least, found.most), found.ok) == (ends, ok)
    assert found.verified == (decision.article != "省条例-30")


def test_without_the_income_nobody_can_say():
    parties = {"works": WORKS, "head": Party("head", "person", of="works", role="principal")}
    (found,) = ranges(RULES, Case(parties, (on("head", "95", 80_000, "accident"),)))
    assert (found.ok, found.verified) == (None, True)


def test_a_second_fine_for_the_same_act_is_found_but_not_a_daily_one():
    twice = case(
        on("works", "98", act="a"), on("works", "98", act="a", stage="overdue"), on("works", "112", act="a")
    )
    assert [(party, act, len(numbers)) for party, act, numbers in double_fines(RULES, twice)] == [
        ("works", "a", 2)
    ]
    apart = case(on("works", "98", act="a"), on("works", "97", act="b"), on("head", "94-1", act="a"))
    assert double_fines(RULES, apart) == []


@pytest.mark.parametrize(
    ("given", "offences"),
    [
        (case(on("works", "99(4)")), ["134-1(1)"]),
        (case(on("works", "99(1)")), []),
        (case(on("works", "99"), flags=frozenset({"alarm_disabled"})), ["134-1(1)"]),
        (case(flags=frozenset({"alarm_disabled"})), ["134-1(1)"]),
        (case(on("works", "102")), []),
        (case(on("works", "102", stage="refused")), ["134-1(2)"]),
        (case(acts=(Act("a", "100"),)), ["134-1(3)"]),
        (case(harm=Harm(dead=1)), ["134"]),
        (case(harm=Harm(injured=2, loss=999_999)), []),
        (case(harm=Harm(injured=3)), ["134"]),
        (case(harm=Harm(loss=1_000_000)), ["134"]),
    ],
)
def test_what_has_to_be_looked_at_for_referral(given, offences):
    assert [trigger.offence for trigger, _ in referral(RULES, given)] == offences


def test_every_offence_that_is_triggered_is_known():
    assert {one.offence for one in RULES.triggers} <= set(RULES.offences)


# Check digits


def test_codes_that_were_published_as_examples():
    assert credit_code_fault("91350100M000100Y43") == ""
    assert person_number_fault("11010519491231002X") == ""


@given(
    st.text(st.sampled_from(CREDIT), min_size=17, max_size=17), st.integers(0, 16), st.sampled_from(CREDIT)
)
def test_one_sign_that_is_wrong_is_found(body, place, other):
    (code,) = [body + sign for sign in CREDIT if credit_code_fault(body + sign) == ""]
    wrong = code[:place] + other + code[place + 1 :]
    assert (credit_code_fault(wrong) == "") == (wrong == code)


@given(st.text(st.sampled_from("0123456789"), min_size=17, max_size=17))
def test_a_number_has_one_check_digit(body):
    assert len([sign for sign in PERSON if person_number_fault(body + sign) == ""]) == 1


@pytest.mark.parametrize("code", ["", "9135", "91350100M000100Y4I", "９1350100M000100Y43"])
def test_what_is_no_code_says_what_one_looks_like(code):
    assert "18 位" in credit_code_fault(code)
    assert "18 位" in person_number_fault(code)
