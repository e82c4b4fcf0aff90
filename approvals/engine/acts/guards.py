"""What every act asks first: is there a row for this person, may they, have they said what is needed."""

from __future__ import annotations

import unicodedata

from ..claims import holder
from ..refusals import Refusal, Why
from ..routes import Act, OnSelf, Person
from ..terms import ApprovalState, Claim, Command, Link, Result, Signer, State

LONGEST = 2_000  # characters of an opinion
NO_SAYS_WHY = "退回或不同意"
LABELS = {
    Act.DISAGREE: "不同意",
    Act.TRANSFER: "转办",
    Act.DELEGATE: "委派",
    Act.ADD_BEFORE: "前加签",
    Act.ADD_AFTER: "后加签",
    Act.TAKE_BACK: "取回",
}


class Stop(Exception):
    """Carries the refusal out of an act; `engine.decide` returns it."""

    def __init__(self, code: Why, signer: int | None = None, named: str = "") -> None:
        super().__init__(code)
        self.refusal = Refusal(code, signer, named)


def own_row(state: ApprovalState, command: Command, act: Act | None = None) -> Signer:
    """The one open row the command is about, claimed where it has to be, and allowed to do `act`."""
    row = open_row(state, command)
    if row.claim is Claim.FREE:
        raise Stop(Why.UNCLAIMED)
    if act and act not in state.definition(row.step).allow:
        raise Stop(Why.NOT_ALLOWED, named=LABELS[act])
    return row


def open_row(state: ApprovalState, command: Command) -> Signer:
    """Nobody sits twice in a step. One's voice in the step comes before one's consent to a withdrawal."""
    refuse_authors(state, command)
    mine = [row for row in state.signers if is_about(command, row) and state.may_sign(row.person)]
    opened = [row for row in mine if row.state is State.OPEN]
    if not opened:
        raise _no_turn(state, mine)
    return min(opened, key=lambda row: row.link is Link.CONSENT)


def refuse_authors(state: ApprovalState, command: Command) -> None:
    """Nobody signs what they submitted or drafted, nor anything of it for somebody else."""
    proxied = command.principal != command.by
    if command.by in state.authors and (proxied or state.route.on_self is not OnSelf.ALLOW):
        raise Stop(Why.OWN_MATTER)


def is_about(command: Command, row: Signer) -> bool:
    told = row.link is Link.COPY or row.state is State.REMOVED
    return row.person == command.principal and command.signer in (None, row.key) and not told


def _no_turn(state: ApprovalState, mine: list[Signer]) -> Stop:
    """None of these rows is open: never was a signer, not yet, or somebody was faster."""
    if not mine:
        return Stop(Why.NOT_A_SIGNER)
    if waiting := [row for row in mine if row.state is State.WAITING]:
        held = holder(state, state.step) if state.step else None
        theirs = held is not None and held not in mine and any(row.step == held.step for row in waiting)
        return Stop(Why.CLAIMED, held.key) if held and theirs else Stop(Why.NOT_YOUR_TURN)
    last = mine[-1]
    first = last.closed_by if last.state is State.SKIPPED else last.key
    return Stop(Why.ALREADY_DECIDED, first) if first else Stop(Why.ENDED)


def voice(row: Signer) -> Signer:
    """A row that decides: whoever was only asked for an opinion gives that."""
    if row.link is Link.OPINION:
        raise Stop(Why.ONLY_OPINION)
    return row


def said(command: Command, needed: str = "") -> None:
    """The opinion can be printed, and is there where it has to be: `needed` names what can't go without."""
    text = command.opinion
    if needed and not text.strip():
        raise Stop(Why.OPINION_REQUIRED, named=needed)
    if len(text) > LONGEST or any(unicodedata.category(c) in ("Cc", "Cs") for c in text if c not in "\n\r\t"):
        raise Stop(Why.OPINION_UNFIT)


def pending(state: ApprovalState) -> None:
    if state.result is not Result.PENDING:
        raise Stop(Why.ENDED)


def present(state: ApprovalState, step: int) -> list[Person | None]:
    """Who has a voice in the step. Whoever passed it on, or was not needed, may come again."""
    gone = (State.REMOVED, State.PASSED, State.SKIPPED)
    return [row.person for row in state.of_step(step) if row.state not in gone]


def twice(people: list[Person | None]) -> bool:
    return len(set(people)) < len(people)


def newcomers(state: ApprovalState, command: Command, step: int, most: int | None = None) -> None:
    """The people named can be seated in this step."""
    if not command.people or (most and len(command.people) > most):
        raise Stop(Why.NOBODY_NAMED)
    named = [one.person for one in command.people]
    if twice([*named, *present(state, step)]):
        raise Stop(Why.ALREADY_THERE)
    if not all(state.may_sign(person) for person in named):
        raise Stop(Why.THEIR_MATTER)
