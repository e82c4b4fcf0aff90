"""The approval engine: a route, the signers so far and one command in; the new state or a refusal out.

Pure: no Django, no clock, no I/O; the words are in `terms`. A command marks the signer's own row, `_advance`
opens whatever is due next, and what is to be stored and told is the difference of the two states.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from .opening import Opening
from .routes import Dedupe, Mode, OnSelf, Person, Route
from .terms import (
    ApprovalState,
    Command,
    Do,
    Effect,
    Holder,
    Kind,
    Lookup,
    Outcome,
    Refusal,
    Result,
    Signer,
    State,
    To,
    Why,
)

Guard = Callable[[ApprovalState, Command], Refusal | None]
Move = Callable[[ApprovalState, Command], ApprovalState]


def open_route(
    route: Route, initiator: Holder, lookup: Lookup, drafters: Iterable[Person] = ()
) -> Outcome | Refusal:
    """Seat the signers of every step and open the first; refused where a needed post is empty."""
    blank = ApprovalState(route, initiator, frozenset(drafters) | {initiator.person})
    signers = Opening(route, blank.authors, lookup).signers()
    if isinstance(signers, Refusal):
        return signers
    return _outcome(blank, _advance(replace(blank, signers=signers)))


def decide(state: ApprovalState, command: Command) -> Outcome | Refusal:
    """Carry out one command, or say why not. The state that was passed in never changes."""
    guard, move = _COMMANDS[command.do]
    return guard(state, command) or _outcome(state, move(state, command))


def predict(state: ApprovalState) -> tuple[Signer, ...]:
    """Who is asked from now on, in order, if everybody agrees (in 或签: if the first named one does)."""
    asked = list(state.open)
    while state.open:
        state = _agreed(state, state.open[0], state.open[0].person)
        asked += [row for row in state.open if row.key not in {earlier.key for earlier in asked}]
    return tuple(asked)


# Guards: why a command may not be carried out


def _may_sign(state: ApprovalState, command: Command) -> Refusal | None:
    proxied = command.principal != command.by
    if command.by in state.authors and (proxied or state.route.on_self is not OnSelf.ALLOW):
        return Refusal(Why.OWN_MATTER)
    mine = [row for row in state.signers if _is_about(command, row) and state.may_sign(row.person)]
    if not any(row.state is State.OPEN for row in mine):
        return _no_turn(mine)
    if command.do is not Do.AGREE and not command.opinion.strip():
        return Refusal(Why.OPINION_REQUIRED)
    if command.do is Do.RETURN and command.to is To.PREVIOUS and not _previous(state):
        return Refusal(Why.NO_PREVIOUS)
    return None


def _is_about(command: Command, row: Signer) -> bool:
    return row.person == command.principal and command.signer in (None, row.key)


def _no_turn(mine: list[Signer]) -> Refusal:
    """None of these rows is open: never was a signer, not yet, or somebody was faster."""
    if not mine:
        return Refusal(Why.NOT_A_SIGNER)
    if any(row.state is State.WAITING for row in mine):
        return Refusal(Why.NOT_YOUR_TURN)
    last = mine[-1]
    first = last.closed_by if last.state is State.SKIPPED else last.key
    return Refusal(Why.ALREADY_DECIDED, first) if first else Refusal(Why.ENDED)


def _previous(state: ApprovalState) -> int:
    """The last step before the current one in which a person, not 去重, agreed; 0 if there is none."""
    steps = range(1, state.step or 1)
    return max((step for step in steps if any(row.by is not None for row in state.of_step(step))), default=0)


def _may_withdraw(state: ApprovalState, command: Command) -> Refusal | None:
    if command.principal != state.initiator.person:
        return Refusal(Why.NOT_THE_INITIATOR)
    decided = next((row.key for row in state.signers if row.by is not None), None)
    if state.result is Result.PENDING and decided:
        return Refusal(Why.ALREADY_DECIDED, decided)
    return _may_void(state, command)


def _may_void(state: ApprovalState, command: Command) -> Refusal | None:
    return None if state.result is Result.PENDING else Refusal(Why.ENDED)


# Moves: what a command does to the rows, once its guard has let it pass


def _row(state: ApprovalState, command: Command) -> Signer:
    """The one open row of the command: nobody sits twice in a step."""
    return next(row for row in state.open if _is_about(command, row))


def _agree(state: ApprovalState, command: Command) -> ApprovalState:
    return _agreed(state, _row(state, command), command.by)


def _disagree(state: ApprovalState, command: Command) -> ApprovalState:
    row = _row(state, command)
    rejected = state.put([replace(row, state=State.REJECTED, by=command.by)])
    return _end(rejected, Result.REJECTED, row.key)


def _return(state: ApprovalState, command: Command) -> ApprovalState:
    row = _row(state, command)
    returned = state.put([replace(row, state=State.RETURNED, by=command.by)])
    if command.to is To.INITIATOR:
        return _end(returned, Result.RETURNED, row.key)
    closed = _skip(returned, returned.of_step(row.step), "已有人退回上一步", row.key)
    return _advance(_again(closed, _previous(state), row))


def _withdraw(state: ApprovalState, command: Command) -> ApprovalState:
    return _end(state, Result.WITHDRAWN)


def _void(state: ApprovalState, command: Command) -> ApprovalState:
    return _end(state, Result.VOID)


_COMMANDS: dict[Do, tuple[Guard, Move]] = {
    Do.AGREE: (_may_sign, _agree),
    Do.DISAGREE: (_may_sign, _disagree),
    Do.RETURN: (_may_sign, _return),
    Do.WITHDRAW: (_may_withdraw, _withdraw),
    Do.VOID: (_may_void, _void),
}


# Consequences: what follows from the rows alone


def _agreed(state: ApprovalState, row: Signer, by: Person | None) -> ApprovalState:
    return _advance(state.put([replace(row, state=State.AGREED, by=by)]))


def _advance(state: ApprovalState) -> ApprovalState:
    """Open and settle the steps in order until somebody is asked; approved when no step is left."""
    for number, step in enumerate(state.route.steps, 1):
        state = _settle(_ask(state, number, step.mode), number, step.mode)
        if state.open_in(number):
            return state
    return _end(state, Result.APPROVED)


def _ask(state: ApprovalState, number: int, mode: Mode) -> ApprovalState:
    """Open the waiting rows of a step, or have 去重 answer them, as far as the mode asks for now."""
    for row in state.of_step(number):
        if row.state is State.WAITING and not _enough(state, number, mode):
            state = state.put([_asked(state, row)])
    return state


def _enough(state: ApprovalState, number: int, mode: Mode) -> bool:
    if mode is Mode.SEQUENCE:
        return state.open_in(number)
    return mode is Mode.ANY and _first_yes(state, number) is not None


def _asked(state: ApprovalState, row: Signer) -> Signer:
    if _agreed_before(state, row):
        return replace(row, state=State.AGREED, reason="本人此前已同意，自动同意")
    return replace(row, state=State.OPEN)


def _agreed_before(state: ApprovalState, row: Signer) -> bool:
    """去重: the person said yes themselves, not through a proxy, since the last return."""
    if state.route.dedupe is Dedupe.NONE:
        return False
    agreed = [yes for yes in state.signers if yes.state is State.AGREED and yes.round == row.round]
    agreed = [yes for yes in agreed if yes.step < row.step]
    if state.route.dedupe is Dedupe.CONSECUTIVE:
        last = max((yes.step for yes in agreed), default=0)
        agreed = [yes for yes in agreed if yes.step == last]
    return any(yes.person == row.person and yes.by in (None, row.person) for yes in agreed)


def _settle(state: ApprovalState, number: int, mode: Mode) -> ApprovalState:
    """或签 is settled by its first yes. 会签 and 依次 are when nobody of the step is left to ask."""
    yes = _first_yes(state, number)
    if mode is not Mode.ANY or yes is None:
        return state
    return _skip(state, state.of_step(number), "或签，已由他人办理", yes)


def _first_yes(state: ApprovalState, number: int) -> int | None:
    return next((row.key for row in state.of_step(number) if row.state is State.AGREED), None)


def _again(state: ApprovalState, target: int, returned: Signer) -> ApprovalState:
    """A new round: new rows from the target step to the returner's; the old ones stay as decided."""
    turn = returned.round + 1
    rows = [row for step in range(target, returned.step + 1) for row in state.of_step(step)]
    rows = [row for row in rows if state.may_sign(row.person)]
    added = tuple(
        Signer(key, row.step, row.person, row.seat, turn, note=row.note)
        for key, row in enumerate(rows, len(state.signers) + 1)
    )
    later = state.put(replace(row, round=turn) for row in state.signers if row.state is State.WAITING)
    return replace(later, signers=later.signers + added)


def _skip(state: ApprovalState, rows: Iterable[Signer], why: str, closed_by: int | None) -> ApprovalState:
    """Those of `rows` who have not decided never will."""
    undecided = [row for row in rows if row.state in (State.WAITING, State.OPEN)]
    return state.put(replace(row, state=State.SKIPPED, reason=why, closed_by=closed_by) for row in undecided)


_ENDED = {
    Result.APPROVED: "审批已通过",
    Result.REJECTED: "已有人不同意，审批结束",
    Result.RETURNED: "已有人退回发起人",
    Result.WITHDRAWN: "发起人已撤回",
    Result.VOID: "事项已撤销",
}


def _end(state: ApprovalState, result: Result, closed_by: int | None = None) -> ApprovalState:
    return replace(_skip(state, state.signers, _ENDED[result], closed_by), result=result)


# The outcome is the difference of two states


def _outcome(before: ApprovalState, after: ApprovalState) -> Outcome:
    old = {row.key: row for row in before.signers}
    changed = tuple(row for row in after.signers if row.key in old and row != old[row.key])
    added = tuple(row for row in after.signers if row.key not in old)
    return Outcome(after, changed, added, tuple(_effects(before, after, changed + added)))


def _effects(before: ApprovalState, after: ApprovalState, rows: tuple[Signer, ...]) -> Iterator[Effect]:
    was_open = {row.key for row in before.open}
    passed = after.result is Result.APPROVED or (after.step or 0) > (before.step or 0)
    if before.step and passed:
        yield Effect(Kind.SETTLED, before.step)
    for row in rows:
        if row.state is State.AGREED and row.by is None:
            yield Effect(Kind.AUTOMATIC, row.step, row.key)
        elif row.state is State.OPEN:
            yield Effect(Kind.OPENED, row.step, row.key)
        elif row.state is State.SKIPPED and row.key in was_open:
            yield Effect(Kind.CLOSED, row.step, row.key)
    if after.result is not Result.PENDING:
        yield Effect(Kind.ENDED)
