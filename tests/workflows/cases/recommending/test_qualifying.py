"""Why a case qualifies is told from its record, and kept as it was when it was sent."""

from workflows.cases.parties.facts import ActFacts, DecisionFacts, PartyFacts
from workflows.cases.parties.services import add_row

from ..test_counting import at


def test_a_referral_qualifies_once_it_was_handed_over(case):
    for day, step, post in (
        ("03-02 09:00", "team", ""), ("03-02 15:00", "reported", ""), ("03-03 10:20", "approved", "head"),
    ):  # fmt: skip
        case.happened(day, step, post)
    case.recommend()
    assert (case.row.qualifies, case.row.basis) == (False, ["本案还没有记录“向公安机关移送”。"])
    case.withdraw()
    case.happened("03-04 09:00", "handed_over")
    case.recommend()
    assert (case.row.qualifies, str(case.row.decided_on)) == (True, "2026-03-04")
    assert case.row.basis == ["2026年3月4日向公安机关移送。"]


def test_two_penalties_qualify_once_both_are_decided_and_are_told_by_number(case):
    firm, act = _kept(case, PartyFacts("entity", "某厂")), _kept(case, ActFacts("关闭报警器"))
    boss = _kept(case, PartyFacts("person", "甲某", of=firm, role="principal"))
    day = at("04-02 09:00").date()
    _kept(case, DecisionFacts(firm, act, "罚〔2026〕1号", day, "99", amount=30_000))
    case.recommend(kind="double_penalty")
    assert (case.row.qualifies, case.row.basis[0]) == (False, "对单位的处罚决定：罚〔2026〕1号。")
    case.withdraw()
    _kept(case, DecisionFacts(boss, act, "罚〔2026〕2号", day, "94-1", amount=30_000))
    case.recommend(kind="double_penalty")
    assert (case.row.qualifies, case.row.decided_on) == (True, day)
    assert case.row.basis == ["对单位的处罚决定：罚〔2026〕1号。", "对个人的处罚决定：罚〔2026〕2号。"]


def test_decisions_that_were_not_registered_are_left_to_the_reviewer(case):
    for day, step in (("03-02 09:00", "filed"), ("03-10 09:00", "informed"), ("03-12 09:00", "heard"), ("03-20 09:00", "decided")):  # fmt: skip
        case.happened(day, step)
    case.recommend(kind="double_penalty")
    assert case.row.qualifies is None
    assert "处罚决定没有登记" in case.row.basis[1]


def _kept(case, facts) -> int:
    return add_row(case=case.case, facts=facts, **case.by())
