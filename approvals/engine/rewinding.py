"""取回: which rows come after a row, and how they go back to waiting. Pure."""

from __future__ import annotations

from .places import turn
from .records import replace
from .routes import Mode
from .terms import DECIDED, DECIDERS, ApprovalState, Claim, Link, Nudge, Signer, State


def follows(state: ApprovalState, row: Signer, other: Signer) -> bool:
    """`other` was asked because of what `row` did, or comes after it: the next round, the next steps, the next
    of a sequence, whoever waits for it in its own place."""
    if other.key == row.key or other.link in (Link.CONSENT, Link.COPY) or other.state is State.REMOVED:
        return False
    if other.round != row.round:
        return other.round > row.round
    if other.step != row.step:
        return other.step > row.step
    if other.root != row.root:
        return other.state is State.RETURNED or _next(state, row, other)
    return _waits_for(state, row, other)


def _next(state: ApprovalState, row: Signer, other: Signer) -> bool:
    mine, theirs = turn(state.row(row.root)), turn(state.row(other.root))
    return state.definition(row.step).mode is Mode.SEQUENCE and theirs > mine


def _waits_for(state: ApprovalState, row: Signer, other: Signer) -> bool:
    """Both are of one place."""
    if row.state is State.PASSED:
        return other.key == row.closed_by
    if other.link is Link.OPINION:
        return other.undone and other.anchor == row.key
    if row.link in (Link.OPINION, Link.BEFORE):
        return other.key == row.anchor or (_early(state, row) and _word(other))
    return other.link is Link.AFTER and row.link in DECIDERS


def _early(state: ApprovalState, row: Signer) -> bool:
    """Asked before the place has its word."""
    return state.row(row.anchor or 0).link is not Link.AFTER


def _word(row: Signer) -> bool:
    return row.link in DECIDERS and row.state in DECIDED


def rewind(row: Signer, other: Signer) -> Signer:
    """`other`, which follows, as it was before `row` acted."""
    late = other.link is Link.LATE and other.step > row.step
    if _brought_by(row, other) or (late and other.anchor):
        return replace(other, state=State.REMOVED, reason="已取回", digest="", claim=Claim.NONE)
    if not (late or other.undone or other.closed_by is not None):
        return replace(other, round=row.round)
    claim = other.claim if other.step == row.step else Claim.NONE
    back = replace(other, digest="", round=row.round, claim=claim)
    return waiting(_unasked(row, replace(back, person=None, seat=None) if late else back))


def waiting(row: Signer) -> Signer:
    return replace(row, state=State.WAITING, reason="", closed_by=None)


def _unasked(row: Signer, other: Signer) -> Signer:
    """As if never asked; but whoever asked `row` keeps their clock, if they were there first."""
    if other.key == row.anchor and asked_first(other, row):
        return other
    return replace(other, opened=None, due=None, nudge=Nudge.NONE, urged=None)


def asked_first(row: Signer, other: Signer) -> bool:
    """Whoever brought `other` in was asked before them; in a new round they wait for them from the beginning."""
    return not (row.opened and other.opened and row.opened > other.opened)


def _brought_by(row: Signer, other: Signer) -> bool:
    """The newcomer of a transfer, the adviser of a delegation, the new round of a return."""
    again = other.round > row.round and other.step <= row.step
    return again or other.key == row.closed_by or (other.link is Link.OPINION and other.anchor == row.key)
