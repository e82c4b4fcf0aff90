from .hall import after, opened, picture, refused, step


def test_the_initiator_takes_it_back_while_nobody_decided():
    state = after(opened(step("ab"), step("c")), "z withdraw")
    assert (picture(state), state.result) == ("a- b- | c-", "withdrawn")
    assert {row.reason for row in state.signers} == {"发起人已撤回"}


def test_after_the_first_decision_it_is_too_late():
    refusal = refused(after(opened(step("a"), step("b")), "a agree"), "z withdraw")
    assert (refusal.code, refusal.signer) == ("already_decided", 1)


def test_a_decision_since_returned_counts_all_the_same():
    state = after(opened(step("a"), step("b")), "a agree", "b return previous")
    assert refused(state, "z withdraw").code == "already_decided"


def test_nobody_else_may():
    assert refused(opened(step("a")), "a withdraw").code == "not_the_initiator"


def test_what_has_ended_stays_so():
    assert refused(after(opened(step("a")), "a agree"), "z withdraw").code == "ended"


def test_a_signer_who_comes_later_is_told_that_it_is_over():
    assert refused(after(opened(step("a")), "z withdraw"), "a agree").code == "ended"
