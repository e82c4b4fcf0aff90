from .hall import after, opened, picture, step


def test_whoever_agreed_in_that_step_is_asked_when_the_turn_comes():
    state = opened(step("ab"), step("c"), step(1))
    assert picture(state) == "a? b? | c. | _."
    assert picture(after(state, "b agree", "c agree")) == "a- b+ | c+ | b?"


def test_all_of_them():
    state = after(opened(step("ab", mode="all"), step(1, mode="all")), "b agree", "a agree")
    assert picture(state) == "a+ b+ | a? b?"


def test_whoever_took_it_over_and_not_whoever_passed_it_on():
    assert picture(after(opened(step("a"), step(1)), "a transfer b", "b agree")) == "a> b+ | b?"


def test_not_whoever_was_added():
    assert picture(after(opened(step("a"), step(1)), "a add_before b", "b agree", "a agree")) == "a+ b+ | a?"


def test_whoever_sits_in_the_step_already_sits_once():
    assert picture(after(opened(step("a"), step("a", 1)), "a agree")) == "a+ | a? _-"


def test_nobody_agreed_there_so_it_is_skipped():
    skipped = step("a", when=[("amount", ">", 10)])
    state = after(opened(skipped, step("b"), step(1), step("c"), facts={"amount": 1}), "b agree")
    assert picture(state) == "_- | b+ | _- | c?"
    assert state.signers[2].reason


def test_a_return_asks_the_same_people_again_or_others():
    state = after(opened(step("ab"), step(1), step("c")), "a agree", "a agree", "c return 1")
    assert picture(state) == "a? b? | _. | c."
    assert picture(after(state, "b agree")) == "a- b+ | b? | c."


def test_the_same_person_agrees_automatically_where_the_route_says_so():
    assert picture(after(opened(step("a"), step(1), step("c"), dedupe="all"), "a agree")) == "a+ | a= | c?"


def test_they_sit_where_the_route_names_them():
    state = opened(step("ab", mode="all"), step(1, "c", mode="sequence"))
    assert picture(after(state, "a agree", "b agree", "a agree")) == "a+ b+ | a+ c. b?"


def test_whoever_took_over_such_a_place_does_not_keep_it_in_a_new_round():
    state = after(opened(step("a"), step(1), step("c")), "a agree", "a transfer b", "b agree", "c return 1")
    assert picture(state) == "a? | _. | c."
    assert picture(after(state, "a agree")) == "a+ | a? | c."
