"""Cases that long runs of random commands found, told to the engine and the model together."""

from __future__ import annotations

from approvals.engine.refusals import Refusal, Why
from approvals.engine.routes import Due, Escalate, PostIn, Route, Unit
from approvals.engine.terms import ApprovalState, Outcome

from .hall import picture, route, step, told
from .laws import hold_of_the_claim
from .pair import follow, start


def due(above: str) -> Due:
    return Due(2, Unit.HOURS, escalate=Escalate(1, PostIn(above)))


def heard(path: Route, *commands: str) -> ApprovalState:
    """The state after the commands, each of which both carry out alike."""
    result = outcome(path, *commands)
    assert isinstance(result, Outcome), result
    return result.state


def outcome(path: Route, *commands: str) -> Outcome | Refusal:
    """What becomes of the last command; the others are carried out."""
    case = start(path, "z", "", {})
    assert case
    (state, model), result = case, None
    for words in commands:
        assert not isinstance(result, Refusal), result
        result = follow(state, model, told(words))
        state = result.state if isinstance(result, Outcome) else state
    assert result
    return result


def test_whoever_was_escalated_for_and_then_never_asked_has_a_new_clock():
    """The post above is the late one's own, so nobody came; then the word that had asked them was taken back."""
    path = route(step("a"), step("b", due=due("b")))
    state = heard(path, "a agree +1", "_ tick +5", "a take_back +6", "a agree +7")
    assert [(row.opened.hour, row.nudge) for row in state.asked] == [(16, "")]


ROUND = ("a add_before x +1", "x agree +1", "a agree +1", "b return 1 +2", "x agree +3")


def test_nobody_is_escalated_for_who_was_never_asked():
    """In the new round a was first asked when x had agreed, and d has come for a: x can't take that back."""
    path = route(step("a", due=due("d")), step("b"))
    state = heard(path, *ROUND, "_ tick +7")
    assert picture(state) == "a? x+ d? | b."
    assert outcome(path, *ROUND, "_ tick +7", "x take_back +8") == Refusal(Why.ACTED_UPON)


def test_who_was_asked_before_they_added_somebody_stays_late():
    """In the first round it was a's own time that was up: d stays when x takes back."""
    path = route(step("a", due=due("d")), step("b"))
    state = heard(path, "a add_before x +1", "x agree +1", "_ tick +7", "x take_back +8")
    assert picture(state) == "a. x? d? | b."


def test_who_was_taken_back_may_claim_nothing():
    """The newcomer of a transfer could have claimed the step; with them goes that they could."""
    state = heard(route(step("ab", claim=True)), "a claim +1", "a transfer c +2", "a take_back +3")
    assert picture(state) == "a? b?"
    hold_of_the_claim(state)
