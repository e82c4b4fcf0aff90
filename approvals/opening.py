"""Who is seated at each step when an approval opens: 空审批人, 审批人=发起人, nobody twice in a step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from .routes import Mode, OnEmpty, OnSelf, Person, Route, Step, Who
from .terms import Holder, Lookup, Refusal, Signer, State, Why

OWN = "本人提交或起草的事项不由本人审批"


class Asked(NamedTuple):
    """What one rule of who signs comes to."""

    words: str
    holders: Sequence[Holder]
    note: str = ""


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
            asked = [self._asked(step, who) for who in step.who]
            empty = [asking.words for asking in asked if not asking.holders]
            if empty and not _tolerated(step, empty):
                return Refusal(Why.POST_EMPTY, named="、".join(empty))
            rows += self._step(len(rows) + 1, number, asked)
        return tuple(rows) if any(row.state is State.WAITING for row in rows) else Refusal(Why.NOBODY)

    def _asked(self, step: Step, who: Who) -> Asked:
        """The holders of a rule; where nobody holds it those of the fallback, and a note that says so."""
        holders, words = self.lookup.holders(who), self.lookup.describe(who)
        if holders or isinstance(step.on_empty, OnEmpty):
            return Asked(words, holders)
        fallback = self.lookup.describe(step.on_empty)
        note = f"{words}目前无人担任，由{fallback}办理"
        return Asked(f"{words}及其候补{fallback}", self.lookup.holders(step.on_empty), note)

    def _step(self, key: int, step: int, asked: list[Asked]) -> list[Signer]:
        """The rows of one step, their keys from `key` on."""
        rows: list[Signer] = []
        for words, holders, note in asked:
            if not holders:
                reason = f"{words}目前无人担任，跳过"
                rows.append(Signer(key + len(rows), step, None, None, state=State.SKIPPED, reason=reason))
            for holder in holders:
                row = Signer(key + len(rows), step, holder.person, holder.seat, note=note)
                rows += self._seat(row, holder, {other.person for other in rows})
        return rows

    def _seat(self, row: Signer, holder: Holder, taken: set[Person | None]) -> list[Signer]:
        """The holder's row, or their superior's in a matter of their own; none if they sit there already."""
        if holder.person in taken:
            return []
        if holder.person not in self.authors:
            return [row]
        if self.route.on_self is OnSelf.ALLOW:
            return [replace(row, note="自批：本人提交或起草，路线允许")]
        boss = self.lookup.superior(holder) if self.route.on_self is OnSelf.SUPERIOR else None
        if boss and boss.person not in self.authors | taken:
            return [replace(row, person=boss.person, seat=boss.seat, note=f"{OWN}，改由上级审批")]
        there = boss is not None and boss.person in taken
        return [replace(row, state=State.SKIPPED, reason=f"{OWN}，{'上级已在本步' if there else '跳过'}")]


def _tolerated(step: Step, empty: list[str]) -> bool:
    """An empty post of 或签 is no loss while another signer is there; 会签 and 依次 lose a needed voice."""
    return step.on_empty is OnEmpty.SKIP or (step.mode is Mode.ANY and len(empty) < len(step.who))
