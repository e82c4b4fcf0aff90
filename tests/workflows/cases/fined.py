"""A case of 甲镇 with parties, acts and decisions, told by its liaison officer in one call each."""

from __future__ import annotations

import datetime as dt

from workflows.cases.parties.facts import ActFacts, DecisionFacts, PartyFacts
from workflows.cases.parties.services import add_row, change_row

from .test_register import NOW, Told

CODE, NUMBER = "91350100M000100Y43", "11010519491231002X"  # published as examples
ACTED = dt.date(2026, 3, 20)


class Fined(Told):
    def add(self, facts, by=None) -> int:
        return add_row(case=self.pk, facts=facts, actor=by or self.by, at=NOW)

    def change(self, row: int, facts) -> None:
        change_row(case=self.pk, row=row, facts=facts, actor=self.by, at=NOW)

    def works(self, **more) -> int:
        return self.add(PartyFacts(**{"kind": "entity", "name": "某厂"} | more))

    def head(self, of: int, **more) -> int:
        told = {"kind": "person", "name": "许某", "of": of, "role": "principal"}
        return self.add(PartyFacts(**told | more))

    def act(self, text: str = "关闭报警器", **more) -> int:
        return self.add(ActFacts(text, **more))

    def decide(self, party: int, act: int, **more) -> int:
        return self.add(decision(party, act, **more))

    def both(self) -> tuple[int, int]:
        """A decision on the works and one on its head."""
        works, act = self.works(), self.act()
        one = self.decide(works, act, article="99", amount=40_000, stage="first")
        return one, self.decide(
            self.head(works), act, number="罚〔2026〕2号", article="94-1", stage="first", amount=30_000
        )


def decision(party: int, act: int, **more) -> DecisionFacts:
    told = {"number": "罚〔2026〕1号", "date": ACTED, "article": "101", "amount": 30_000}
    return DecisionFacts(party, act, **told | more)
