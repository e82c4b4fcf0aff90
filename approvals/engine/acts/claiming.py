"""领取 and 放回: of several who could decide a step one claims it, and puts it back."""

from __future__ import annotations

from ..advance import Course
from ..records import replace
from ..refusals import Why
from ..terms import ApprovalState, Claim, Command, Lookup
from .guards import Stop, open_row


def claim(state: ApprovalState, command: Command, lookup: Lookup) -> ApprovalState:
    """It is mine, the others wait."""
    return _as(state, command, lookup, Claim.FREE, Claim.HELD, Why.NOTHING_TO_CLAIM)


def release(state: ApprovalState, command: Command, lookup: Lookup) -> ApprovalState:
    """All of us are asked again, with the clock that ran since the beginning."""
    return _as(state, command, lookup, Claim.HELD, Claim.NONE, Why.NOT_CLAIMED)


def _as(
    state: ApprovalState, command: Command, lookup: Lookup, was: Claim, now: Claim, why: Why
) -> ApprovalState:
    row = open_row(state, command)
    if row.claim is not was:
        raise Stop(why)
    return Course(lookup, command.at).advance(state.put(replace(row, claim=now)))
