from dataclasses import replace

from approvals.engine import decide

from .hall import HALL, after, opened, picture, refused, step, told


def asked(*steps):
    state = opened(*(steps or (step("a"), step("b"))), consent="d")
    return after(state, "a agree", "z withdraw")


def test_once_somebody_has_decided_consent_is_asked():
    assert picture(asked()) == "a+ | b? [d?]"


def test_whoever_holds_two_of_its_posts_is_asked_once():
    state = after(opened(step("a"), step("b"), consent="dd"), "a agree", "z withdraw")
    assert picture(state) == "a+ | b? [d?]"


def test_before_that_it_is_not():
    assert after(opened(step("a"), consent="d"), "z withdraw").result == "withdrawn"


def test_a_yes_ends_it():
    state = after(asked(), "d agree")
    assert (state.result, state.signers[1].state) == ("withdrawn", "skipped")


def test_a_no_lets_it_go_on():
    state = after(asked(), "d disagree")
    assert (picture(state), state.result) == ("a+ | b? [dx]", "pending")
    assert after(state, "b agree").result == "approved"


def test_a_no_needs_an_opinion():
    assert decide(asked(), replace(told("d disagree"), opinion=""), HALL).code == "opinion_required"


def test_the_others_go_on_meanwhile():
    state = after(asked(), "b agree")
    assert (state.result, state.open) == ("approved", ())


def test_it_is_asked_once_at_a_time():
    assert refused(asked(), "z withdraw").code == "consent_asked"
    assert picture(after(asked(), "d disagree", "z withdraw")) == "a+ | b? [dx d?]"


def test_whoever_is_asked_says_yes_or_no():
    assert refused(asked(), "d return").code == "not_allowed"
    assert refused(asked(), "d transfer e").code == "not_allowed"


def test_where_the_route_names_nobody_it_is_too_late():
    state = after(opened(step("a"), step("b")), "a agree")
    assert refused(state, "z withdraw").code == "already_decided"


def test_a_take_back_asks_nobody_about_it_again():
    state = after(opened(step("ab", mode="all"), step("c"), consent="de"), "a agree", "z withdraw", "b agree")
    state = after(state, "d disagree", "b take_back")
    assert picture(state) == "a+ b? [dx e-] | c."
