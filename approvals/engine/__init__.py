"""The approval engine: a route, the rows so far and one command in; the new state or a refusal out.

Pure: no Django, no clock, no I/O. The words are in `terms`, every command is a function in `acts`, what
follows from the rows alone is in `advance`, what a step comes to in `places`. What is to be stored and told
is the difference of the two states. Semantics: docs/invariants/approvals.md.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

from .acts import adding, claiming, deciding, passing, returning, taking_back, telling, timing
from .acts.guards import Stop
from .advance import Course
from .opening import Opening
from .records import replace
from .refusals import Refusal
from .routes import Fact, Person, Route
from .terms import (
    ApprovalState,
    Claim,
    Command,
    Content,
    Do,
    Holder,
    Link,
    Lookup,
    Outcome,
    Signer,
    State,
)

Act = Callable[[ApprovalState, Command, Lookup], ApprovalState]
_ACTS: dict[Do, Act] = {
    Do.AGREE: deciding.agree,
    Do.DISAGREE: deciding.disagree,
    Do.ABSTAIN: deciding.abstain,
    Do.OPINE: deciding.opine,
    Do.RETURN: returning.send_back,
    Do.RESUBMIT: returning.resubmit,
    Do.TRANSFER: passing.transfer,
    Do.DELEGATE: passing.delegate,
    Do.ADD_BEFORE: adding.add_before,
    Do.ADD_AFTER: adding.add_after,
    Do.REMOVE: adding.remove,
    Do.TAKE_BACK: taking_back.take_back,
    Do.WITHDRAW: taking_back.withdraw,
    Do.VOID: taking_back.void,
    Do.READ: telling.read,
    Do.URGE: telling.urge,
    Do.CLAIM: claiming.claim,
    Do.RELEASE: claiming.release,
    Do.TICK: timing.tick,
}


def open_route(
    route: Route,
    initiator: Holder,
    lookup: Lookup,
    drafters: Iterable[Person] = (),
    *,
    facts: Mapping[str, Fact] | None = None,
    digest: str = "",
    content: Content | None = None,
    at: dt.datetime | None = None,
) -> Outcome | Refusal:
    """Seat the signers of every step and open the first; refused where it could never be decided."""
    authors = frozenset(drafters) | {initiator.person}
    blank = ApprovalState(
        route, initiator, authors, facts=facts or {}, digest=digest, contents={digest: content or {}}
    )
    signers = Opening(route, initiator, authors, lookup, blank.facts).signers()
    if isinstance(signers, Refusal):
        return signers
    return Outcome(blank, Course(lookup, at).advance(replace(blank, signers=signers)))


def decide(state: ApprovalState, command: Command, lookup: Lookup) -> Outcome | Refusal:
    """Carry out one command, or say why not. The state that was passed in never changes."""
    try:
        return Outcome(state, _ACTS[command.do](state, command, lookup))
    except Stop as stop:
        return stop.refusal


def predict(state: ApprovalState, lookup: Lookup) -> tuple[Signer, ...]:
    """Who is asked from now on, in order, if everybody agrees (in 或签: if the first named one does).

    Those who are asked later have the latest `due`: everybody before them takes the time they are given.
    """
    asked = list(state.asked)
    while state.asked:
        first = state.asked[0]
        word = State.OPINED if first.link is Link.OPINION else State.AGREED
        claim = Claim.HELD if first.claim is Claim.FREE else first.claim
        done = replace(first, state=word, by=first.person, claim=claim)
        state = Course(lookup, first.due or first.opened, done).advance(state.put(done))
        seen = {row.key for row in asked}
        asked += [row for row in state.asked if row.key not in seen]
    return tuple(asked)
