"""What always holds, whatever was said: docs/invariants/approvals.md, last chapter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from approvals.engine import decide, predict
from approvals.engine.routes import Mode, OnReject, OnSelf
from approvals.engine.terms import (
    DECIDED,
    DECIDERS,
    ApprovalState,
    Claim,
    Command,
    Do,
    Kind,
    Link,
    Outcome,
    Result,
    Signer,
    State,
)

from .hall import Hall

SIDE = (Link.COPY, Link.CONSENT)
REASONED = (State.SKIPPED, State.REMOVED)


def hold_of_the_state(state: ApprovalState) -> None:
    pending = state.result is Result.PENDING
    assert bool(state.asked) == pending
    assert not pending or {row.step for row in state.asked} == {state.step}
    assert pending or not any(row.undone for row in state.signers)
    for row in state.open:
        assert state.may_sign(row.person)
    for row in state.signers:
        holds_of_the_row(state, row)
    for number in range(1, len(state.route.steps) + 1):
        nobody_sits_twice(state, number)


def holds_of_the_row(state: ApprovalState, row: Signer) -> None:
    """Whoever is skipped, taken out or answered for reads why. Authors sign for themselves alone, if at all."""
    answered_for = row.state in DECIDED and row.by is None
    assert row.reason or not (row.state in REASONED or answered_for)
    if row.by in state.authors and row.state is not State.READ:
        assert row.by == row.person
        assert state.route.on_self is OnSelf.ALLOW
    assert (
        (row.digest in state.contents)
        if row.state in DECIDED
        else row.digest == "" or row.state is State.OPINED
    )


def nobody_sits_twice(state: ApprovalState, number: int) -> None:
    gone = (State.PASSED, State.SKIPPED)
    people = Counter(row.person for row in state.of_step(number) if row.person and row.state not in gone)
    assert not people or max(people.values()) == 1


def hold_of_the_move(before: ApprovalState, outcome: Outcome, command: Command) -> None:
    """What was decided is decided: a command decides the rows that were open, a take-back alone undoes."""
    after, old = outcome.state, {row.key: row for row in before.signers}
    assert before.signers == tuple(old.values())
    assert [row.key for row in after.signers] == list(range(1, len(after.signers) + 1))
    spoken = [row for row in outcome.changed if row.by is not None and row.state in (*DECIDED, State.OPINED)]
    if command.do is not Do.TAKE_BACK:
        assert all(
            old[row.key].undone or old[row.key].state is State.TO_READ for row in reworded(old, outcome)
        )
        assert all(old[row.key].state is State.OPEN and row.by == command.by for row in spoken)
        assert all(old[row.key].claim is not Claim.FREE for row in spoken)
        assert len(spoken) <= 1
    ended = [effect for effect in outcome.effects if effect.kind is Kind.ENDED]
    assert len(ended) == (after.result is not Result.PENDING and before.result is not after.result)
    if before.result is not Result.PENDING:
        assert command.do in (Do.READ, Do.RESUBMIT)


def reworded(old: dict[int, Signer], outcome: Outcome) -> list[Signer]:
    return [row for row in outcome.changed if row.state is not old[row.key].state]


def hold_of_the_claim(state: ApprovalState) -> None:
    """One holds it, and nobody else could decide; or nobody does, and several could."""
    asked = [row for row in state.asked if row.link in DECIDERS]
    held = [row for row in state.signers if row.claim is Claim.HELD and row.undone]
    free = [row for row in state.signers if row.claim is Claim.FREE]
    assert len(held) <= 1
    assert not held or (not free and all(row in held for row in asked))
    assert all(row.state is State.OPEN for row in free)
    claiming = state.step is not None and state.definition(state.step).claim
    assert claiming or not held + free
    assert not claiming or held or len(asked) < 2 or set(asked) <= set(free)


def hold_of_the_vote(state: ApprovalState) -> None:
    """It is asked on only while both a yes and a no of everybody who is left could still matter."""
    step = state.definition(state.step) if state.step else None
    if step is None or step.mode is not Mode.VOTE or step.on_reject is not OnReject.UNTIL_IMPOSSIBLE:
        return
    words = [place_word(place) for place in by_place(state.of_step(state.step or 0))]
    voters = [word for word in words if word != "nobody"]
    yes, needed = voters.count("yes"), step.votes.needed(len(voters))
    assert yes < needed <= yes + voters.count("open")


def by_place(rows: Iterable[Signer]) -> list[list[Signer]]:
    places: dict[int, list[Signer]] = {}
    for row in rows:
        places.setdefault(row.root, []).append(row)
    return list(places.values())


def place_word(place: list[Signer]) -> str:
    states = {row.state for row in place if row.link is not Link.OPINION}
    if State.REJECTED in states:
        return "no"
    if states & {State.OPEN, State.WAITING}:
        return "open"
    decided = {row.state for row in place if row.link in DECIDERS}
    return "yes" if State.AGREED in decided else "abstain" if State.ABSTAINED in decided else "nobody"


def hold_of_the_owner(state: ApprovalState) -> None:
    """A place has a decider until it has spoken."""
    for place in by_place(row for step in range(state.step or 99, 9) for row in state.of_step(step)):
        deciders = [row for row in place if row.link in DECIDERS]
        brought = [row for row in place if row.undone]
        assert not brought or any(row.undone or row.state in DECIDED for row in deciders)


def holds_of_the_jump(before: ApprovalState, after: ApprovalState) -> None:
    """Sent again: whoever is not asked anew saw this, or all but what the returner named."""
    first = min(row.step for row in after.signers if row.round == after.began)
    named = set(before.contents[before.digest]) - (before.frozen or set()) if before.jump else set()
    for number in range(1, first):
        for row in after.of_step(number):
            if row.state in (State.AGREED, State.ABSTAINED) and row.digest != after.digest:
                assert differing(after, row.digest) <= named


def differing(state: ApprovalState, digest: str) -> set[str]:
    one, other = state.contents[digest], state.contents[state.digest]
    return {item for item in {*one, *other} if one.get(item) != other.get(item)}


def hold_of_the_end(state: ApprovalState, hall: Hall) -> None:
    """The prediction is what happens when everybody agrees."""
    predicted = [row.key for row in predict(state, hall)]
    asked = [row.key for row in state.asked]
    while state.asked:
        row = state.asked[0]
        do = Do.OPINE if row.link is Link.OPINION else Do.AGREE
        if row.claim is Claim.FREE:
            do = Do.CLAIM
        outcome = decide(state, Command(do, row.person, signer=row.key, opinion="请看", at=row.due), hall)
        assert isinstance(outcome, Outcome), outcome
        opened = [effect.signer for effect in outcome.effects if effect.kind is Kind.OPENED]
        asked += [key for key in opened if key not in asked]
        state = outcome.state
    assert asked == predicted
