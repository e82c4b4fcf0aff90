from .hall import after, opened, picture, refused, step


def test_whoever_adds_before_waits_for_all_of_them():
    state = after(opened(step("a"), step("e")), "a add_before bc")
    assert picture(state) == "a. b? c? | e."
    assert picture(after(state, "b agree")) == "a. b+ c? | e."
    assert picture(after(state, "b agree", "c agree")) == "a? b+ c+ | e."


def test_those_added_after_are_asked_once_the_yes_stands():
    state = after(opened(step("a"), step("e")), "a add_after bc")
    assert picture(state) == "a? b. c. | e."
    assert picture(after(state, "a agree")) == "a+ b? c? | e."
    assert picture(after(state, "a agree", "b agree", "c agree")) == "a+ b+ c+ | e?"


def test_somebody_who_has_agreed_may_add_while_the_step_runs():
    state = after(opened(step("ab", mode="all")), "a agree", "a add_after c")
    assert picture(state) == "a+ b? c?"
    assert picture(after(state, "b agree")) == "a+ b+ c?"


def test_nobody_is_added_once_the_step_is_over():
    state = after(opened(step("a"), step("e")), "a agree")
    assert refused(state, "a add_after c").code == "already_decided"


def test_a_no_of_somebody_added_is_the_no_of_the_place():
    assert after(opened(step("a")), "a add_before b", "b disagree").result == "rejected"
    assert after(opened(step("a")), "a add_after b", "a agree", "b disagree").result == "rejected"


def test_adding_changes_nothing_of_what_a_vote_needs():
    state = after(opened(step("abc", mode="vote", votes="2/3")), "a add_before de", "d agree", "e agree")
    assert picture(state) == "a? b? c? d+ e+"
    assert after(state, "a agree", "b agree").result == "approved"


def test_the_next_of_a_sequence_waits_for_those_added_after():
    state = after(opened(step("ab", mode="sequence")), "a add_after c", "a agree")
    assert picture(state) == "a+ b. c?"
    assert picture(after(state, "c agree")) == "a+ b? c+"


def test_those_added_add_nobody_but_may_pass_it_on():
    state = after(opened(step("a")), "a add_before b")
    assert refused(state, "b add_before c").code == "not_allowed"
    assert picture(after(state, "b transfer c", "c agree")) == "a? b> c+"


def test_nobody_sits_twice_in_a_step():
    assert refused(opened(step("ab", mode="all")), "a add_before b").code == "already_there"
    assert refused(opened(step("a")), "a add_after a").code == "already_there"
    assert refused(opened(step("a")), "a add_after bb").code == "already_there"


def test_whose_matter_it_is_cannot_be_added():
    assert refused(opened(step("a")), "a add_after z").code == "their_matter"


def test_a_step_may_allow_one_and_not_the_other():
    state = opened(step("a", allow=("add_after",)))
    assert refused(state, "a add_before b").code == "not_allowed"
    assert picture(after(state, "a add_after b")) == "a? b."


def test_they_come_again_in_a_new_round():
    state = after(
        opened(step("a"), step("e")), "a add_before b", "b agree", "a add_after c", "a agree", "c agree"
    )
    state = after(state, "e return previous")
    assert picture(state) == "a. b? c. | e."
    assert picture(after(state, "b agree", "a agree")) == "a+ b+ c? | e."


def test_in_a_sequence_not_once_the_next_one_is_asked():
    state = after(opened(step("ab", mode="sequence")), "a agree")
    assert refused(state, "a add_after c").code == "already_decided"


def test_an_author_adds_nobody_for_another():
    state = after(opened(step("ab", mode="all")), "a agree")
    assert refused(state, "z/a add_after c").code == "own_matter"


def test_whoever_waits_for_somebody_who_said_no_is_not_asked_any_more():
    state = opened(step("ab", mode="all", reject="collect_all"))
    assert picture(after(state, "a add_before c", "c disagree")) == "a- b? cx"
