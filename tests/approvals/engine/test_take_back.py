from .hall import after, opened, picture, refused, step


def test_a_decision_is_asked_again():
    state = after(opened(step("a"), step("b")), "a agree", "a take_back")
    assert picture(state) == "a? | b."
    assert after(state, "a agree", "b agree").result == "approved"


def test_the_siblings_it_skipped_are_asked_again():
    assert picture(after(opened(step("ab"), step("c")), "a agree", "a take_back")) == "a? b? | c."


def test_not_once_somebody_after_has_acted():
    state = after(opened(step("a"), step("b"), step("c")), "a agree", "b agree")
    assert refused(state, "a take_back").code == "acted_upon"
    assert refused(after(state, "c delegate d"), "b take_back").code == "acted_upon"


def test_the_next_of_a_sequence_comes_after_and_a_sibling_does_not():
    state = after(opened(step("abc", mode="sequence")), "a agree", "b agree")
    assert refused(state, "a take_back").code == "acted_upon"
    state = after(opened(step("abc", mode="all")), "a agree", "b agree", "a take_back")
    assert picture(state) == "a? b+ c?"


def test_a_transfer():
    state = after(opened(step("a")), "a transfer b")
    assert picture(after(state, "a take_back")) == "a?"
    assert refused(after(opened(step("a"), step("c")), "a transfer b", "b agree"), "a take_back").code == (
        "acted_upon"
    )


def test_a_delegation():
    state = after(opened(step("a")), "a delegate b")
    assert picture(after(state, "a take_back")) == "a?"


def test_an_opinion_until_the_owner_acts():
    state = after(opened(step("a"), step("c")), "a delegate b", "b opine")
    assert picture(after(state, "b take_back")) == "a. b? | c."
    assert refused(after(state, "a agree"), "b take_back").code == "acted_upon"


def test_a_return_to_an_earlier_step():
    state = after(opened(step("a"), step("b")), "a agree", "b return previous")
    assert picture(after(state, "b take_back")) == "a+ | b?"
    assert refused(after(state, "a agree"), "b take_back").code == "acted_upon"


def test_an_automatic_yes_that_followed_goes_with_it():
    state = opened(step("a"), step("a"), step("b"), dedupe="all")
    assert picture(after(state, "a agree", "a take_back")) == "a? | a. | b."


def test_nothing_after_the_end():
    assert refused(after(opened(step("a")), "a agree"), "a take_back").code == "ended"
    assert refused(after(opened(step("a")), "a return"), "a take_back").code == "ended"


def test_whoever_did_nothing_has_nothing():
    assert refused(opened(step("ab", mode="all")), "a take_back").code == "nothing_to_take_back"


def test_the_step_must_allow_it():
    state = after(opened(step("a", allow=()), step("b")), "a agree")
    assert refused(state, "a take_back").code == "not_allowed"


def test_it_can_be_decided_otherwise():
    assert after(opened(step("a"), step("b")), "a agree", "a take_back", "a disagree").result == "rejected"


def test_not_once_a_sibling_has_returned_it():
    state = after(opened(step("x"), step("ab", mode="all")), "x agree", "a agree", "b return previous")
    assert refused(state, "a take_back").code == "acted_upon"


def test_not_once_it_was_submitted_again():
    state = after(opened(step("a"), says="x1"), "a return", "z resubmit x2")
    assert refused(state, "a take_back").code == "acted_upon"


def test_not_what_others_have_settled_without_it():
    state = after(opened(step("ab"), step("c")), "a delegate d", "b agree")
    assert refused(state, "a take_back").code in ("nothing_to_take_back", "acted_upon")
    state = after(opened(step("ab", reject="collect_all"), step("c")), "a disagree", "b agree")
    assert refused(state, "a take_back").code == "acted_upon"


def test_not_a_delegation_that_was_passed_on():
    state = after(opened(step("a")), "a delegate b", "b delegate c")
    assert refused(state, "a take_back").code == "acted_upon"
    assert picture(after(state, "b take_back", "a take_back")) == "a?"
    assert refused(after(state, "c opine"), "b take_back").code == "acted_upon"


def test_not_a_transfer_to_somebody_who_was_removed():
    state = after(opened(step("a")), "a add_before bc", "b transfer d", "a remove d")
    assert refused(state, "b take_back").code == "acted_upon"


def test_not_where_they_would_sit_twice():
    state = after(opened(step("ab", mode="all")), "b transfer c", "a delegate b")
    assert refused(state, "b take_back").code == "acted_upon"


def test_not_a_yes_on_which_somebody_else_was_asked():
    state = after(opened(step("a")), "a add_before b", "b agree", "a delegate c", "c opine")
    assert refused(state, "b take_back").code == "acted_upon"


def test_those_who_wait_again_were_never_asked():
    state = after(opened(step("a"), step("b")), "a agree +1", "a take_back +2")
    assert state.signers[1].opened is None
    assert after(state, "a agree +9").signers[1].opened.hour == 18


def test_those_who_decided_another_step_are_found_anew():
    state = after(opened(step("a"), step("a", 1)), "a agree")
    assert picture(state) == "a+ | a? _-"
    assert picture(after(state, "a take_back", "a transfer b", "b agree")) == "a> b+ | a? b?"


def test_their_sibling_is_asked_again():
    state = after(opened(step("ab", mode="all"), step(1), step("c")), "a agree", "b agree", "a agree")
    assert picture(state) == "a+ b+ | a+ b- | c?"
    assert picture(after(state, "a take_back")) == "a+ b+ | a? b? | c."


def test_an_adviser_of_somebody_added_after_is_asked_again():
    state = after(
        opened(step("a")), "a add_after b", "a agree", "b delegate c", "c delegate d", "c take_back"
    )
    assert picture(state) == "a+ b. c?"
