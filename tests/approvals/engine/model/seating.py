"""Who is asked to come to a step: the rules of a route over a hall of letters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from approvals.engine.routes import OnEmpty, Route, SignerOf, Step

from .voices import Place, Table, Voice


class Refused(Exception):
    """Carries the codes with which the engine may refuse."""

    def __init__(self, *codes: str) -> None:
        super().__init__(*codes)
        self.codes = set(codes)


@dataclass
class Seating:
    route: Route
    authors: set[str]
    superiors: Mapping[str, str]
    facts: Mapping[str, object] = field(default_factory=dict)

    def tables(self, turn: int, since: int = 1) -> list[Table]:
        """A table for every step from `since` on."""
        tables = [self.table(number, turn) for number in range(since, len(self.route.steps) + 1)]
        if all(voice.away for table in tables for voice in table.voices):
            raise Refused("nobody")
        return tables

    def table(self, number: int, turn: int) -> Table:
        step = self.route.steps[number - 1]
        if not self.applies(step):
            return Table(number, step, turn, [Place([Voice(None, "route", away=True)])])
        places = [Place([voice]) for voice in self.come(step)]
        readers = [person for rule in step.copy for person in rule.post]
        table = Table(number, step, turn, places, seated=turn, readers=readers)
        known = not any(isinstance(rule, SignerOf) for rule in step.who)
        several = len(places) - table.words.count("nobody")
        if step.mode == "vote" and known and several and step.votes.needed(several) > several:
            raise Refused("too_few_voters")
        return table

    def applies(self, step: Step) -> bool:
        for condition in step.when:
            fact = self.facts.get(condition.fact)
            if fact is None or type(fact) is not type(condition.value):
                raise Refused("fact_missing")
        return all(compare(self.facts[one.fact], one.op, one.value) for one in step.when)

    def come(self, step: Step) -> list[Voice]:
        rules = [self.named(rule, step) for rule in step.who]
        some = any(people for people in rules)
        came: list[Voice] = []
        for people in rules:
            if people:
                for person in people:
                    self.let_in(person, came)
            elif step.on_empty == "skip" or (step.mode == "any" and some):
                came.append(Voice(None, "route", away=True))
            else:
                raise Refused("post_empty")
        return came

    def named(self, rule, step: Step) -> list:
        if isinstance(rule, SignerOf):
            return [rule]
        spare = "" if isinstance(step.on_empty, OnEmpty) else step.on_empty.post
        return list(rule.post.replace("-", "") or spare.replace("-", ""))

    def let_in(self, person, came: list[Voice]) -> None:
        there = {voice.person for voice in came}
        if isinstance(person, SignerOf):
            came.append(Voice(None, f"late {person.signer_of}"))
        elif person in there:
            return
        elif person not in self.authors or self.route.on_self == "allow":
            came.append(Voice(person, "route"))
        else:
            boss = self.superiors.get(person) if self.route.on_self == "superior" else None
            away = boss is None or boss in self.authors or boss in there
            came.append(Voice(person if away else boss, "route", away=away))


def compare(fact, op: str, value) -> bool:
    if op in ("=", "!="):
        return (fact == value) == (op == "=")
    return {">": fact > value, "<": fact < value, ">=": fact >= value, "<=": fact <= value}[op]
