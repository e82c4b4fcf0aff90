from .hall import after, opened, picture, refused, step


def test_somebody_added_is_taken_out_again_and_the_adder_goes_on():
    state = after(opened(step("a")), "a add_before bc", "a remove b")
    assert picture(state) == "a. c?"
    assert picture(after(state, "a remove c")) == "a?"
    assert state.signers[1].state == "removed"
    assert state.signers[1].reason


def test_whoever_they_brought_in_goes_with_them():
    state = after(opened(step("a")), "a add_before bd", "b delegate c", "a remove b")
    assert picture(state) == "a. d?"


def test_only_those_one_added():
    state = after(opened(step("ab", mode="all")), "a add_after c")
    assert refused(state, "b remove c").code == "not_yours_to_remove"
    assert refused(state, "b remove a").code == "not_yours_to_remove"


def test_not_whoever_has_decided():
    state = after(opened(step("a")), "a add_before bc", "b agree")
    assert refused(state, "a remove b").code == "not_yours_to_remove"


def test_never_the_last_one():
    state = after(opened(step("a")), "a add_after b", "a agree")
    assert refused(state, "a remove b").code == "last_one"


def test_a_step_that_waited_for_them_alone_goes_on_with_the_others():
    state = after(opened(step("ab", mode="all")), "a agree", "a add_after c", "a remove c")
    assert picture(state) == "a+ b?"


def test_somebody_removed_may_be_added_again():
    state = after(opened(step("a")), "a add_before b", "a remove b", "a add_before b")
    assert picture(state) == "a. b?"


def test_whoever_they_passed_it_on_to_stands_for_them():
    state = after(opened(step("a")), "a add_before bd", "b transfer c", "a remove c")
    assert picture(state) == "a. b> d?"


def test_what_they_advised_already_stays():
    state = after(opened(step("a")), "a add_before b", "b delegate c", "c opine", "a remove b")
    assert picture(state) == "a? c!"
