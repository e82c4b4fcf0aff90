"""规则包: the law as dated data. What a pack says, read into values; nothing is decided here. Pure.

`docs/schemas/rule_pack.json` is its shape. A pack counts for the agencies that a law binds (`Pack.for_agency`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from .counting import Limit
from .penalties.rules import Penalties


class BadPack(ValueError):
    """规则包有误。"""


@dataclass(frozen=True)
class Law:
    code: str
    name: str
    effective_from: dt.date
    effective_to: dt.date | None = None
    number: str = ""
    binds: tuple[str, ...] = ()  # kinds of agency, empty: all
    read: str = "full"  # "part": only some of its articles were seen

    def cite(self, article: str) -> str:
        """The law and its article as papers name them; the 1 of 134-1 is a 之一."""
        number, _, more = article.partition("-")
        title = self.number or f"《{self.name}》"
        return f"{title}第{number}条{f'之{more}' if more else ''}" if number else title


@dataclass(frozen=True)
class Basis:
    """One or several articles that say the same limit; `extended` by an event to another one."""

    cites: tuple[str, ...]  # "310:5"
    limit: Limit
    verified: bool
    extended: tuple[tuple[str, Limit], ...] = ()


@dataclass(frozen=True)
class Break:
    """The clock stands still from one step to another."""

    start: str
    ends: tuple[str, ...]
    verified: bool = True


@dataclass(frozen=True)
class ClockRule:
    rule: str
    name: str
    who: str
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    bases: tuple[Basis, ...]
    void: tuple[str, ...] = ()
    pauses: tuple[Break, ...] = ()
    when: tuple[str, ...] = ()  # facts of the case that have to be so
    unless: tuple[str, ...] = ()
    only_after: tuple[str, ...] = ()  # steps without which it never starts
    only_ended: bool = False  # it is known only once its end is: nobody tells when it began to matter
    above: bool = False  # overdue, it is told above the head of the agency


@dataclass(frozen=True)
class Gate:
    """What has to be so before a step; `kind` names the test (gates.py), `value` what it needs."""

    step: str
    kind: str
    value: Any
    why: str
    cites: tuple[str, ...]
    when: tuple[str, ...] = ()  # facts of the case that have to be so
    after: str = ""  # it counts once that step happened


@dataclass(frozen=True)
class Step:
    code: str
    name: str
    track: str
    who: str
    ends: str = ""  # the track that is over with it
    late: bool = False  # may come after that
    then: str = ""  # what is due to follow at once


@dataclass(frozen=True)
class Paper:
    """One of the papers that a referral needs; `after`: only once that step happened."""

    code: str
    name: str
    cite: str
    after: str = ""


@dataclass(frozen=True)
class Effect:
    """What a step means for the other track: told there from then on, until another step."""

    step: str
    track: str  # that has to know
    note: str
    cites: tuple[str, ...]
    verified: bool
    needs: tuple[str, ...] = ()  # steps without which it means nothing
    unless: tuple[str, ...] = ()  # steps, whenever they were, that leave nothing to be told
    until: tuple[str, ...] = ()


def laws_of(cites: Iterable[str]) -> set[str]:
    """Codes of the laws that "310:5" and the like name."""
    return {one.partition(":")[0] for one in cites}


def counted(rule: ClockRule, law: str | None) -> tuple[Basis, ...]:
    """Where one law was chosen, its bases; all where none was, or where it says nothing of this rule."""
    return tuple(one for one in rule.bases if law in laws_of(one.cites)) or rule.bases


@dataclass(frozen=True)
class Advice:
    """What a 行政处罚决定书 tells its party. `text` names the limit as {limit}, and {review} and {court}, which whoever
    writes the paper names."""

    code: str
    text: str
    cites: tuple[str, ...]
    verified: bool
    limit: Limit | None = None
    fined: bool = False  # only where there is a fine


@dataclass(frozen=True)
class Pack:
    code: str
    name: str
    version: int
    effective_from: dt.date
    effective_to: dt.date | None
    laws: Mapping[str, Law]
    slots: tuple[tuple[str, str], ...]  # laws that were not found, and why
    posts: Mapping[str, str]
    steps: Mapping[str, Step]
    clocks: tuple[ClockRule, ...]
    gates: tuple[Gate, ...]
    file: tuple[Paper, ...]
    penalties: Penalties = field(repr=False)
    effects: tuple[Effect, ...] = ()
    advice: tuple[Advice, ...] = ()

    def cite(self, *cites: str) -> str:
        return "、".join(self.law(one).cite(one.partition(":")[2]) for one in cites)

    def law(self, cite: str) -> Law:
        return self.laws[cite.partition(":")[0]]

    def for_agency(self, kind: str) -> Pack:
        """Without what laws say that don't bind agencies of this kind."""
        clocks = (replace(one, bases=tuple(self._bases(one, kind))) for one in self.clocks)
        gates = (replace(one, cites=self._binding(one.cites, kind)) for one in self.gates)
        effects = (replace(one, cites=self._binding(one.cites, kind)) for one in self.effects)
        file = tuple(one for one in self.file if self._binding((one.cite,), kind))
        return replace(
            self, clocks=tuple(one for one in clocks if one.bases),
            gates=tuple(one for one in gates if one.cites), file=file,
            effects=tuple(one for one in effects if one.cites),
            advice=tuple(one for one in self.advice if self._binding(one.cites, kind)),
        )  # fmt: skip

    def _bases(self, clock: ClockRule, kind: str) -> Iterator[Basis]:
        for basis in clock.bases:
            if cites := self._binding(basis.cites, kind):
                yield replace(basis, cites=cites)

    def _binding(self, cites: tuple[str, ...], kind: str) -> tuple[str, ...]:
        return tuple(one for one in cites if not self.law(one).binds or kind in self.law(one).binds)
