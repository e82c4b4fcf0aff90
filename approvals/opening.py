"""Who is seated at each step when an approval opens: 空审批人, 审批人=发起人, nobody twice in a step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .routes import Mode, OnEmpty, OnSelf, Person, Route, Step, Who
from .terms import Holder, Lookup, Refusal, Signer, State, Why

OWN = "本人提交或起草的事项不由本人审批"


@dataclass(frozen=True)
class Opening:
    """One route about to be opened for a matter that `authors` submitted or drafted."""

    route: Route
    authors: frozenset[Person]
    lookup: Lookup

    def signers(self) -> tuple[Signer, ...] | Refusal:
        """The rows of all steps, none open yet; or the refusal that names the empty post."""
        rows: list[Signer] = []
        for number, step in enumerate(self.route.steps, 1):
            asked = [(who, *self._asked(step, who)) for who in step.who]
            empty = [self.lookup.describe(who) for who, holders, _ in asked if not holders]
            if empty and not _tolerated(step, empty):
                return Refusal(Why.POST_EMPTY, named="、".join(empty))
            start = len(rows)
            for who, holders, note in asked:
                if not holders:
                    rows.append(self._unfilled(len(rows) + 1, number, who))
                for holder in holders:
                    taken = {row.person for row in rows[start:]}
                    rows += self._seat(len(rows) + 1, number, holder, note, taken)
        return tuple(rows) if any(row.state is State.WAITING for row in rows) else Refusal(Why.NOBODY)

    def _asked(self, step: Step, who: Who) -> tuple[Sequence[Holder], str]:
        """The holders of a rule; where nobody holds it those of the fallback, and a note that says so."""
        holders = self.lookup.holders(who)
        if holders or isinstance(step.on_empty, OnEmpty):
            return holders, ""
        vacant, fallback = self.lookup.describe(who), self.lookup.describe(step.on_empty)
        return self.lookup.holders(step.on_empty), f"{vacant}目前无人担任，由{fallback}办理"

    def _unfilled(self, key: int, step: int, who: Who) -> Signer:
        reason = f"{self.lookup.describe(who)}目前无人担任，跳过"
        return Signer(key, step, None, None, state=State.SKIPPED, reason=reason)

    def _seat(
        self, key: int, step: int, holder: Holder, note: str, taken: set[Person | None]
    ) -> list[Signer]:
        """The holder's row, or their superior's in a matter of their own; none if they sit there already."""
        if holder.person in taken:
            return []
        row = Signer(key, step, holder.person, holder.seat, note=note)
        if holder.person not in self.authors:
            return [row]
        if self.route.on_self is OnSelf.ALLOW:
            return [replace(row, note="自批：本人提交或起草，路线允许")]
        boss = self.lookup.superior(holder) if self.route.on_self is OnSelf.SUPERIOR else None
        if boss and boss.person not in self.authors | taken:
            return [Signer(key, step, boss.person, boss.seat, note=f"{OWN}，改由上级审批")]
        there = boss is not None and boss.person in taken
        return [replace(row, state=State.SKIPPED, reason=f"{OWN}，{'上级已在本步' if there else '跳过'}")]


def _tolerated(step: Step, empty: list[str]) -> bool:
    """An empty post of 或签 is no loss while another signer is there; 会签 and 依次 lose a needed voice."""
    return step.on_empty is OnEmpty.SKIP or (step.mode is Mode.ANY and len(empty) < len(step.who))
