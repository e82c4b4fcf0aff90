from approvals.engine.routes import Automatic, Due, Escalate, PostIn, Then, Unit

from .hall import after, do, opened, picture, refused, step


def late(posts: str = "a", **rest):
    due = Due(2, Unit.DAYS, **rest)
    return opened(step(posts, mode="all", due=due), step("e"))


def kinds(state, words: str) -> list[str]:
    return [effect.kind for effect in do(state, words).effects]


def test_it_is_due_so_long_after_somebody_is_asked():
    state = after(late(), "a agree +1")
    assert [row.due for row in state.signers][1] is None
    assert (state.signers[0].due - state.signers[0].opened).days == 2


def test_a_reminder_before_and_urging_when_it_is_up_once_each():
    state = late(remind=1)
    assert kinds(state, "_ tick +23") == []
    assert kinds(state, "_ tick +24") == ["reminded"]
    state = after(state, "_ tick +25")
    assert kinds(state, "_ tick +47") == []
    assert kinds(state, "_ tick +48") == ["urged"]
    assert kinds(after(state, "_ tick +49"), "_ tick +50") == []


def test_a_reminder_that_was_missed_comes_no_more():
    assert kinds(late(remind=1), "_ tick +49") == ["urged"]


def test_the_named_post_may_decide_too():
    state = after(late(escalate=Escalate(1, PostIn("bc"))), "_ tick +73")
    assert picture(state) == "a? b? c? | e."
    assert picture(after(state, "c agree")) == "a- b- c+ | e?"
    assert picture(after(state, "a agree")) == "a+ b- c- | e?"


def test_whoever_holds_two_of_the_named_posts_is_asked_once():
    state = after(late(escalate=Escalate(1, PostIn("bb"))), "_ tick +73")
    assert picture(state) == "a? b? | e."


def test_the_system_agrees_where_the_route_says_so():
    state = after(late(then=Automatic(1, Then.AGREE)), "_ tick +73")
    assert picture(state) == "a= | e?"
    assert state.signers[0].reason


def test_or_returns_it():
    state = after(late(then=Automatic(1, Then.RETURN)), "_ tick +73")
    assert (picture(state), state.result) == ("a< | e-", "returned")
    assert (state.signers[0].by, bool(state.signers[0].reason)) == (None, True)


def test_every_row_has_its_own_time():
    due = Due(1, Unit.DAYS)
    state = after(opened(step("ab", mode="sequence", due=due)), "a agree +20")
    assert kinds(state, "_ tick +43") == []
    assert kinds(state, "_ tick +44") == ["urged"]


def test_hours_are_counted_too():
    assert kinds(opened(step("a", due=Due(3, Unit.HOURS))), "_ tick +4") == ["urged"]


def test_nothing_is_due_where_the_route_says_nothing():
    assert kinds(opened(step("a")), "_ tick +1000") == []


def test_nothing_happens_after_the_end():
    state = after(late(), "z withdraw")
    assert refused(state, "_ tick +100").code == "ended"


def test_the_first_decision_counts_even_if_others_have_still_to_agree():
    state = after(late(escalate=Escalate(1, PostIn("b"))), "a add_after c", "_ tick +72", "b agree")
    assert picture(state) == "a- c? b+ | e."
    assert picture(after(state, "c agree")) == "a- c+ b+ | e?"


def test_whoever_came_for_the_delay_or_in_their_place_comes_no_more_in_a_new_round():
    state = after(late(escalate=Escalate(1, PostIn("b"))), "_ tick +72", "b transfer c", "c agree")
    assert picture(after(state, "e return previous")) == "a? | e."


def test_the_yes_of_the_system_is_no_yes_of_the_person():
    due = Due(2, then=Automatic(1, Then.AGREE))
    state = opened(step("a", due=due), step("a"), dedupe="all")
    assert picture(after(state, "_ tick +72")) == "a= | a?"
