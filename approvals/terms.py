"""The words of the approval engine: states, commands, outcomes, refusals. Frozen values, nothing moves here.

The engine knows no Django, no clock, no names. The caller says who holds a post (`Lookup`) and that a proxy
is in force (`Command.behalf`), and keeps opinions and times beside the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from .routes import OnSelf, Person, Route, Who

Seat = int | str  # the caller's id of the post somebody acts under, opaque here


class State(StrEnum):
    """Of one signer. Rows never go away; a return to the previous step adds new ones."""

    WAITING = "waiting"  # their turn has not come
    OPEN = "open"  # in their inbox now
    AGREED = "agreed"
    REJECTED = "rejected"
    RETURNED = "returned"
    SKIPPED = "skipped"  # never decides, and `reason` says why


class Result(StrEnum):
    """Of the approval. All but the first are final; after `returned` a resubmission opens a new one."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    VOID = "void"  # the subject was cancelled


class Do(StrEnum):
    AGREE = "agree"
    DISAGREE = "disagree"  # ends the approval as rejected
    RETURN = "return"  # to be put right, see `To`
    WITHDRAW = "withdraw"
    VOID = "void"


class To(StrEnum):
    INITIATOR = "initiator"  # ends the approval as returned
    PREVIOUS = "previous"  # the last step in which somebody decided is asked again, then this one


class Why(StrEnum):
    """Why a command or an opening is refused: the code, and the sentence for the person."""

    says: str

    def __new__(cls, code: str, says: str) -> Why:
        why = str.__new__(cls, code)
        why._value_, why.says = code, says
        return why

    ENDED = "ended", "此件审批已结束，不能再办理。"
    NOT_A_SIGNER = "not_a_signer", "您不是此件的审批人。"
    NOT_YOUR_TURN = "not_your_turn", "此件还没有到您这一步，请等前面的人办理。"
    ALREADY_DECIDED = "already_decided", "此件已有人办理，请刷新后查看。"  # Refusal.signer: who
    OWN_MATTER = "own_matter", "本人提交或起草的事项，不能由本人审批，也不能由本人代他人审批。"
    OPINION_REQUIRED = "opinion_required", "退回或不同意，请先填写意见。"
    NO_PREVIOUS = "no_previous", "前面没有人办理过，没有上一步可退，请退回发起人。"
    NOT_THE_INITIATOR = "not_the_initiator", "只有发起人可以撤回。"
    POST_EMPTY = "post_empty", "{}目前无人担任，请先任命，再提交。"
    NOBODY = "nobody", "各环节的审批人都已跳过，没有人可以审批，请先任命负责人或改用别的路线。"


@dataclass(frozen=True)
class Holder:
    """Somebody in a post."""

    person: Person
    seat: Seat


class Lookup(Protocol):
    """What the engine asks of the organization while a route is opened."""

    def holders(self, who: Who) -> Sequence[Holder]: ...

    def superior(self, holder: Holder) -> Holder | None: ...

    def describe(self, who: Who) -> str:
        """For people: 浛洸镇分管负责人."""
        ...


@dataclass(frozen=True)
class Signer:
    """One person in one step (one row). `person` is None where a post was empty and is skipped."""

    key: int  # from 1, unique in the approval
    step: int  # from 1
    person: Person | None
    seat: Seat | None
    round: int = 1  # grows with every return to an earlier step; the highest of a step counts
    state: State = State.WAITING
    note: str = ""  # why this person signs at all, where it isn't plain from the route
    reason: str = ""  # why skipped or agreed automatically
    by: Person | None = None  # who decided: the person, or a proxy (乙 代 甲)
    closed_by: int | None = None  # skipped because of this signer's decision


@dataclass(frozen=True)
class ApprovalState:
    route: Route
    initiator: Holder
    authors: frozenset[Person]  # the initiator and whoever drafted
    signers: tuple[Signer, ...] = ()  # by key
    result: Result = Result.PENDING

    @property
    def open(self) -> tuple[Signer, ...]:
        return tuple(row for row in self.signers if row.state is State.OPEN)

    @property
    def step(self) -> int | None:
        """The current step, None once the approval has ended."""
        return self.open[0].step if self.open else None

    def open_in(self, step: int) -> bool:
        return any(row.step == step for row in self.open)

    def of_step(self, step: int) -> tuple[Signer, ...]:
        """The rows that count: those of the step's last round."""
        rows = [row for row in self.signers if row.step == step]
        last = max((row.round for row in rows), default=0)
        return tuple(row for row in rows if row.round == last)

    def may_sign(self, person: Person | None) -> bool:
        """Somebody, and not one whose own matter it is."""
        own = person in self.authors and self.route.on_self is not OnSelf.ALLOW
        return person is not None and not own

    def put(self, rows: Iterable[Signer]) -> ApprovalState:
        """This state with `rows` in place of those of the same key."""
        new = {row.key: row for row in rows}
        return replace(self, signers=tuple(new.get(row.key, row) for row in self.signers))


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
    to: To = To.INITIATOR

    @property
    def principal(self) -> Person:
        return self.by if self.behalf is None else self.behalf


class Kind(StrEnum):
    OPENED = "opened"  # tell the signer
    CLOSED = "closed"  # gone from the signer's inbox, undecided
    AUTOMATIC = "automatic"  # agreed by 去重
    SETTLED = "settled"  # the step is done
    ENDED = "ended"  # the approval is over, see the state's result


@dataclass(frozen=True)
class Effect:
    kind: Kind
    step: int | None = None
    signer: int | None = None


@dataclass(frozen=True)
class Outcome:
    """`changed` and `added` are the rows to store."""

    state: ApprovalState
    changed: tuple[Signer, ...]
    added: tuple[Signer, ...]
    effects: tuple[Effect, ...]


@dataclass(frozen=True)
class Refusal:
    code: Why
    signer: int | None = None  # key of the decision that came first
    named: str = ""  # the post that is empty

    @property
    def says(self) -> str:
        return self.code.says.format(self.named)


def decided_sentence(name: str, when: str) -> str:
    """For `already_decided`, once the caller has looked up who and when."""
    return f"此件已由 {name} 于 {when} 办理"
