from .hall import after, do, opened, picture, step


def test_none_asks_the_same_person_again():
    assert picture(after(opened(step("a"), step("a")), "a agree")) == "a+ | a?"


def test_consecutive_answers_the_next_step_only():
    state = opened(step("a"), step("a"), step("b"), step("a"), dedupe="consecutive")
    assert picture(after(state, "a agree")) == "a+ | a= | b? | a."
    assert picture(after(state, "a agree", "b agree")) == "a+ | a= | b+ | a?"


def test_a_skipped_step_between_does_not_part_two_consecutive_ones():
    state = opened(step("a"), step("-", empty="skip"), step("a"), dedupe="consecutive")
    assert after(state, "a agree").result == "approved"


def test_all_answers_every_later_step():
    state = opened(step("a"), step("b"), step("a"), dedupe="all")
    done = after(state, "a agree", "b agree")
    assert (picture(done), done.result) == ("a+ | b+ | a=", "approved")
    assert done.signers[2].reason == "本人此前已同意，自动同意"


def test_the_automatic_yes_counts_for_that_person_only():
    state = opened(step("a"), step("ab", mode="all"), dedupe="all")
    assert picture(after(state, "a agree")) == "a+ | a= b?"


def test_one_automatic_yes_settles_an_any_step():
    state = opened(step("ab", mode="all"), step("cab"), dedupe="all")
    assert picture(after(state, "a agree", "b agree")) == "a+ b+ | c- a= b-"


def test_in_a_sequence_the_turn_passes_on():
    state = opened(step("a"), step("ba", "c", mode="sequence"), dedupe="all")
    assert picture(after(state, "a agree", "b agree")) == "a+ | b+ a= c?"


def test_somebody_skipped_earlier_has_not_agreed():
    assert picture(after(opened(step("ab"), step("b"), dedupe="all"), "a agree")) == "a+ b- | b?"


def test_it_is_reported_as_automatic():
    effects = do(opened(step("a"), step("a"), dedupe="all"), "a agree").effects
    assert [effect.kind for effect in effects] == ["settled", "automatic", "ended"]


def test_a_return_makes_earlier_agreements_count_no_more():
    state = opened(step("a"), step("b"), step("c"), step("a"), dedupe="all")
    state = after(state, "a agree", "b agree", "c return previous", "b agree", "c agree")
    assert picture(state) == "a+ | b+ | c+ | a?"


def test_whoever_waited_for_somebody_who_agrees_automatically_is_asked():
    state = after(opened(step("a"), step("b"), dedupe="all"), "a agree", "b add_before a")
    assert picture(state) == "a+ | b? a="


def test_nobody_agrees_automatically_in_a_place_that_said_no():
    state = opened(step("x"), step("xc", mode="all", reject="collect_all"), dedupe="all")
    state = after(state, "q/x agree", "x add_before d", "d agree", "x return 1", "x agree")
    assert picture(state) == "x+ | x. d? c?"
    assert picture(after(state, "d disagree")) == "x+ | x- dx c?"


def test_an_opinion_is_never_given_automatically():
    assert (
        picture(after(opened(step("a"), step("b"), dedupe="all"), "a agree", "b delegate a")) == "a+ | b. a?"
    )


def test_nor_when_an_adviser_is_asked_again():
    state = after(
        opened(step("a"), step("b"), dedupe="all"), "a agree", "b delegate a", "a opine", "a take_back"
    )
    assert picture(state) == "a+ | b. a?"
