from .hall import after, opened, picture, refused, step


def test_one_is_asked_after_the_other_in_the_order_of_the_route():
    state = opened(step("b", "a", mode="sequence"))
    assert picture(state) == "b? a."
    assert picture(after(state, "b agree")) == "b+ a?"
    assert after(state, "b agree", "a agree").result == "approved"


def test_nobody_comes_before_their_turn():
    assert refused(opened(step("ab", mode="sequence")), "b agree").code == "not_your_turn"
    assert refused(opened(step("a"), step("b")), "b agree").code == "not_your_turn"


def test_those_after_a_no_are_not_asked():
    state = after(opened(step("abc", mode="sequence")), "a agree", "b disagree")
    assert picture(state) == "a+ bx c-"
