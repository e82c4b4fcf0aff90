"""加签 before and after me, and 减签 of those I added."""

from __future__ import annotations

from ..advance import Course
from ..records import replace
from ..refusals import Why
from ..routes import Act, Mode
from ..terms import DECIDERS, ApprovalState, Command, Link, Lookup, Signer, State
from .guards import Stop, is_about, newcomers, own_row, pending, refuse_authors, said, voice
from .passing import newcomer


def add_before(state: ApprovalState, command: Command, lookup: Lookup) -> ApprovalState:
    """I wait until all of them agree."""
    row = voice(own_row(state, command, Act.ADD_BEFORE))
    return _add(state, replace(_seated(row), state=State.WAITING), command, lookup, Link.BEFORE, "前加签")


def add_after(state: ApprovalState, command: Command, lookup: Lookup) -> ApprovalState:
    """My yes stands, theirs follows. Also when I have agreed already and the step still runs."""
    refuse_authors(state, command)
    row = _agreed_here(state, command) or voice(own_row(state, command, Act.ADD_AFTER))
    if Act.ADD_AFTER not in state.definition(row.step).allow:
        raise Stop(Why.NOT_ALLOWED, named="后加签")
    return _add(state, _seated(row), command, lookup, Link.AFTER, "后加签")


def _seated(row: Signer) -> Signer:
    """Somebody with a seat of the route: who was added or asked about a withdrawal adds nobody."""
    if row.link not in DECIDERS:
        raise Stop(Why.NOT_ALLOWED, named="加签")
    return row


def _agreed_here(state: ApprovalState, command: Command) -> Signer | None:
    rows = state.of_step(state.step or 0)
    agreed = (row for row in rows if row.state is State.AGREED and row.by is not None)
    return next((row for row in agreed if is_about(command, row) and _in_turn(state, row)), None)


def _in_turn(state: ApprovalState, row: Signer) -> bool:
    """In a sequence the next one may have been asked already; they don't lose their turn again."""
    one_by_one = state.definition(row.step).mode is Mode.SEQUENCE
    return not one_by_one or any(other.root == row.root for other in state.asked)


def _add(
    state: ApprovalState, row: Signer, command: Command, lookup: Lookup, link: Link, note: str
) -> ApprovalState:
    said(command)
    newcomers(state, command, row.step)
    added = [newcomer(state, row, command, link, note, n) for n in range(len(command.people))]
    return Course(lookup, command.at, row).advance(state.put(row, *added))


def remove(state: ApprovalState, command: Command, lookup: Lookup) -> ApprovalState:
    """Those I added who have not decided; the step keeps somebody who is asked."""
    pending(state)
    refuse_authors(state, command)
    named = {holder.person for holder in command.people}
    mine = _added(state, command)
    if not mine or named - {row.person for row in mine}:
        raise Stop(Why.NOT_YOURS_TO_REMOVE)
    if not named:
        raise Stop(Why.NOBODY_NAMED)
    rows = [row for row in mine if row.person in named]
    keys = {row.key for row in rows}
    brought = [row for row in state.signers if row.anchor in keys and row.undone]
    gone = {row.key: replace(row, state=State.REMOVED, reason="已减签") for row in (*rows, *brought)}
    for step in {row.step for row in rows}:
        if not any(row.undone and row.key not in gone for row in state.of_step(step)):
            raise Stop(Why.LAST_ONE)
    return Course(lookup, command.at, state.row(rows[0].anchor or 0)).advance(state.put(*gone.values()))


def _added(state: ApprovalState, command: Command) -> list[Signer]:
    """Whom this person brought in, as far as they have not decided."""
    rows = (
        row for row in state.signers if row.anchor and row.link in (Link.BEFORE, Link.AFTER) and row.undone
    )
    return [row for row in rows if state.row(row.anchor or 0).person == command.principal]
