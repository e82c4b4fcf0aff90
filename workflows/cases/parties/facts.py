"""What is told about a party, an act, a decision, evidence, the harm: a form, a command and a test say it alike."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import IO, Any, ClassVar, Self

from foundation.files.models import StoredFile
from foundation.files.services import attach, store
from foundation.organization.actors import Actor

from ..identifiers import masked
from ..models import Act, Decision, Evidence, Party
from ..models.kept import Kept


@dataclass(frozen=True)
class Facts:
    model: ClassVar[type[Kept]]

    def values(self) -> dict[str, Any]:
        """The columns of the row."""
        raise NotImplementedError

    def words(self) -> dict[str, str]:
        """What the journal keeps of it, as salted digests: never a whole number of a person."""
        raise NotImplementedError

    def stored(self, at: dt.datetime) -> Self:
        """With what it brings kept: before any row is locked."""
        return self

    def attach(self, row: int, actor: Actor, at: dt.datetime) -> None:
        """What it brings, to its row."""


@dataclass(frozen=True)
class PartyFacts(Facts):
    model = Party

    kind: str
    name: str
    code: str = ""
    of: int | None = None
    role: str = ""
    income: int | None = None

    def values(self) -> dict[str, Any]:
        return {
            "kind": self.kind, "name": self.name, "code": self.code, "of_id": self.of, "role": self.role,
            "income": self.income,
        }  # fmt: skip

    def words(self) -> dict[str, str]:
        income = "" if self.income is None else str(self.income)
        return {"name": self.name, "code": masked(self.code), "role": self.role, "income": income}


@dataclass(frozen=True)
class ActFacts(Facts):
    model = Act

    text: str
    article: str = ""
    stage: str = ""

    def values(self) -> dict[str, Any]:
        return {"text": self.text, "article": self.article, "stage": self.stage}

    def words(self) -> dict[str, str]:
        return self.values()


@dataclass(frozen=True)
class DecisionFacts(Facts):
    model = Decision

    party: int
    act: int
    number: str
    date: dt.date
    article: str
    stage: str = ""
    amount: int = 0
    other: str = ""
    gains: int = 0
    apart: str = ""

    def values(self) -> dict[str, Any]:
        return {
            "party_id": self.party, "act_id": self.act, "number": self.number, "date": self.date,
            "article": self.article, "stage": self.stage, "amount": self.amount, "other": self.other,
            "gains": self.gains, "apart": self.apart,
        }  # fmt: skip

    def words(self) -> dict[str, str]:
        return {name: str(value) for name, value in self.values().items()}


@dataclass(frozen=True)
class EvidenceFacts(Facts):
    model = Evidence

    kind: str
    name: str
    on: dt.date
    note: str = ""
    file: IO[bytes] | StoredFile | None = None
    file_name: str = ""

    def values(self) -> dict[str, Any]:
        return {"kind": self.kind, "name": self.name, "on": self.on, "note": self.note}

    def words(self) -> dict[str, str]:
        return {"name": self.name, "note": self.note, "file": self.file_name}

    def stored(self, at: dt.datetime) -> Self:
        if self.file is None or isinstance(self.file, StoredFile):
            return self
        return replace(self, file=store(self.file, self.file_name, at=at))

    def attach(self, row: int, actor: Actor, at: dt.datetime) -> None:
        if isinstance(self.file, StoredFile):
            attach(
                self.file, subject=Evidence._meta.label_lower, subject_id=row, slot="file", name=self.file_name,
                actor=actor, at=at,
            )  # fmt: skip


@dataclass(frozen=True)
class HarmFacts:
    """What the case did, and what suggests a crime whatever was fined."""

    dead: int = 0
    injured: int = 0
    loss: int = 0
    facts: tuple[str, ...] = ()

    def values(self) -> dict[str, Any]:
        return {"dead": self.dead, "injured": self.injured, "loss": self.loss, "facts": sorted(self.facts)}
