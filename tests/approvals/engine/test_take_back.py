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
