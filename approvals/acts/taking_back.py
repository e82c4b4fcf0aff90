"""撤回 by the initiator, 取回 by a signer, and the end of an approval whose subject is cancelled."""

from __future__ import annotations

from dataclasses import replace

from ..advance import Course, end
from ..refusals import Why
from ..rewinding import follows, rewind
from ..routes import Act
from ..terms import DECIDED, ApprovalState, Command, Link, Lookup, Result, Signer, State
from .guards import LABELS, Stop, is_about, pending, refuse_authors, said


def withdraw(state: ApprovalState, command: Command, lookup: Lookup) -> ApprovalState:
    """Freely while nobody has decided on what was last submitted; later by the consent of whom the route names."""
    if command.principal != state.initiator.person:
        raise Stop(Why.NOT_THE_INITIATOR)
    pending(state)
    said(command)
    decided = next((row for row in state.signers if _decided_since(state, row)), None)
    if decided is None:
        return end(state, Result.WITHDRAWN)
    if state.route.withdraw_consent is None:
        raise Stop(Why.ALREADY_DECIDED, decided.key)
    if any(row.link is Link.CONSENT for row in state.open):
        raise Stop(Why.CONSENT_ASKED)
    return _ask_consent(state, command, lookup)


def _decided_since(state: ApprovalState, row: Signer) -> bool:
    return (
        row.by is not None
        and row.round >= state.began
        and row.state in DECIDED
        and row.link is not Link.CONSENT
    )


def _ask_consent(state: ApprovalState, command: Command, lookup: Lookup) -> ApprovalState:
    who = state.route.withdraw_consent
    assert who is not None
    holders = [one for one in lookup.holders(who) if one.person not in state.authors]
    if not holders:
        raise Stop(Why.POST_EMPTY, named=lookup.describe(who))
    current = state.asked[0]
    rows = [
        Signer(
            key, current.step, holder.person, holder.seat, current.round, State.OPEN, "发起人请求撤回",
            link=Link.CONSENT, opened=command.at,
        )
        for key, holder in enumerate(holders, len(state.signers) + 1)
    ]  # fmt: skip
    return state.put(*rows)


def void(state: ApprovalState, command: Command, lookup: Lookup) -> ApprovalState:
    pending(state)
    return end(state, Result.VOID)


def take_back(state: ApprovalState, command: Command, lookup: Lookup) -> ApprovalState:
    """My last act is undone while nobody has acted on it: I am asked again, those asked since wait again."""
    pending(state)
    refuse_authors(state, command)
    row = _last_act(state, command)
    if Act.TAKE_BACK not in state.definition(row.step).allow:
        raise Stop(Why.NOT_ALLOWED, named=LABELS[Act.TAKE_BACK])
    after = [other for other in state.signers if follows(state, row, other)]
    if any(_acted(state, other, row) for other in after):
        raise Stop(Why.ACTED_UPON)
    mine = replace(row, state=State.WAITING, by=None, reason="", digest="", closed_by=None)
    rewound = state.put(mine, *(rewind(row, other) for other in (*after, *_closed(state, row))))
    return Course(lookup, command.at, mine).advance(rewound)


def _last_act(state: ApprovalState, command: Command) -> Signer:
    """The row with which this person acted last; one that waits for the adviser they asked counts as an act."""
    advised = {row.anchor for row in state.open if row.link is Link.OPINION}
    acts = (*DECIDED, State.OPINED, State.PASSED)
    mine = [row for row in state.signers if is_about(command, row) and row.link is not Link.CONSENT]
    found = [row for row in mine if (row.by is not None and row.state in acts) or row.key in advised]
    if not found:
        raise Stop(Why.NOTHING_TO_TAKE_BACK)
    return max(found, key=lambda row: (row.round, row.step, row.key))


def _acted(state: ApprovalState, row: Signer, mine: Signer) -> bool:
    """Decided, by hand or because time was up; or brought somebody in."""
    if row.by is not None or (row.state in DECIDED and row.closed_by is None):
        return True
    brought = [other for other in state.signers if other.anchor == row.key and other.key != mine.key]
    if row.key == mine.anchor:  # who brought me in acts on my word by asking somebody else
        return any(other.link is Link.OPINION and other.undone for other in brought)
    return any(other.link is not Link.LATE and other.state is not State.REMOVED for other in brought)


def _closed(state: ApprovalState, row: Signer) -> list[Signer]:
    """Those of the same step who were not needed any more."""
    same = (other for other in state.signers if (other.step, other.round) == (row.step, row.round))
    return [other for other in same if other.state is State.SKIPPED and other.closed_by is not None]
