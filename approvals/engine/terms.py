"""The words of the approval engine: states, commands, rows, outcomes. Frozen values, nothing moves here.

The engine knows no Django, no clock, no names. The caller says who holds a post (`Lookup`), that a proxy is
in force (`Command.behalf`) and what time it is (`Command.at`), and keeps opinions beside the rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from .records import replace, worked_out
from .refusals import Refusal, Why, claimed_sentence, decided_sentence, own_sentence
from .routes import Due, Fact, OnSelf, Person, Route, Step, Unit, Who

Seat = int | str  # the caller's id of the post somebody acts under, opaque here
Content = Mapping[str, str]  # what is signed, item by item: its key → the digest of what it says


class State(StrEnum):
    """Of one row. Rows never go away; a return to an earlier step adds new ones."""

    WAITING = "waiting"  # their turn has not come, or they wait for somebody they asked
    OPEN = "open"  # in their inbox now
    AGREED = "agreed"
    REJECTED = "rejected"
    ABSTAINED = "abstained"  # of a vote
    RETURNED = "returned"
    OPINED = "opined"  # gave the opinion they were asked for (委派)
    PASSED = "passed"  # gave their place to somebody else (转办)
    SKIPPED = "skipped"  # never decides, and `reason` says why
    REMOVED = "removed"  # taken out again (减签, 取回), as if never asked
    TO_READ = "to_read"  # 抄送: in 待阅
    READ = "read"  # 已阅


DECIDED = frozenset({State.AGREED, State.REJECTED, State.ABSTAINED, State.RETURNED})
UNDONE = frozenset({State.WAITING, State.OPEN})


class Claim(StrEnum):
    """领取, of a row that decides in a step that several could decide."""

    NONE = ""
    FREE = "free"  # 可领取: open, and nobody has claimed the step
    HELD = "held"  # 已领取: the others wait


class Link(StrEnum):
    """How a row came to be. Those in between hang on another row, their `anchor`."""

    ROUTE = "route"  # seated by the route
    INSTEAD = "instead"  # 转办: decides in the anchor's place
    BESIDE = "beside"  # 升级: decides in the anchor's place, if faster
    BEFORE = "before"  # 前加签: the anchor waits for their yes
    AFTER = "after"  # 后加签: asked once the anchor has agreed
    OPINION = "opinion"  # 委派: tells the anchor, who decides
    CONSENT = "consent"  # asked whether the initiator may withdraw
    COPY = "copy"  # 抄送
    LATE = "late"  # seated by the route when its turn came: whoever decided an earlier step


DECIDERS = frozenset({Link.ROUTE, Link.LATE, Link.INSTEAD, Link.BESIDE})


class Result(StrEnum):
    """Of the approval. `pending` goes on, `returned` may be resubmitted, the others are final."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    VOID = "void"  # the subject was cancelled


class Do(StrEnum):
    AGREE = "agree"
    DISAGREE = "disagree"  # a no; whether it ends the approval is the step's `on_reject`
    ABSTAIN = "abstain"
    RETURN = "return"  # to be put right, see `To`
    TRANSFER = "transfer"
    DELEGATE = "delegate"
    OPINE = "opine"
    ADD_BEFORE = "add_before"
    ADD_AFTER = "add_after"
    REMOVE = "remove"
    TAKE_BACK = "take_back"
    WITHDRAW = "withdraw"
    READ = "read"
    URGE = "urge"
    RESUBMIT = "resubmit"
    TICK = "tick"  # time has passed
    VOID = "void"
    CLAIM = "claim"
    RELEASE = "release"  # puts it back


class To(StrEnum):
    """Where a return goes; or the number of a step."""

    INITIATOR = "initiator"  # ends this round: the approval is returned
    PREVIOUS = "previous"  # the last step in which somebody decided


class Nudge(StrEnum):
    """What time has done to an open row, once each."""

    NONE = ""
    REMINDED = "reminded"
    URGED = "urged"
    ESCALATED = "escalated"


@dataclass(frozen=True)
class Holder:
    """Somebody in a post."""

    person: Person
    seat: Seat


class Lookup(Protocol):
    """What the engine asks of the organization and its calendar."""

    def holders(self, who: Who) -> Sequence[Holder]: ...

    def superior(self, holder: Holder) -> Holder | None: ...

    def describe(self, who: Who) -> str:
        """For people: 浛洸镇分管负责人."""
        ...

    def shift(self, at: dt.datetime, count: int, unit: Unit) -> dt.datetime:
        """So many working days (to the end of the day) or hours after, when negative before."""
        ...


@dataclass(frozen=True)
class Signer:
    """One person in one step (one row). `person` is None where a post was empty and is skipped."""

    key: int  # from 1, unique in the approval
    step: int  # from 1
    person: Person | None
    seat: Seat | None
    round: int = 1  # grows with every return; the highest of a step counts
    state: State = State.WAITING
    note: str = ""  # why this person signs at all, where it isn't plain from the route
    reason: str = ""  # why skipped, removed or agreed automatically
    by: Person | None = None  # who acted: the person, or a proxy (乙 代 甲)
    closed_by: int | None = None  # skipped because of this row's decision
    link: Link = Link.ROUTE
    anchor: int | None = None  # the row it hangs on
    place: int = 0  # the row of the route that it belongs to; 0: itself
    digest: str = ""  # of the content it was decided on
    opened: dt.datetime | None = None
    due: dt.datetime | None = None
    nudge: Nudge = Nudge.NONE
    urged: dt.date | None = None  # the day of the last 催办
    claim: Claim = Claim.NONE

    @property
    def root(self) -> int:
        return self.place or self.key

    @property
    def undone(self) -> bool:
        return self.state in UNDONE


@dataclass(frozen=True)
class ApprovalState:
    route: Route
    initiator: Holder
    authors: frozenset[Person]  # the initiator and whoever drafted
    signers: tuple[Signer, ...] = ()  # by key
    result: Result = Result.PENDING
    facts: Mapping[str, Fact] = field(default_factory=dict)
    digest: str = ""  # of the content that is signed now
    contents: Mapping[str, Content] = field(default_factory=dict)  # by digest, every version submitted so far
    frozen: frozenset[str] | None = None  # 部分退回: what was accepted must stay; None: nothing was
    jump: bool = False  # 仅补正: the returner is content with that
    began: int = 1  # the round in which the last submission began

    @worked_out
    def open(self) -> tuple[Signer, ...]:
        return tuple(row for row in self.signers if row.state is State.OPEN)

    @worked_out
    def asked(self) -> tuple[Signer, ...]:
        """The open rows of the current step: all but those asked about a withdrawal."""
        return tuple(row for row in self.signers if row.state is State.OPEN and row.link is not Link.CONSENT)

    @worked_out
    def settled(self) -> dict[int, bool | None]:
        """By step, as far as it was asked for (advance.py)."""
        return {}

    @property
    def step(self) -> int | None:
        """The current step, None once the approval has ended."""
        asked = self.asked
        return asked[0].step if asked else None

    def of_step(self, step: int) -> tuple[Signer, ...]:
        """The rows that count: those of the step's last round, without copies and what was removed."""
        return self._counting.get(step, ())

    @worked_out
    def _counting(self) -> dict[int, tuple[Signer, ...]]:
        """By step, worked out once: a state never changes, and is asked again and again."""
        last: dict[int, int] = {}
        rows = [row for row in self.signers if _counts(row)]
        for row in rows:
            last[row.step] = max(row.round, last.get(row.step, 0))
        found: dict[int, list[Signer]] = {}
        for row in rows:
            if row.round == last[row.step]:
                found.setdefault(row.step, []).append(row)
        return {step: tuple(some) for step, some in found.items()}

    def row(self, key: int) -> Signer:
        return self.signers[key - 1]

    def may_sign(self, person: Person | None) -> bool:
        """Somebody, and not one whose own matter it is."""
        own = person in self.authors and self.route.on_self is not OnSelf.ALLOW
        return person is not None and not own

    def definition(self, step: int) -> Step:
        return self.route.steps[step - 1]

    def put(self, *rows: Signer) -> ApprovalState:
        """This state with `rows` in place of those of the same key, or added."""
        if not rows:
            return self
        new = {row.key: row for row in rows}
        kept = tuple(new.pop(row.key, row) for row in self.signers)
        return replace(self, signers=kept + tuple(new.values()))


def _counts(row: Signer) -> bool:
    return row.link not in (Link.COPY, Link.CONSENT) and row.state is not State.REMOVED


@dataclass(frozen=True)
class Command:
    """`behalf`: the absent signer for whom `by` acts; the caller has checked the proxy's dates and scope.

    `signer` pins the row the page showed, so that a form sent twice never decides a later step.
    """

    do: Do
    by: Person
    behalf: Person | None = None
    signer: int | None = None
    opinion: str = ""
    to: To | int = To.INITIATOR  # of a return
    people: tuple[Holder, ...] = ()  # of 转办, 委派, 加签, 减签; of 催办, where empty means everybody
    items: tuple[str, ...] = ()  # of a return: the items that have to be put right (部分退回)
    only: bool = False  # of a return: 仅补正, the returner will look at these items alone
    digest: str = ""  # of what is submitted again; of another act: of what was read, where that is known
    content: Content = field(default_factory=dict)  # of a resubmission
    facts: Mapping[str, Fact] | None = None  # of a resubmission, where they have changed
    at: dt.datetime | None = None

    @property
    def principal(self) -> Person:
        return self.by if self.behalf is None else self.behalf


class Kind(StrEnum):
    OPENED = "opened"  # tell the signer
    CLOSED = "closed"  # gone from the signer's inbox, undecided
    AUTOMATIC = "automatic"  # decided without a person: 去重, or time was up
    COPIED = "copied"  # in 待阅
    READ = "read"
    REMINDED = "reminded"
    URGED = "urged"
    ESCALATED = "escalated"
    CLAIMED = "claimed"
    RELEASED = "released"
    SETTLED = "settled"  # the step is done
    ENDED = "ended"  # the approval is over, or back with its initiator: see the state's result


@dataclass(frozen=True)
class Effect:
    kind: Kind
    step: int | None = None
    signer: int | None = None


@dataclass(frozen=True)
class Outcome:
    """What a command did: the difference of two states. `changed` and `added` are the rows to store."""

    before: ApprovalState
    state: ApprovalState

    @worked_out
    def changed(self) -> tuple[Signer, ...]:
        pairs = zip(self.state.signers, self.before.signers, strict=False)  # rows stay in their places
        return tuple(row for row, old in pairs if row is not old and row != old)

    @worked_out
    def added(self) -> tuple[Signer, ...]:
        return self.state.signers[len(self.before.signers) :]

    @worked_out
    def effects(self) -> tuple[Effect, ...]:
        from .effects import effects_of  # it is about outcomes

        return tuple(effects_of(self))


def people_of(rows: Iterable[Signer]) -> set[Person]:
    return {row.person for row in rows if row.person is not None}


__all__ = [
    "DECIDED", "DECIDERS", "UNDONE", "ApprovalState", "Claim", "Command", "Content", "Do", "Due", "Effect", "Holder",
    "Kind", "Link", "Lookup", "Nudge", "Outcome", "Refusal", "Result", "Seat", "Signer", "State", "To", "Why",
    "claimed_sentence", "decided_sentence", "own_sentence", "people_of",
]  # fmt: skip
