"""Time passes: remind, urge, escalate, and decide by itself only where the route says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from ..advance import Course, end
from ..records import replace
from ..routes import Then
from ..terms import (
    DECIDERS,
    ApprovalState,
    Claim,
    Command,
    Link,
    Lookup,
    Nudge,
    Result,
    Signer,
    State,
)
from .guards import pending

_ORDER = list(Nudge)


def tick(state: ApprovalState, command: Command, lookup: Lookup) -> ApprovalState:
    """Everything that is due by now, each once. Nothing due is no refusal."""
    pending(state)
    return state if command.at is None else _Clock(lookup, command.at).passed(state)


@dataclass(frozen=True)
class _Clock:
    lookup: Lookup
    at: dt.datetime

    def passed(self, state: ApprovalState) -> ApprovalState:
        for row in state.asked:
            state = self._nudged(state, state.row(row.key))
        while late := [row for row in state.asked if self._time_is_up(state, row)]:
            state = self._automatic(state, min(late, key=lambda row: (row.due, row.key)))
        return state

    def _after(self, state: ApprovalState, row: Signer, count: int) -> bool:
        """So long after the row was due, or before it."""
        limit = state.definition(row.step).due
        if limit is None or row.due is None:
            return False
        return self.at >= self.lookup.shift(row.due, count, limit.unit)

    def _nudged(self, state: ApprovalState, row: Signer) -> ApprovalState:
        limit = state.definition(row.step).due
        if limit is None:
            return state
        boss = limit.escalate if row.link in DECIDERS and row.link is not Link.BESIDE else None
        if boss and self._after(state, row, boss.after):
            return self._escalated(state, row)
        if self._after(state, row, 0):
            return self._once(state, row, Nudge.URGED)
        if limit.remind and self._after(state, row, -limit.remind):
            return self._once(state, row, Nudge.REMINDED)
        return state

    def _once(self, state: ApprovalState, row: Signer, nudge: Nudge) -> ApprovalState:
        if _ORDER.index(row.nudge) >= _ORDER.index(nudge):
            return state
        urged = row.urged if nudge is Nudge.REMINDED else self.at.date()
        return state.put(replace(row, nudge=nudge, urged=urged))

    def _escalated(self, state: ApprovalState, row: Signer) -> ApprovalState:
        if row.nudge is Nudge.ESCALATED:
            return state
        state = self._once(state, row, Nudge.ESCALATED)
        state = state.put(*self._bosses(state, row))
        if not state.definition(row.step).claim:
            return state
        put_back = replace(state.row(row.key), claim=Claim.NONE)
        return Course(self.lookup, self.at).advance(state.put(put_back))

    def _bosses(self, state: ApprovalState, row: Signer) -> Iterator[Signer]:
        """Who may decide too from now on, each once; whoever is in the step already, or may not sign, is left out."""
        limit = state.definition(row.step).due
        there = {other.person for other in state.of_step(row.step)}
        holders = self.lookup.holders(limit.escalate.to) if limit and limit.escalate else ()
        once = {one.person: one for one in holders}  # somebody may hold two of its posts
        fresh = [one for person, one in once.items() if person not in there and state.may_sign(person)]
        for key, boss in enumerate(fresh, len(state.signers) + 1):
            beside = Signer(
                key, row.step, boss.person, boss.seat, row.round, note="超时升级", link=Link.BESIDE
            )
            beside = replace(beside, anchor=row.key, place=row.root)
            yield Course(self.lookup, self.at).opened(state, beside)

    def _time_is_up(self, state: ApprovalState, row: Signer) -> bool:
        limit = state.definition(row.step).due
        automatic = limit.then if limit and row.link is not Link.OPINION else None
        return automatic is not None and self._after(state, row, automatic.after)

    def _automatic(self, state: ApprovalState, row: Signer) -> ApprovalState:
        row = replace(row, claim=Claim.NONE)
        limit = state.definition(row.step).due
        if limit and limit.then and limit.then.do is Then.AGREE:
            reason = "超时，按路线规定由系统自动同意"
            done = replace(row, state=State.AGREED, reason=reason, digest=state.digest)
            return Course(self.lookup, self.at, done).advance(state.put(done))
        reason = "超时，按路线规定由系统自动退回"
        returned = replace(row, state=State.RETURNED, reason=reason, digest=state.digest)
        return end(state.put(returned), Result.RETURNED, row.key)
