from .hall import after, opened, picture, refused, step


def test_everybody_must_agree():
    state = opened(step("ab", "c", mode="all"))
    assert picture(after(state, "c agree", "a agree")) == "a+ b? c+"
    assert after(state, "c agree", "a agree", "b agree").result == "approved"


def test_one_no_is_a_veto():
    state = after(opened(step("abc", mode="all")), "a agree", "b disagree")
    assert (picture(state), state.result) == ("a+ bx c-", "rejected")
    assert state.signers[2].closed_by == 2


def test_nobody_decides_twice():
    refusal = refused(after(opened(step("ab", mode="all")), "a agree"), "a disagree")
    assert (refusal.code, refusal.signer) == ("already_decided", 1)


def test_a_person_named_by_two_posts_sits_once():
    assert picture(opened(step("ab", "bc", mode="all"))) == "a? b? c?"
