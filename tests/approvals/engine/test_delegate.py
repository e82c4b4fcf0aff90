from dataclasses import replace

from approvals.engine import decide

from .hall import HALL, after, opened, picture, refused, step, told


def asked():
    return after(opened(step("a"), step("e")), "a delegate b")


def test_the_owner_waits_for_the_opinion_and_decides_then():
    assert picture(asked()) == "a. b? | e."
    state = after(asked(), "b opine")
    assert picture(state) == "a? b! | e."
    assert picture(after(state, "a agree")) == "a+ b! | e?"


def test_the_owner_decides_nothing_meanwhile():
    assert refused(asked(), "a agree").code == "not_your_turn"


def test_the_adviser_only_advises():
    for words in ("b agree", "b disagree", "b return", "b transfer c", "b add_before c"):
        assert refused(asked(), words).code == "only_opinion"


def test_an_adviser_who_delegates_passes_the_advice_on_and_the_owner_stays():
    state = after(asked(), "b delegate c")
    assert picture(state) == "a. b> c? | e."
    assert picture(after(state, "c opine")) == "a? b> c! | e."


def test_an_opinion_has_words():
    refusal = decide(asked(), replace(told("b opine"), opinion=""), HALL)
    assert refusal.code == "opinion_required"


def test_nobody_opines_unasked():
    assert refused(opened(step("a")), "a opine").code == "not_delegated"


def test_the_others_of_the_step_go_on():
    state = after(opened(step("ac", mode="all")), "a delegate b", "c agree")
    assert picture(state) == "a. c+ b?"


def test_an_opinion_is_no_vote():
    state = after(opened(step("abc", mode="vote", votes=2)), "a delegate d", "d opine", "b agree")
    assert picture(state) == "a? b+ c? d!"


def test_a_decision_of_others_lets_the_adviser_go():
    state = after(opened(step("ac"), step("e")), "a delegate b", "c agree")
    assert picture(state) == "a- c+ b- | e?"


def test_the_owner_may_ask_again():
    state = after(asked(), "b opine", "a delegate c", "c opine")
    assert picture(state) == "a? b! c! | e."


def test_an_adviser_is_not_asked_again_in_a_new_round():
    state = after(opened(step("a"), step("c")), "a delegate b", "b opine", "a agree", "c return previous")
    assert picture(state) == "a? | c."
