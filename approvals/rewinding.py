"""取回: which rows come after a row, and how they go back to waiting. Pure."""

from __future__ import annotations

from dataclasses import replace

from .routes import Mode
from .terms import DECIDERS, ApprovalState, Link, Signer, State


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
        return state.definition(row.step).mode is Mode.SEQUENCE and other.root > row.root
    return _waits_for(row, other)


def _waits_for(row: Signer, other: Signer) -> bool:
    """Both are of one place."""
    if other.link is Link.OPINION:
        return other.undone and other.anchor in (row.key, row.anchor)
    if row.state is State.PASSED:
        return other.key == row.closed_by
    if row.link is Link.OPINION:
        return other.key == row.anchor
    if row.link is Link.BEFORE:
        return other.link is Link.AFTER or (other.link in DECIDERS and other.state is not State.PASSED)
    return other.link is Link.AFTER and row.link in DECIDERS


def rewind(row: Signer, other: Signer) -> Signer:
    """`other` as it was before `row` acted."""
    if _brought_by(row, other) or (other.link is Link.LATE and other.anchor):
        return replace(other, state=State.REMOVED, reason="已取回")
    if not other.undone and other.closed_by is None:
        return replace(other, round=row.round)
    back = replace(other, state=State.WAITING, reason="", closed_by=None, digest="", round=row.round)
    late = other.link is Link.LATE and other.step > row.step
    return replace(back, person=None, seat=None) if late else back


def _brought_by(row: Signer, other: Signer) -> bool:
    """The newcomer of a transfer, the adviser of a delegation, the new round of a return."""
    again = other.round > row.round and other.step <= row.step
    return again or other.key == row.closed_by or (other.link is Link.OPINION and other.anchor == row.key)
