"""同意, 不同意, 弃权, and the opinion of whoever was asked for one."""

from __future__ import annotations

from ..advance import Course, end, skip
from ..records import replace
from ..refusals import Why
from ..routes import Act, Mode
from ..terms import ApprovalState, Command, Link, Lookup, Result, Signer, State
from .guards import NO_SAYS_WHY, Stop, own_row, said, voice


def agree(state: ApprovalState, command: Command, lookup: Lookup) -> ApprovalState:
    row = voice(own_row(state, command))
    if row.link is Link.CONSENT:
        said(command)
        return end(state.put(decided(state, row, command, State.AGREED)), Result.WITHDRAWN, row.key)
    said(command, _needed(state, row))
    return _go_on(state, row, command, State.AGREED, lookup)


def disagree(state: ApprovalState, command: Command, lookup: Lookup) -> ApprovalState:
    row = voice(own_row(state, command))
    if row.link is Link.CONSENT:
        return _refuse_withdrawal(state, row, command)
    own_row(state, command, Act.DISAGREE)
    said(command, NO_SAYS_WHY)
    return _go_on(state, row, command, State.REJECTED, lookup)


def abstain(state: ApprovalState, command: Command, lookup: Lookup) -> ApprovalState:
    row = voice(own_row(state, command))
    if state.definition(row.step).mode is not Mode.VOTE or row.link in (
        Link.CONSENT,
        Link.BEFORE,
        Link.AFTER,
    ):
        raise Stop(Why.NOT_A_VOTE)
    said(command, _needed(state, row))
    return _go_on(state, row, command, State.ABSTAINED, lookup)


def opine(state: ApprovalState, command: Command, lookup: Lookup) -> ApprovalState:
    """Back to the owner, who decides."""
    row = own_row(state, command)
    if row.link is not Link.OPINION:
        raise Stop(Why.NOT_DELEGATED)
    said(command, "受委派")
    return _go_on(state, row, command, State.OPINED, lookup)


def _needed(state: ApprovalState, row: Signer) -> str:
    return "本环节办理" if state.definition(row.step).opinion else ""


def decided(state: ApprovalState, row: Signer, command: Command, word: State) -> Signer:
    return replace(row, state=word, by=command.by, digest=state.digest)


def _go_on(state: ApprovalState, row: Signer, command: Command, word: State, lookup: Lookup) -> ApprovalState:
    done = decided(state, row, command, word)
    return Course(lookup, command.at, done).advance(state.put(done))


def _refuse_withdrawal(state: ApprovalState, row: Signer, command: Command) -> ApprovalState:
    """The approval goes on as if nothing had been asked."""
    said(command, NO_SAYS_WHY)
    refused = state.put(decided(state, row, command, State.REJECTED))
    asked = [other for other in state.open if other.link is Link.CONSENT and other.key != row.key]
    return skip(refused, asked, "已有人不同意撤回", row.key)
