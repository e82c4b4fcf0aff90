import pytest

from approvals.engine import decide
from approvals.engine.terms import Command, Do, Refusal, decided_sentence, own_sentence

from .hall import HALL, after, do, opened, picture, refused, step


def test_agreement_of_all_steps_approves():
    assert after(opened(step("a"), step("b")), "a agree", "b agree").result == "approved"


def test_disagreement_ends_the_approval_and_says_so_to_the_rest():
    state = after(opened(step("a"), step("b")), "a disagree")
    assert (state.result, state.step) == ("rejected", None)
    assert state.signers[1].reason == "已有人不同意，审批结束"


@pytest.mark.parametrize("what", [Do.DISAGREE, Do.RETURN])
def test_a_no_or_a_return_needs_an_opinion(what):
    refusal = decide(opened(step("a")), Command(what, "a", opinion=" \n"), HALL)
    assert isinstance(refusal, Refusal)
    assert refusal.says == "退回或不同意，请先填写意见。"


def test_agreement_needs_none():
    assert not isinstance(decide(opened(step("a")), Command(Do.AGREE, "a"), HALL), Refusal)


def test_a_stranger_is_no_signer():
    assert refused(opened(step("a")), "q agree").code == "not_a_signer"


def test_a_form_sent_twice_does_not_decide_the_next_step():
    pinned = Command(Do.AGREE, "a", signer=1)
    once = decide(opened(step("a"), step("a")), pinned, HALL)
    again = decide(once.state, pinned, HALL)
    assert (again.code, again.signer) == ("already_decided", 1)


def test_whoever_comes_after_the_end_learns_who_ended_it():
    state = after(opened(step("a"), step("b")), "a disagree")
    assert refused(state, "b agree").signer == 1


def test_the_state_passed_in_stays_as_it_was():
    state = opened(step("a"), step("b"))
    do(state, "a agree")
    assert picture(state) == "a? | b."


def test_the_sentence_for_the_second_of_two():
    assert decided_sentence("李某", "10:32") == "此件已由 李某 于 10:32 办理"
    assert own_sentence("10:32") == "您已于 10:32 办理过此件"
