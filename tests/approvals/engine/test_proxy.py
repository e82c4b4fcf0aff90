from .hall import after, opened, picture, refused, step


def test_a_proxy_decides_in_the_signers_place_and_is_named():
    state = after(opened(step("a"), step("c")), "b/a agree")
    assert picture(state) == "a+ | c?"
    assert (state.signers[0].person, state.signers[0].by) == ("a", "b")


def test_one_decision_counts():
    refusal = refused(after(opened(step("a"), step("c")), "b/a agree"), "a agree")
    assert (refusal.code, refusal.signer) == ("already_decided", 1)


def test_a_proxy_cannot_approve_what_they_submitted():
    refusal = refused(opened(step("a"), by="b"), "b/a agree")
    assert refusal.code == "own_matter"


def test_not_even_where_the_route_allows_signing_ones_own():
    assert refused(opened(step("a", "b"), by="b", own="allow"), "b/a agree").code == "own_matter"


def test_a_proxy_acts_only_where_the_signer_could():
    assert refused(opened(step("a"), step("c")), "b/c agree").code == "not_your_turn"


def test_a_proxys_yes_does_not_answer_for_either_of_them_later():
    state = opened(step("a"), step("a", "b", mode="all"), dedupe="all")
    assert picture(after(state, "b/a agree")) == "a+ | a? b?"


def test_a_successor_withdraws_for_the_initiator():
    assert after(opened(step("a")), "y/z withdraw").result == "withdrawn"


def test_nobody_acts_for_a_signer_who_may_not_sign():
    assert refused(opened(step("za")), "b/z agree").code == "not_a_signer"
