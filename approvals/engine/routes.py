"""审批路线 as data: the words of a route. `route_json` reads and writes them (docs/schemas/route.json)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache
from math import ceil

Person = int | str  # the caller's id of a person, opaque here
Fact = int | str | bool  # what a subject declares about itself: {"amount": 120000, "crime_suspected": True}


class Mode(StrEnum):
    """How the signers of one step settle it."""

    ANY = "any"  # 或签: the first yes settles the step
    ALL = "all"  # 会签: everybody must agree
    SEQUENCE = "sequence"  # 依次: one after the other, in order
    VOTE = "vote"  # 票签: enough votes; yes, no and abstentions are counted apart


class OnReject(StrEnum):
    """What one no does to its step."""

    VETO = "veto"  # settles it
    COLLECT_ALL = "collect_all"  # everybody is heard, then it is settled
    UNTIL_IMPOSSIBLE = "until_impossible"  # settles it as soon as the step can't pass any more


class OnEmpty(StrEnum):
    """空审批人: nobody holds the post. The third way is a rule naming the fallback."""

    REFUSE = "refuse"  # the approval does not start; the refusal names the post
    SKIP = "skip"  # the trail shows a skipped row that names the post


class OnSelf(StrEnum):
    """审批人=发起人: the signer submitted or drafted the matter."""

    SUPERIOR = "superior"  # four eyes: up to the superior, skipped where there is none
    SKIP = "skip"
    ALLOW = "allow"  # 自批, and the trail says so


class Dedupe(StrEnum):
    """去重: somebody who already agreed comes up again in a later step."""

    NONE = "none"  # is asked again
    CONSECUTIVE = "consecutive"  # agrees automatically if theirs was the last step that took place
    ALL = "all"  # agrees automatically after any earlier step


class Resubmit(StrEnum):
    """Where an approval that was returned to its initiator goes on."""

    RERUN = "rerun"  # all steps run again
    JUMP_BACK = "jump_back"  # at the returner's step, where what the earlier signers saw is unchanged


class Act(StrEnum):
    """What a step may allow beside agreeing and returning."""

    DISAGREE = "disagree"
    TRANSFER = "transfer"  # 转办
    DELEGATE = "delegate"  # 委派
    ADD_BEFORE = "add_before"  # 前加签
    ADD_AFTER = "add_after"  # 后加签
    TAKE_BACK = "take_back"  # 取回


class Unit(StrEnum):
    DAYS = "days"  # working days, up to the end of the last one
    HOURS = "hours"  # working hours


class Then(StrEnum):
    """What the system does by itself once time is up."""

    AGREE = "agree"
    RETURN = "return"


# Who signs


@dataclass(frozen=True)
class PostIn:
    """Whoever holds a post: in the subject's own unit ("unit") or in the unit of that code."""

    post: str
    of: str = "unit"


@dataclass(frozen=True)
class Named:
    """One person by name."""

    person: Person


@dataclass(frozen=True)
class Superior:
    """The initiator's superior, so many levels up."""

    superior: int = 1


@dataclass(frozen=True)
class SignerOf:
    """Whoever decided an earlier step; seated when this step's turn comes."""

    signer_of: int


@dataclass(frozen=True)
class Group:
    """Everybody of a named group."""

    group: str


Who = PostIn | Named | Superior | SignerOf | Group


# When a step applies, what settles it, what happens when it takes too long


class Op(StrEnum):
    IS = "="
    IS_NOT = "!="
    MORE = ">"
    LESS = "<"
    AT_LEAST = ">="
    AT_MOST = "<="


KINDS = {int: "整数", bool: "是或否", str: "文字"}


class OtherKind(TypeError):
    """Says which kind of fact a condition compares with."""


@dataclass(frozen=True)
class Condition:
    """条件: a declared fact of the subject compares so."""

    fact: str
    op: Op
    value: Fact

    def __str__(self) -> str:
        words = {True: "是", False: "否"}
        value = words[self.value] if isinstance(self.value, bool) else self.value
        return f"{self.fact} {self.op} {value}"

    def holds(self, facts: Mapping[str, Fact]) -> bool:
        """Raises KeyError where the fact is missing, OtherKind where it is of another kind than the value."""
        fact, value = facts[self.fact], self.value
        if not _alike(fact, value):
            raise OtherKind(f"应填{KINDS[type(value)]}，现在不是。")
        equal, less = fact == value, self.op not in (Op.IS, Op.IS_NOT) and fact < value  # type: ignore[operator]
        return {
            Op.IS: equal, Op.IS_NOT: not equal, Op.MORE: not (less or equal), Op.LESS: less,
            Op.AT_LEAST: not less, Op.AT_MOST: less or equal,
        }[self.op]  # fmt: skip


def _alike(one: Fact, other: Fact) -> bool:
    return type(one) is type(other)


@dataclass(frozen=True)
class Count:
    """A vote passes with so many yes votes."""

    count: int

    def needed(self, voters: int) -> int:
        return self.count


@dataclass(frozen=True)
class Ratio:
    """A vote passes with this part ("2/3") of all who vote; abstentions count among all, not as yes."""

    ratio: str

    def needed(self, voters: int) -> int:
        return ceil(_part(self.ratio) * voters)


@cache
def _part(ratio: str) -> Fraction:
    return Fraction(ratio)


Votes = Count | Ratio


@dataclass(frozen=True)
class Escalate:
    """升级: so long after the due time these people may decide too."""

    after: int
    to: Who


@dataclass(frozen=True)
class Automatic:
    """So long after the due time the system decides, and the trail says 系统."""

    after: int
    do: Then


@dataclass(frozen=True)
class Due:
    """超时: counted in working time from the moment somebody is asked; urged (催办) when it is up."""

    after: int
    unit: Unit = Unit.DAYS
    remind: int = 0  # so long before it; 0: not
    escalate: Escalate | None = None
    then: Automatic | None = None


@dataclass(frozen=True)
class Step:
    """One 环节. The order of `who` is the order of 依次."""

    name: str
    who: tuple[Who, ...]
    mode: Mode = Mode.ANY
    on_empty: OnEmpty | Who = OnEmpty.REFUSE  # a rule = the fallback
    on_reject: OnReject = OnReject.VETO
    votes: Votes | None = None  # of 票签
    when: tuple[Condition, ...] = ()  # all of them; else the step is skipped
    allow: tuple[Act, ...] = tuple(Act)
    opinion: bool = False  # an opinion is needed on a yes too
    due: Due | None = None
    copy: tuple[Who, ...] = ()  # 抄送: told to read once the step is passed
    claim: bool = False  # of 或签: whoever claims it decides it, the others wait


@dataclass(frozen=True)
class Route:
    """One frozen version of a 审批路线. Steps are counted from 1 everywhere."""

    name: str
    steps: tuple[Step, ...]
    dedupe: Dedupe = Dedupe.NONE
    on_self: OnSelf = OnSelf.SUPERIOR
    resubmit: Resubmit = Resubmit.RERUN
    withdraw_consent: Who | None = None  # whose consent a withdrawal asks once somebody has decided
    batch: bool = False  # 批量同意 is offered


def facts_of(route: Route) -> dict[str, Fact]:
    """Every fact that a condition asks for, with a value it is compared with."""
    return {one.fact: one.value for step in route.steps for one in step.when}
