"""What is told about a case before it is checked: parties, acts, decisions, the harm. Pure; money is whole yuan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

PRINCIPAL = "principal"  # 主要负责人


@dataclass(frozen=True)
class Party:
    id: str
    kind: str  # "entity" or "person"
    name: str = ""
    of: str = ""  # a person's entity
    role: str = ""
    income: int | None = None


@dataclass(frozen=True)
class Decision:
    number: str
    party: str
    article: str
    amount: int
    act: str = ""
    stage: str = ""
    date: dt.date | None = None
    gains: int = 0
    effective: bool = True


@dataclass(frozen=True)
class Harm:
    dead: int = 0
    injured: int = 0
    loss: int = 0


@dataclass(frozen=True)
class Act:
    """What was found, whether or not it was fined."""

    id: str
    article: str = ""
    stage: str = ""


@dataclass(frozen=True)
class Case:
    parties: Mapping[str, Party]
    decisions: tuple[Decision, ...] = ()
    acts: tuple[Act, ...] = ()
    flags: frozenset[str] = frozenset()  # alarm_disabled, order_refused
    harm: Harm = field(default_factory=Harm)
    principal: bool = False  # the setting: the natural person must be the 主要负责人

    def named(self, party: str) -> str:
        return self.parties[party].name or party
