from dataclasses import replace

from approvals.engine import decide

from .hall import HALL, after, do, opened, picture, refused, step, told

STEPS = step("a"), step("b"), step("c")


def returned(*words: str, says: str = "x1", resubmit: str = "jump_back"):
    state = opened(*STEPS, says=says, resubmit=resubmit)
    return after(state, *(words or ("a agree", "b agree", "c return")))


def test_all_steps_run_again():
    state = after(returned(resubmit="rerun"), "z resubmit x1")
    assert (picture(state), state.result) == ("a? | b. | c.", "pending")


def test_jump_back_goes_on_at_the_returner_where_nothing_changed():
    state = after(returned(), "z resubmit x1")
    assert picture(state) == "a+ | b+ | c?"
    assert after(state, "c agree").result == "approved"


def test_whoever_saw_something_else_is_asked_again():
    assert picture(after(returned(), "z resubmit x2")) == "a? | b. | c."


def test_facts_that_changed_run_all_again():
    command = replace(told("z resubmit x1"), facts={"amount": 5})
    state = decide(returned(), command, HALL).state
    assert (picture(state), state.facts) == ("a? | b. | c.", {"amount": 5})


def test_only_the_initiator():
    assert refused(returned(), "a resubmit x1").code == "not_the_initiator"


def test_only_what_was_returned():
    assert refused(opened(*STEPS), "z resubmit x1").code == "not_returned"
    assert refused(after(opened(step("a")), "a disagree"), "z resubmit x1").code == "not_returned"


def test_it_can_be_returned_again_and_again():
    state = after(returned(), "z resubmit x2", "a return", "z resubmit x3")
    assert picture(state) == "a? | b. | c."


def test_the_decisions_are_pinned_to_what_they_were_taken_on():
    state = after(returned(), "z resubmit x2", "a agree")
    assert [row.digest for row in state.signers if row.person == "a"] == ["x1", "x2"]


def test_withdrawing_counts_only_decisions_since():
    assert after(returned(), "z resubmit x2", "z withdraw").result == "withdrawn"


def test_it_tells_whoever_is_asked():
    kinds = [effect.kind for effect in do(returned(), "z resubmit x1").effects]
    assert kinds == ["opened"]
