from .hall import after, do, opened, refused, step

PAIR = step("ab", mode="all")


def test_everybody_who_is_asked_is_urged():
    effects = do(opened(PAIR, step("c")), "z urge").effects
    assert [(effect.kind, effect.signer) for effect in effects] == [("urged", 1), ("urged", 2)]


def test_or_those_who_are_named():
    assert [effect.signer for effect in do(opened(PAIR), "z urge b").effects] == [2]


def test_at_most_once_a_day():
    state = after(opened(PAIR), "z urge +1")
    assert refused(state, "z urge +14").code == "urged_today"
    assert len(do(state, "z urge +15").effects) == 2


def test_whoever_was_not_urged_today_still_may_be():
    state = after(opened(PAIR), "z urge a")
    assert [effect.signer for effect in do(state, "z urge").effects] == [2]


def test_only_the_initiator():
    assert refused(opened(PAIR), "a urge").code == "not_the_initiator"


def test_nobody_is_urged_before_their_turn_or_after_the_end():
    assert refused(opened(PAIR, step("c")), "z urge c").code == "nobody_to_urge"
    assert refused(after(opened(step("a")), "a agree"), "z urge").code == "ended"
