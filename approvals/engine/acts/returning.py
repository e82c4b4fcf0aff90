"""退回 to the initiator or to an earlier step, and what the initiator sends again."""

from __future__ import annotations

from collections.abc import Iterable

from ..advance import Course, again, end, skip
from ..opening import Opening
from ..records import replace
from ..refusals import Refusal, Why
from ..routes import Resubmit
from ..terms import ApprovalState, Command, Content, Link, Lookup, Result, Signer, State, To
from .deciding import decided
from .guards import NO_SAYS_WHY, Stop, own_row, said, voice


def send_back(state: ApprovalState, command: Command, lookup: Lookup) -> ApprovalState:
    row = voice(own_row(state, command))
    if row.link is Link.CONSENT:
        raise Stop(Why.NOT_ALLOWED, named="退回")
    said(command, NO_SAYS_WHY)
    items = _items(state, command)
    target = _target(state, command.to)
    done = decided(state, row, command, State.RETURNED)
    returned = state.put(done)
    if not target:
        frozen = frozenset(state.contents.get(state.digest, {})) - items if items else None
        parked = replace(returned, frozen=frozen, jump=command.only and bool(items))
        return end(parked, Result.RETURNED, row.key)
    closed = skip(returned, returned.of_step(row.step), _why(command.to), row.key)
    return Course(lookup, command.at, None).advance(again(closed, target, row))


def _why(to: To | int) -> str:
    return "已有人退回上一步" if to is To.PREVIOUS else f"已有人退回第{to}步"


def _items(state: ApprovalState, command: Command) -> frozenset[str]:
    content = state.contents.get(state.digest)
    for item in command.items:
        if content is not None and item not in content:
            raise Stop(Why.NO_SUCH_ITEM, named=item)
    return frozenset(command.items)


def _target(state: ApprovalState, to: To | int) -> int:
    """The step to go back to, 0 for the initiator. Only a step in which a person, not 去重, agreed."""
    if to is To.INITIATOR:
        return 0
    happened = [step for step in range(1, state.step or 1) if _happened(state, step)]
    if to is To.PREVIOUS:
        if not happened:
            raise Stop(Why.NO_PREVIOUS)
        return happened[-1]
    if to not in happened:
        raise Stop(Why.NO_SUCH_STEP)
    return int(to)


def _happened(state: ApprovalState, step: int) -> bool:
    return any(row.by is not None for row in state.of_step(step))


def resubmit(state: ApprovalState, command: Command, lookup: Lookup) -> ApprovalState:
    """All steps run again, with whoever holds the posts now; or back to the returner, where nothing that the
    earlier signers saw has changed."""
    if command.principal != state.initiator.person:
        raise Stop(Why.NOT_THE_INITIATOR)
    if state.result is not Result.RETURNED:
        raise Stop(Why.NOT_RETURNED)
    old = state.contents.get(state.digest, {})
    new, digest = command.content or old, command.digest or state.digest
    _accepted_stay(state, old, new)
    first = _first_step(state, command, new, digest)
    return _begin(state, command, lookup, first, new, digest)


def _begin(
    state: ApprovalState, command: Command, lookup: Lookup, first: int, new: Content, digest: str
) -> ApprovalState:
    turn = max(row.round for row in state.signers) + 1
    facts = state.facts if command.facts is None else command.facts
    route = Opening(state.route, state.initiator, state.authors, lookup, facts)
    rows = route.signers(first, len(state.signers) + 1, turn)
    if isinstance(rows, Refusal):
        raise Stop(rows.code, named=rows.named)
    fresh = replace(
        state, result=Result.PENDING, digest=digest, contents={**state.contents, digest: new}, facts=facts,
        frozen=None, jump=False, began=turn,
    )  # fmt: skip
    return Course(lookup, command.at).advance(fresh.put(*rows))


def _accepted_stay(state: ApprovalState, old: Content, new: Content) -> None:
    for item in sorted(_differing(old, new)):
        if item in (state.frozen or ()):
            raise Stop(Why.ACCEPTED_CHANGED, named=item)


def _differing(old: Content, new: Content) -> set[str]:
    return {item for item in {*old, *new} if old.get(item) != new.get(item)}


def _first_step(state: ApprovalState, command: Command, new: Content, digest: str) -> int:
    returner = _returner(state)
    facts = command.facts is None or command.facts == state.facts
    if state.route.resubmit is Resubmit.RERUN or not facts:
        return 1
    skipped = [row for step in range(1, returner.step) for row in state.of_step(step)]
    return returner.step if all(_saw(state, row, new, digest) for row in _spoken(skipped)) else 1


def _returner(state: ApprovalState) -> Signer:
    """Who sent it back to the initiator: the last to return."""
    returned = [row for row in state.signers if row.state is State.RETURNED]
    return max(returned, key=lambda row: (row.round, row.step, row.key))


def _spoken(rows: Iterable[Signer]) -> list[Signer]:
    return [row for row in rows if row.state in (State.AGREED, State.ABSTAINED)]


def _saw(state: ApprovalState, row: Signer, new: Content, digest: str) -> bool:
    """What this signer decided on is what is sent now, or differs only where the returner asked for it."""
    if row.digest == digest:
        return True
    seen = state.contents.get(row.digest)
    if not state.jump or seen is None or state.frozen is None:
        return False
    return _differing(seen, new) <= set(state.contents[state.digest]) - state.frozen
