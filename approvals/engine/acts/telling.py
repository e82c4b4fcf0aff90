"""已阅 and 催办: neither changes who decides."""

from __future__ import annotations

from ..records import replace
from ..refusals import Why
from ..terms import ApprovalState, Command, Link, Lookup, Signer, State
from .guards import Stop, pending, said


def read(state: ApprovalState, command: Command, lookup: Lookup) -> ApprovalState:
    """What was copied to this person is read: also after the end, and again without harm."""
    copies = [row for row in state.signers if row.link is Link.COPY and row.person == command.principal]
    told = [row for row in copies if row.state in (State.TO_READ, State.READ)]
    if not told:
        raise Stop(Why.NOTHING_TO_READ)
    fresh = [row for row in told if row.state is State.TO_READ]
    return state.put(*(replace(row, state=State.READ, by=command.by) for row in fresh))


def urge(state: ApprovalState, command: Command, lookup: Lookup) -> ApprovalState:
    """The initiator reminds those who have it: all of them, or the people named; each at most once a day."""
    if command.principal != state.initiator.person:
        raise Stop(Why.NOT_THE_INITIATOR)
    pending(state)
    said(command)
    named = {one.person for one in command.people}
    waiting = [row for row in state.open if not named or row.person in named]
    if not waiting:
        raise Stop(Why.NOBODY_TO_URGE)
    today = command.at.date() if command.at else None
    fresh = [row for row in waiting if today is None or row.urged != today]
    if not fresh:
        raise Stop(Why.URGED_TODAY)
    return state.put(*(_urged(row, command) for row in fresh))


def _urged(row: Signer, command: Command) -> Signer:
    return replace(row, urged=command.at.date() if command.at else None)
