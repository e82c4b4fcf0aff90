"""Everything a paper may say of a case: its rows that count, where it stands in law, what the checker found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ..events import Event
from ..models import Act, Case, Decision, Evidence, Party
from ..pack import Pack
from ..parties.told import Answer, Rows, answer, rows_of
from ..penalties.rules import Offence
from ..register import standing
from ..standing import Standing


@dataclass(frozen=True)
class Dossier:
    stands: Standing
    parties: Sequence[Party]
    acts: Sequence[Act]
    decisions: Sequence[Decision]  # with party and act
    evidence: Sequence[Evidence]

    @property
    def case(self) -> Case:
        return self.stands.case

    @property
    def pack(self) -> Pack:
        return self.stands.pack

    @property
    def organ(self) -> str:
        return self.case.unit.name

    @property
    def day(self) -> dt.date:
        return self.stands.now.date()

    def last(self, *steps: str) -> Event | None:
        return next((one for one in reversed(self.stands.told) if one.step in steps), None)

    @cached_property
    def answer(self) -> Answer:
        return answer(self.pack.penalties, self.case, Rows(self.parties, self.acts, self.decisions))

    @property
    def offences(self) -> list[Offence]:
        """Those that the case suggests, each once."""
        codes = dict.fromkeys(trigger.offence for trigger, _ in self.answer.triggers)
        return [self.pack.penalties.offences[one] for one in codes]

    @property
    def valid(self) -> list[Decision]:
        return [one for one in self.decisions if one.annulled_on is None]

    @property
    def things(self) -> list[Evidence]:
        return [one for one in self.evidence if one.kind == Evidence.Kind.THING]

    @property
    def officers(self) -> str:
        return "、".join(seat.person.name for seat in self.case.team.all())


def dossier_of(case: Case, at: dt.datetime) -> Dossier:
    """`case` with its unit, its team asked for once."""
    rows, evidence = rows_of(case), Evidence.objects.filter(case=case, struck_at=None)
    return Dossier(standing(case, at), rows.parties, rows.acts, rows.decisions, list(evidence))
