"""What a paper of a case is: what people write for it, what it cannot be made without, what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..models import Decision
from .dossier import Dossier

Parts = list[dict[str, Any]]  # as documents/papers.py takes them


@dataclass(frozen=True)
class About:
    """A case, and the decision where the paper is about one."""

    dossier: Dossier
    decision: Decision | None = None

    @property
    def decided(self) -> Decision:
        assert self.decision is not None
        return self.decision


@dataclass(frozen=True)
class Line:
    """Something to write or to choose; `first` is offered until somebody wrote another thing."""

    name: str
    label: str
    required: bool = False
    long: bool = False
    hint: str = ""
    first: Callable[[About], str] = lambda about: ""
    choices: Callable[[About], list[tuple[str, str]]] | None = None
    wanted: Callable[[About], bool] = lambda about: True


Typed = Mapping[str, str]


def nothing(about: About) -> Iterator[str]:
    yield from ()


@dataclass(frozen=True)
class Paper:
    code: str
    name: str
    build: Callable[[About, Typed], Parts]
    lines: tuple[Line, ...] = ()
    missing: Callable[[About], Iterable[str]] = nothing
    offered: Callable[[Dossier], bool] = lambda dossier: True
    each: bool = False  # one for each decision that counts
    mark: str = ""  # after the 机关代字: it has a number of its own
    sent: str = ""  # the step, of the pack, whose number is that of the paper
    says: str = ""  # what it is for

    def fields(self, about: About) -> list[Line]:
        own = [one for one in self.lines if one.wanted(about)]
        return [*own, replace(NUMBER, first=self._number)] if self.mark else own

    def _number(self, about: About) -> str:
        told = about.dossier.last(self.sent)
        return told.number if told else ""


NUMBER = Line("number", "文号", hint="不填的按机关代字自动编号；已经有文号的照填，如 某应急移〔2026〕1号。")


# What several papers can't do without.


def no_party(about: About) -> Iterator[str]:
    if not about.dossier.parties:
        yield "还没有登记当事人"


def no_act(about: About) -> Iterator[str]:
    if not about.dossier.acts:
        yield "还没有登记违法行为"


def not_accounted(about: About) -> Iterator[str]:
    names = [paper.name for paper, there in about.dossier.stands.papers if not there]
    if names:
        yield f"还没有说明有无：{'、'.join(names)}（在“修改信息”里填）"
