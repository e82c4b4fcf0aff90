"""撤回 by the initiator, 取回 by a signer, and the end of an approval whose subject is cancelled."""

from __future__ import annotations

from ..advance import Course, end
from ..records import replace
from ..refusals import Why
from ..rewinding import asked_first, follows, rewind, waiting
from ..routes import Act
from ..terms import DECIDED, ApprovalState, Claim, Command, Link, Lookup, Result, Signer, State
from .guards import LABELS, Stop, is_about, pending, present, refuse_authors, said, twice


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
    holders = {one.person: one for one in lookup.holders(who) if one.person not in state.authors}
    if not holders:
        raise Stop(Why.POST_EMPTY, named=lookup.describe(who))
    current = state.asked[0]
    rows = [
        Signer(
            key, current.step, holder.person, holder.seat, current.round, State.OPEN, "发起人请求撤回",
            link=Link.CONSENT, opened=command.at,
        )
        for key, holder in enumerate(holders.values(), len(state.signers) + 1)
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
    if _over(state, row) or any(_acted(state, other, row) for other in after):
        raise Stop(Why.ACTED_UPON)
    mine = replace(waiting(row), by=None, digest="", claim=Claim.NONE)
    siblings = [waiting(other) for other in _closed(state, row)]
    rewound = state.put(mine, *siblings, *(rewind(row, other) for other in after))
    taken = Course(lookup, command.at, mine).advance(rewound)
    # Others have settled it without me; or somebody who would be asked again has come for somebody else.
    if taken.row(row.key).state is not State.OPEN or twice(present(taken, row.step)):
        raise Stop(Why.ACTED_UPON)
    return taken


def _last_act(state: ApprovalState, command: Command) -> Signer:
    """The row with which this person acted last; one that waits for the adviser they asked counts as an act."""
    advised = {row.anchor for row in state.open if row.link is Link.OPINION}
    acts = (*DECIDED, State.OPINED, State.PASSED)
    mine = [row for row in state.signers if is_about(command, row) and row.link is not Link.CONSENT]
    found = [row for row in mine if (row.by is not None and row.state in acts) or row.key in advised]
    if not found:
        raise Stop(Why.NOTHING_TO_TAKE_BACK)
    return max(found, key=lambda row: (row.round, row.step, row.key))


def _over(state: ApprovalState, row: Signer) -> bool:
    """Of an earlier submission; or whoever the place was passed on to has been taken out of it."""
    newcomer = state.row(row.closed_by) if row.state is State.PASSED and row.closed_by else row
    return row.round < state.began or newcomer.state is State.REMOVED


def _acted(state: ApprovalState, row: Signer, mine: Signer) -> bool:
    """Decided, by hand or because time was up; or brought somebody in."""
    if row.by is not None or (row.state in DECIDED and row.closed_by is None):
        return True
    if row.link is Link.OPINION and any(
        other.closed_by == row.key and other != mine for other in state.signers
    ):
        return True  # who was asked first has passed it on to them
    brought = [other for other in state.signers if other.anchor == row.key and other.key != mine.key]
    brought = [other for other in brought if other.state is not State.REMOVED]
    if row.key == mine.anchor:  # who brought me in acts on my word by asking another for theirs
        links = {Link.OPINION} if asked_first(row, mine) else {Link.OPINION, Link.BESIDE}
        return any(other.link in links and other.key > mine.key for other in brought)
    return any(other.link is not Link.LATE for other in brought)


def _closed(state: ApprovalState, row: Signer) -> list[Signer]:
    """Those of the same step who were not needed any more; a withdrawal that was refused stays so."""
    same = (other for other in state.signers if (other.step, other.round) == (row.step, row.round))
    closed = [other for other in same if other.state is State.SKIPPED and other.closed_by is not None]
    return [other for other in closed if other.link is not Link.CONSENT]
