from approvals.engine import decide

from .hall import HALL, after, opened, picture, refused, step, told


def test_the_newcomer_decides_and_the_trail_keeps_both():
    state = after(opened(step("a"), step("e")), "a transfer b")
    assert picture(state) == "a> b? | e."
    assert picture(after(state, "b agree")) == "a> b+ | e?"


def test_whoever_passed_it_on_decides_no_more():
    assert refused(after(opened(step("a")), "a transfer b"), "a agree").code == "already_decided"


def test_the_newcomer_may_pass_it_on():
    assert picture(after(opened(step("a")), "a transfer b", "b transfer c")) == "a> b> c?"


def test_the_place_keeps_its_turn():
    state = after(opened(step("ab", mode="sequence")), "a transfer c")
    assert picture(state) == "a> b. c?"
    assert picture(after(state, "c agree")) == "a> b? c+"


def test_a_vote_counts_the_place_once():
    state = opened(step("ab", mode="vote", votes=2))
    assert after(state, "a transfer c", "c agree", "b agree").result == "approved"


def test_nobody_sits_twice_in_a_step():
    assert refused(opened(step("ab", mode="all")), "a transfer b").code == "already_there"


def test_whose_matter_it_is_cannot_be_named():
    assert refused(opened(step("a")), "a transfer z").code == "their_matter"


def test_somebody_must_be_named():
    assert refused(opened(step("a")), "a transfer").code == "nobody_named"


def test_the_step_must_allow_it():
    assert refused(opened(step("a", allow=())), "a transfer b").code == "not_allowed"


def test_the_newcomer_comes_again_in_a_new_round():
    state = after(opened(step("a"), step("c")), "a transfer b", "b agree", "c return previous")
    assert picture(state) == "b? | c."


def test_a_proxy_passes_on_for_the_signer():
    outcome = decide(opened(step("a")), told("b/a transfer c"), HALL)
    assert (picture(outcome.state), outcome.state.signers[0].by) == ("a> c?", "b")
