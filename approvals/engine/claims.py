"""可领取: of several who could decide a step one claims it, and it is theirs until they put it back. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from .places import Verdict, places_of, spoken, verdict_of
from .records import replace
from .terms import DECIDERS, UNDONE, ApprovalState, Claim, Signer, State


def holder(state: ApprovalState, number: int) -> Signer | None:
    """Who has claimed the step. It stays theirs until their place has its word: those they added may follow."""
    if not state.definition(number).claim:
        return None
    open_ones = (place for place in places_of(state.of_step(number)) if verdict_of(place) is Verdict.OPEN)
    return next((row for place in open_ones for row in place if row.claim is Claim.HELD), None)


def barred(state: ApprovalState, number: int) -> set[int]:
    """Keys of the rows that wait for the holder: all other places, and whoever decides beside them."""
    held = holder(state, number)
    if held is None:
        return set()
    beside = DECIDERS if held.undone else frozenset()
    rows = (row for row in state.of_step(number) if row.key != held.key)
    return {row.key for row in rows if row.root != held.root or row.link in beside}


def marked(state: ApprovalState, number: int) -> ApprovalState:
    """Whoever is barred waits; where nobody has claimed the step, those who could are told that they have to."""
    if not state.definition(number).claim:
        return state
    wait, free = barred(state, number), _free(state, number)
    rows = (_marked(row, row.key in wait, row.key in free) for row in state.of_step(number))
    return state.put(*(row for row in rows if row != state.row(row.key)))


def _marked(row: Signer, waits: bool, free: bool) -> Signer:
    asked = State.WAITING if waits and row.state is State.OPEN else row.state
    if row.claim is Claim.HELD:
        return replace(row, state=asked)
    return replace(row, state=asked, claim=Claim.FREE if free and asked is State.OPEN else Claim.NONE)


def _free(state: ApprovalState, number: int) -> set[int]:
    """None while somebody holds it, nor for somebody who is alone."""
    keys = set(_takers(state, number))
    return keys if len(keys) > 1 and holder(state, number) is None else set()


def _takers(state: ApprovalState, number: int) -> Iterator[int]:
    for place in places_of(state.of_step(number)):
        if verdict_of(place) is Verdict.OPEN and not spoken(place):
            yield from (row.key for row in place if row.link in DECIDERS and row.state in UNDONE)
