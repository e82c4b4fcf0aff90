from dataclasses import replace

from approvals.engine import decide

from .hall import HALL, after, opened, opening, picture, refused, route, step, told


def vote(posts: str, votes: int | str = 2, **rest):
    return opened(step(posts, mode="vote", votes=votes, **rest), step("e"))


def test_it_passes_with_the_last_yes_it_needs():
    state = after(vote("abc"), "a agree", "c agree")
    assert picture(state) == "a+ b- c+ | e?"
    assert state.signers[1].reason


def test_it_fails_as_soon_as_it_can_pass_no_more():
    assert picture(after(vote("abc"), "a disagree")) == "ax b? c? | e."
    state = after(vote("abc"), "a disagree", "b disagree")
    assert (picture(state), state.result) == ("ax bx c- | e-", "rejected")


def test_who_came_last_makes_no_difference():
    one = after(vote("abc", 1, reject="collect_all"), "a agree", "b disagree", "c disagree")
    other = after(vote("abc", 1, reject="collect_all"), "c disagree", "b disagree", "a agree")
    assert picture(one) == picture(other) == "a+ bx cx | e?"


def test_a_ratio_is_of_all_who_vote_and_rounded_up():
    state = after(vote("abcd", "2/3"), "a agree", "b agree")
    assert picture(state) == "a+ b+ c? d? | e."
    assert picture(after(state, "c agree")) == "a+ b+ c+ d- | e?"


def test_an_abstention_is_no_yes():
    assert picture(after(vote("abc"), "a abstain", "b agree")) == "ao b+ c? | e."
    assert after(vote("abc"), "a abstain", "b abstain").result == "rejected"


def test_a_veto_ends_it_at_the_first_no_and_it_passes_only_when_everybody_is_heard():
    state = vote("abc", 1, reject="veto")
    assert after(state, "a disagree").result == "rejected"
    assert picture(after(state, "a agree", "b agree")) == "a+ b+ c? | e."
    assert picture(after(state, "a agree", "b agree", "c abstain")) == "a+ b+ co | e?"


def test_somebody_skipped_at_opening_is_not_counted():
    assert picture(after(vote("zab", "1/2"), "a agree")) == "z- a+ b- | e?"


def test_a_vote_that_could_never_pass_does_not_start():
    refusal = opening(route(step("ab", mode="vote", votes=3)))
    assert (refusal.code, refusal.named) == ("too_few_voters", "环节")


def test_only_a_vote_knows_abstentions():
    assert refused(opened(step("a")), "a abstain").code == "not_a_vote"


def test_somebody_added_says_yes_or_no():
    state = after(vote("abc"), "a add_before d")
    assert refused(state, "d abstain").code == "not_a_vote"


def test_an_abstention_needs_no_opinion():
    silent = replace(told("a abstain"), opinion="")
    assert picture(decide(vote("abc"), silent, HALL).state) == "ao b? c? | e."


def test_nor_one_in_which_everybody_is_heard():
    assert opening(route(step("a", mode="vote", votes=2, reject="collect_all"))).code == "too_few_voters"
