"""领取: of several who could decide one claims it, and the others wait until it is put back."""

import pytest

from .hall import after, opened, picture, refused, step


def claims(state) -> str:
    return " ".join(f"{row.person}:{row.claim}" for row in state.signers if row.claim and row.undone)


def start(who: str = "abc", **more):
    return opened(step(who, claim=True, **more), step("d"))


def test_it_is_free_for_all_who_could_decide_it():
    assert (picture(start()), claims(start())) == ("a? b? c? | d.", "a:free b:free c:free")


@pytest.mark.parametrize("act", ["agree", "disagree", "return", "transfer e", "delegate e", "add_before e"])
def test_nobody_does_anything_before_they_have_claimed_it(act):
    assert refused(start(), f"a {act}").code == "unclaimed"


def test_it_is_theirs_then_and_the_others_wait():
    state = after(start(), "b claim")
    assert (picture(state), claims(state)) == ("a. b? c. | d.", "b:held")
    for words in ("a agree", "a claim", "c release"):
        refusal = refused(state, words)
        assert (refusal.code, refusal.signer) == ("claimed", 2)
    assert picture(after(state, "b agree")) == "a- b+ c- | d?"


def test_what_was_put_back_is_free_again():
    state = after(start(), "b claim", "b release")
    assert (picture(state), claims(state)) == ("a? b? c? | d.", "a:free b:free c:free")


def test_only_what_is_free_is_claimed_and_only_what_is_held_is_put_back():
    assert refused(after(start(), "b claim"), "b claim").code == "nothing_to_claim"
    assert refused(start(), "b release").code == "not_claimed"
    assert refused(opened(step("ab")), "a claim").code == "nothing_to_claim"


def test_somebody_alone_has_nothing_to_claim():
    state = start("a")
    assert claims(state) == ""
    assert refused(state, "a claim").code == "nothing_to_claim"
    assert picture(after(state, "a agree")) == "a+ | d?"


def test_a_no_that_does_not_settle_it_leaves_it_to_the_others():
    state = after(start(reject="until_impossible"), "a claim", "a disagree")
    assert (picture(state), claims(state)) == ("ax b? c? | d.", "b:free c:free")


def test_the_last_one_left_need_not_claim_it():
    state = after(start("ab", reject="until_impossible"), "a claim", "a disagree")
    assert picture(after(state, "b agree")) == "ax b+ | d?"


def test_whoever_it_is_transferred_to_has_not_claimed_it():
    state = after(start("ab"), "a claim", "a transfer e")
    assert (picture(state), claims(state)) == ("a> b? e? | d.", "b:free e:free")


def test_it_stays_mine_while_i_ask_somebody():
    state = after(start("ab"), "a claim", "a delegate e")
    assert picture(state) == "a. b. e? | d."
    state = after(state, "e opine")
    assert (picture(state), claims(state)) == ("a? b. e! | d.", "a:held")


def test_those_added_after_me_follow_before_anybody_else_could():
    state = after(start("ab"), "a claim", "a add_after e", "a agree")
    assert picture(state) == "a+ b. e? | d."
    assert picture(after(state, "e agree")) == "a+ b- e+ | d?"


def test_what_is_taken_back_is_put_back():
    state = after(start("ab"), "a claim", "a agree", "a take_back")
    assert (picture(state), claims(state)) == ("a? b? | d.", "a:free b:free")
    later = after(opened(step("d"), step("ab", claim=True)), "d agree", "b claim", "d take_back")
    assert (picture(later), claims(later)) == ("d? | a. b.", "")


def test_what_somebody_else_has_claimed_since_is_not_taken_back():
    state = after(start(reject="until_impossible"), "a claim", "a disagree", "b claim")
    assert refused(state, "a take_back").code == "acted_upon"


def test_it_comes_back_free_after_a_return():
    state = after(start("ab"), "a claim", "a agree", "d return previous")
    assert (picture(state), claims(state)) == ("a? b? | d.", "a:free b:free")


def test_a_proxy_claims_it_for_the_owner():
    state = after(start("ab"), "x/a claim")
    assert claims(state) == "a:held"
    assert picture(after(state, "a agree")) == "a+ b- | d?"
