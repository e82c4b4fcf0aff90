from .hall import after, opened, picture, refused, step


def test_a_cancelled_subject_ends_the_approval_at_any_time():
    state = after(opened(step("a"), step("b")), "a agree", "q void")
    assert (picture(state), state.result) == ("a+ | b-", "void")
    assert state.signers[1].reason == "事项已撤销"


def test_what_has_ended_stays_so():
    assert refused(after(opened(step("a")), "a agree"), "q void").code == "ended"
