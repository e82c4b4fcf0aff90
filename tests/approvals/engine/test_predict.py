from approvals.engine import predict

from .hall import HALL, after, opened, step


def asked(state):
    return "".join(row.person for row in predict(state, HALL))


def test_everybody_is_named_in_the_order_in_which_they_are_asked():
    assert asked(opened(step("ba"), step("c", "d", mode="sequence"), step("ef", mode="all"))) == "bacdef"


def test_whoever_is_skipped_or_answered_by_dedupe_is_not_named():
    assert asked(opened(step("a"), step("z"), step("ab", mode="all"), dedupe="all")) == "ab"


def test_it_goes_on_from_where_the_approval_stands():
    state = after(opened(step("a"), step("b"), step("c")), "a agree", "b return previous")
    assert asked(state) == "abc"
    assert asked(after(state, "a agree")) == "bc"


def test_after_the_end_nobody_is_asked():
    assert asked(after(opened(step("a")), "a disagree")) == ""
