"""Who is seated at each step: 空审批人, 审批人=发起人, conditions, copies, nobody twice in a step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .records import replace
from .refusals import Refusal, Why
from .routes import Fact, Mode, OnEmpty, OnSelf, OtherKind, Person, Route, SignerOf, Step, Superior, Who
from .terms import Holder, Link, Lookup, Signer, State

OWN = "本人提交或起草的事项不由本人审批"


class Refused(Exception):
    """Carries the refusal out of the middle of a seating."""

    def __init__(self, code: Why, named: str = "", hint: str = "") -> None:
        super().__init__(code)
        self.refusal = Refusal(code, named=named, hint=hint)


class Asked(NamedTuple):
    """What one rule of who signs comes to."""

    words: str  # who is missing, where nobody is there
    holders: Sequence[Holder]
    note: str = ""
    later: bool = False  # known when the step's turn comes


@dataclass(frozen=True)
class Opening:
    """One route about to be opened for a matter that `authors` submitted or drafted."""

    route: Route
    initiator: Holder
    authors: frozenset[Person]
    lookup: Lookup
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def signers(self, first: int = 1, key: int = 1, turn: int = 1) -> tuple[Signer, ...] | Refusal:
        """The rows of the steps from `first` on, none open yet, their keys from `key` on; or the refusal that
        says why it can't start: it names the empty post, the missing fact, the vote that can't pass."""
        rows: list[Signer] = []
        try:
            for number, step in enumerate(self.route.steps, 1):
                if number >= first:
                    rows += self._step(key + len(rows), number, step)
        except Refused as refused:
            return refused.refusal
        if not any(row.state is State.WAITING and row.link is not Link.COPY for row in rows):
            return Refusal(Why.NOBODY)
        return tuple(replace(row, round=turn) for row in rows)

    def _step(self, key: int, number: int, step: Step) -> list[Signer]:
        if failed := self._fails(step):
            return [_nobody(key, number, f"不满足条件“{failed}”，跳过")]
        asked = [self._asked(step, who) for who in step.who]
        empty = [one.words for one in asked if not one.holders and not one.later]
        if empty and not _tolerated(step, empty):
            raise Refused(Why.POST_EMPTY, "、".join(empty))
        rows = self._seats(key, number, asked)
        _can_pass(step, rows)
        return rows + list(self._copies(key + len(rows), number, step))

    def _fails(self, step: Step) -> str:
        """The first condition that does not hold."""
        for condition in step.when:
            try:
                holds = condition.holds(self.facts)
            except KeyError:
                raise Refused(Why.FACT_MISSING, condition.fact) from None
            except OtherKind as error:
                raise Refused(Why.FACT_MISSING, condition.fact, str(error)) from None
            if not holds:
                return str(condition)
        return ""

    def _asked(self, step: Step, who: Who) -> Asked:
        """The holders of a rule; where nobody holds it those of the fallback, and a note that says so."""
        if isinstance(who, SignerOf):
            return Asked(f"第{who.signer_of}步办理人", (), later=True)
        if holders := self._holders(who):
            return Asked("", holders)
        words = self.lookup.describe(who)
        if isinstance(step.on_empty, OnEmpty):
            return Asked(words, ())
        fallback = self.lookup.describe(step.on_empty)
        note = f"{words}目前无人担任，由{fallback}办理"
        return Asked(f"{words}及其候补{fallback}", self._holders(step.on_empty), note)

    def _holders(self, who: Who) -> Sequence[Holder]:
        if not isinstance(who, Superior):
            return self.lookup.holders(who)
        boss: Holder | None = self.initiator
        for _ in range(who.superior):
            boss = self.lookup.superior(boss) if boss else None
        return [boss] if boss else []

    def _seats(self, key: int, number: int, asked: list[Asked]) -> list[Signer]:
        rows: list[Signer] = []
        for words, holders, note, later in asked:
            here = key + len(rows)
            if later:
                rows.append(Signer(here, number, None, None, note=f"由{words}办理", link=Link.LATE))
            elif not holders:
                rows.append(_nobody(here, number, f"{words}目前无人担任，跳过"))
            for holder in holders:
                row = Signer(key + len(rows), number, holder.person, holder.seat, note=note)
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

    def _copies(self, key: int, number: int, step: Step) -> Iterator[Signer]:
        holders = {one.person: one for who in step.copy for one in self._holders(who)}
        for n, holder in enumerate(holders.values()):
            yield Signer(key + n, number, holder.person, holder.seat, note="抄送", link=Link.COPY)


def _nobody(key: int, number: int, reason: str) -> Signer:
    return Signer(key, number, None, None, state=State.SKIPPED, reason=reason)


def _tolerated(step: Step, empty: list[str]) -> bool:
    """An empty post of 或签 is no loss while another signer is there; the other modes lose a needed voice."""
    return step.on_empty is OnEmpty.SKIP or (step.mode is Mode.ANY and len(empty) < len(step.who))


def _can_pass(step: Step, rows: Iterable[Signer]) -> None:
    """A vote needs enough people to win it, should all of them say yes; those known later may be many."""
    seated = [row for row in rows if row.state is State.WAITING]
    if step.votes is None or not seated or any(row.link is Link.LATE for row in seated):
        return
    if step.votes.needed(len(seated)) > len(seated):
        raise Refused(Why.TOO_FEW_VOTERS, step.name)
