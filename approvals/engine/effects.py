"""What of an outcome is to be told."""

from __future__ import annotations

from collections.abc import Iterator

from .terms import Claim, Effect, Kind, Nudge, Outcome, Result, Signer, State

_ORDER = list(Nudge)


def effects_of(outcome: Outcome) -> Iterator[Effect]:
    before, after = outcome.before, outcome.state
    old = {row.key: row for row in before.signers}
    passed = after.result is Result.APPROVED or (after.step or 0) > (before.step or 0)
    if before.step and passed:
        yield Effect(Kind.SETTLED, before.step)
    for row in outcome.changed + outcome.added:
        for kind in _of_row(old.get(row.key), row):
            yield Effect(kind, row.step, row.key)
    if after.result is not before.result and after.result is not Result.PENDING:
        yield Effect(Kind.ENDED)


def _of_row(old: Signer | None, row: Signer) -> Iterator[Kind]:
    was = old.state if old else None
    if row.state is not was:
        if row.state in _SELF and row.by is None:
            yield Kind.AUTOMATIC
        elif row.state in _TOLD:
            yield _TOLD[row.state]
        elif was is State.OPEN and row.by is None:
            yield Kind.CLOSED
    yield from _claims(old.claim if old else Claim.NONE, row)
    yield from _nudges(old, row)


def _claims(was: Claim, row: Signer) -> Iterator[Kind]:
    if row.undone and row.claim is not was and Claim.HELD in (row.claim, was):
        yield Kind.CLAIMED if row.claim is Claim.HELD else Kind.RELEASED


_SELF = (State.AGREED, State.RETURNED)
_TOLD = {State.OPEN: Kind.OPENED, State.TO_READ: Kind.COPIED, State.READ: Kind.READ}


def _nudges(old: Signer | None, row: Signer) -> Iterator[Kind]:
    """A late look may find somebody both to be urged and to be escalated."""
    before = old.nudge if old else Nudge.NONE
    was, now = (0, 0) if row.nudge is before else (_ORDER.index(before), _ORDER.index(row.nudge))
    if now > was:
        passed = _ORDER[was + 1 : now + 1]
        yield from (Kind(nudge.value) for nudge in passed if nudge is not Nudge.REMINDED or len(passed) == 1)
    elif old and row.urged != old.urged:
        yield Kind.URGED
