"""Everything a paper may say of a case: its rows that count, where it stands in law, what the checker found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ..events import Event
from ..gates import effective
from ..models import Act, Case, Decision, Evidence, Party
from ..pack import Pack
from ..pack import Paper as FilePaper
from ..parties.told import Answer, Rows, answer
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

    @cached_property
    def told(self) -> list[Event]:
        return effective(self.pack, self.stands.events)

    def last(self, *steps: str) -> Event | None:
        return next((one for one in reversed(self.told) if one.step in steps), None)

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

    @cached_property
    def file(self) -> list[tuple[FilePaper, bool | str]]:
        """Every paper that a referral of this case needs, with true, or why it is not there, or nothing."""
        done = {one.step for one in self.stands.events}
        needed = [one for one in self.pack.file if not one.after or one.after in done]
        return [(one, self.case.file.get(one.code, "")) for one in needed]


def dossier_of(case: Case, at: dt.datetime) -> Dossier:
    """`case` with its unit, its team asked for once."""
    there = {"case": case, "struck_at": None}
    return Dossier(
        standing(case, at),
        list(Party.objects.filter(**there).select_related("of")),
        list(Act.objects.filter(**there)),
        list(Decision.objects.filter(**there).select_related("party", "act")),
        list(Evidence.objects.filter(**there)),
    )
