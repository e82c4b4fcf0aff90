from .hall import after, opened, picture, refused, step


def test_to_the_initiator_ends_the_approval_as_returned():
    state = after(opened(step("ab"), step("c")), "a return")
    assert (picture(state), state.result) == ("a< b- | c-", "returned")
    assert [row.reason for row in state.signers[1:]] == ["已有人退回发起人"] * 2


def test_to_the_previous_step_asks_it_again_and_then_this_one():
    state = after(
        opened(step("a"), step("bc", mode="all"), step("d")), "a agree", "b agree", "c return previous"
    )
    assert picture(state) == "a? | b. c. | d."
    assert picture(after(state, "a agree")) == "a+ | b? c? | d."
    assert after(state, "a agree", "b agree", "c agree", "d agree").result == "approved"


def test_the_old_rows_stay_as_they_were_decided():
    state = after(opened(step("a"), step("bc")), "a agree", "b return previous")
    assert [(row.person, row.state, row.round) for row in state.signers[:3]] == [
        ("a", "agreed", 1),
        ("b", "returned", 1),
        ("c", "skipped", 1),
    ]
    assert [row.round for row in state.signers[3:]] == [2, 2, 2]


def test_a_step_without_any_decision_is_passed_over():
    state = opened(step("a"), step("-", empty="skip"), step("z"), step("b"))
    assert picture(after(state, "a agree", "b return previous")) == "a? | _- | z- | b."


def test_a_step_answered_by_an_earlier_agreement_is_asked_this_time():
    state = opened(step("a"), step("a", "c", mode="all"), step("b"), dedupe="all")
    assert picture(after(state, "a agree", "c agree", "b return previous")) == "a+ | a? c? | b."


def test_everybody_of_an_any_step_is_asked_again():
    assert picture(after(opened(step("ab"), step("c")), "a agree", "c return previous")) == "a? b? | c."


def test_the_first_step_has_none_before_it():
    refusal = refused(opened(step("a"), step("b")), "a return previous")
    assert refusal.code == "no_previous"
    assert "退回发起人" in refusal.says


def test_twice_over_goes_back_twice():
    state = after(opened(step("a"), step("b"), step("c")), "a agree", "b agree", "c return previous")
    assert picture(after(state, "b return previous")) == "a? | b. | c."


def test_whoever_signs_for_another_still_reads_why_in_the_new_round():
    state = after(opened(step("-", empty="a"), step("b")), "a agree", "b return previous")
    assert state.signers[2].note == state.signers[0].note != ""
