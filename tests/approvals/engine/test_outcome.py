from approvals.engine.terms import Effect, Outcome

from .hall import do, opened, opening, route, step


def keys(rows):
    return [row.key for row in rows]


def test_opening_adds_every_row_and_opens_the_first():
    outcome = opening(route(step("ab"), step("c")))
    assert isinstance(outcome, Outcome)
    assert (keys(outcome.added), outcome.changed) == ([1, 2, 3], ())
    assert outcome.effects == (Effect("opened", 1, 1), Effect("opened", 1, 2))


def test_only_rows_that_changed_are_given_back():
    outcome = do(opened(step("ab"), step("c"), step("d")), "a agree")
    assert (keys(outcome.changed), outcome.added) == ([1, 2, 3], ())
    assert outcome.effects == (Effect("settled", 1), Effect("closed", 1, 2), Effect("opened", 2, 3))


def test_a_step_half_done_is_not_settled():
    assert do(opened(step("ab", mode="all")), "a agree").effects == ()


def test_the_last_yes_settles_and_ends():
    assert do(opened(step("a")), "a agree").effects == (Effect("settled", 1), Effect("ended"))


def test_a_return_to_the_previous_step_adds_rows_and_settles_nothing():
    state = do(opened(step("a"), step("bc", mode="all")), "a agree").state
    outcome = do(state, "b return previous")
    assert (keys(outcome.changed), keys(outcome.added)) == ([2, 3], [4, 5, 6])
    assert outcome.effects == (Effect("closed", 2, 3), Effect("opened", 1, 4))


def test_the_current_step_is_none_after_the_end():
    assert opened(step("a")).step == 1
    assert do(opened(step("a")), "a agree").state.step is None


def test_somebody_who_was_never_asked_is_not_told_that_it_is_gone():
    outcome = do(opened(step("a"), step("b")), "a disagree")
    assert (keys(outcome.changed), outcome.effects) == ([1, 2], (Effect("ended"),))
