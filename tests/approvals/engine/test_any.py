from .hall import after, opened, picture, refused, step


def test_everybody_of_the_step_is_asked_at_once():
    assert picture(opened(step("ab"), step("c"))) == "a? b? | c."


def test_the_first_agreement_settles_the_step():
    state = after(opened(step("ab"), step("c")), "b agree")
    assert picture(state) == "a- b+ | c?"
    assert state.signers[0].reason == "或签，已由他人办理"


def test_the_second_of_two_learns_who_was_first():
    refusal = refused(after(opened(step("ab")), "b agree"), "a agree")
    assert (refusal.code, refusal.signer) == ("already_decided", 2)


def test_the_first_no_settles_it_too():
    state = after(opened(step("ab"), step("c")), "a disagree")
    assert (picture(state), state.result) == ("ax b- | c-", "rejected")


def test_a_later_step_is_settled_by_its_first_agreement_as_well():
    assert picture(after(opened(step("c"), step("ab")), "c agree", "b agree")) == "c+ | a- b+"
