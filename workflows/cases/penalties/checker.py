"""一案双罚 and what goes with it: does the case qualify, do the fines fit, is one act fined twice, is it a crime. Pure.

Nothing here stops anybody but a second fine for one act; a range that is left can be overruled with a reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from .case import PRINCIPAL, Case, Decision, Party
from .rules import ANY, Fine, Penalties, Range, Trigger, plain


@dataclass(frozen=True)
class Double:
    qualifies: bool
    principal: bool
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Checked:
    """One fine against its article. Ends are included; None where something is needed that is not told."""

    decision: Decision
    least: int | None
    most: int | None
    verified: bool  # the pack holds the article
    fits: bool = True  # it fines this kind of party, in this role, at this stage

    @property
    def ok(self) -> bool | None:
        if not self.fits:
            return False
        if self.least is None or self.most is None:
            return None
        return self.least <= self.decision.amount <= self.most


def double_penalty(rules: Penalties, case: Case) -> Double:
    """At least one effective decision on the entity and one on a natural person of it."""
    valid = [one for one in case.decisions if one.effective]
    entities = [one for one in valid if case.parties[one.party].kind == "entity"]
    fined = {one.party for one in entities}
    persons = [one for one in valid if _person_of(case, one, fined)]
    principal = any(case.parties[one.party].role == PRINCIPAL for one in persons)
    missing = [*_missing(entities, persons, case), *_strange(rules, persons, case)]
    if case.principal and persons and not principal:
        missing.append("处罚的自然人不是主要负责人，本单位的设置要求处罚主要负责人。")
    qualifies = bool(entities and persons) and (principal or not case.principal)
    return Double(qualifies, principal, tuple(missing))


def _person_of(case: Case, one: Decision, fined: set[str]) -> bool:
    """Of an entity that is fined; where that is not told, of the case's only one."""
    party = case.parties[one.party]
    return party.kind == "person" and (not fined or not party.of or party.of in fined)


def _missing(entities: list[Decision], persons: list[Decision], case: Case) -> Iterator[str]:
    if not entities:
        yield "缺少对单位的有效处罚决定。"
    if not persons:
        others = [one for one in case.decisions if one.effective and case.parties[one.party].kind == "person"]
        yield "被处罚的自然人不是被处罚单位的人员。" if others else "缺少对自然人的有效处罚决定。"


def _strange(rules: Penalties, persons: list[Decision], case: Case) -> Iterator[str]:
    """Warned of, it doesn't stop anything."""
    for one in persons:
        if plain(one.article) not in rules.persons:
            yield f"对{case.named(one.party)}适用的第{one.article}条不是对个人处罚的常见条款，请核对。"


def ranges(rules: Penalties, case: Case) -> list[Checked]:
    return [_checked(rules, case, one) for one in case.decisions]


def _checked(rules: Penalties, case: Case, one: Decision) -> Checked:
    known = rules.fines_of(one.article)
    party = case.parties[one.party]
    fitting = [
        fine for fine in known if fine.subject == party.kind and _stage(fine, one) and _role(fine, party)
    ]
    found = [_range(rules, fine, one, party, case) for fine in fitting]
    if known and not fitting:
        return Checked(one, None, None, True, fits=False)
    told = [ends for ends in found if ends]
    if not told or len(told) < len(found):
        return Checked(one, None, None, bool(known) or plain(one.article) == rules.daily)
    return Checked(one, min(least for least, _ in told), max(most for _, most in told), True)


def _stage(fine: Fine, one: Decision) -> bool:
    """Where the decision doesn't say, every stage may be meant."""
    return not one.stage or fine.stage == one.stage


def _role(fine: Fine, party: Party) -> bool:
    return not fine.roles or not party.role or party.role in fine.roles


def _range(rules: Penalties, fine: Fine, one: Decision, party: Party, case: Case) -> Range | None:
    level = rules.level_of(case.harm.dead, case.harm.injured, case.harm.loss).code
    if fine.income is not None:
        part = fine.income.get(level) or fine.income.get(ANY)
        return _percent(party.income, part) if part and party.income is not None else None
    if fine.levels is not None:
        return fine.levels.get(level)
    if fine.gains and one.gains >= fine.gains[0]:
        least, most = fine.gains[1]
        return one.gains * least, one.gains * most
    return fine.amount


def _percent(income: int, part: Range) -> Range:
    """Whole yuan: rounded up at the lower end, down at the upper one, never an empty range."""
    least, most = -(-income * part[0] // 100), income * part[1] // 100
    return (min(least, most), max(least, most))


def double_fines(rules: Penalties, case: Case) -> list[tuple[str, str, list[str]]]:
    """(party, act, decision numbers) where one party is fined twice for one act; daily fines are none."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in case.decisions:
        if one.effective and one.act and one.amount > 0 and plain(one.article) != rules.daily:
            found[(one.party, one.act)].append(one.number)
    return [(party, act, numbers) for (party, act), numbers in found.items() if len(numbers) > 1]


def referral(rules: Penalties, case: Case) -> list[tuple[Trigger, str]]:
    """What suggests a crime, each offence once an article: the trigger, and the article or the law behind it."""
    found: dict[tuple[str, str], tuple[Trigger, str]] = {}
    for trigger in rules.triggers:
        for article in _reasons(trigger, case):
            found.setdefault((article, trigger.offence), (trigger, article))
    return list(found.values())


def _reasons(trigger: Trigger, case: Case) -> Iterator[str]:
    if trigger.threshold:
        what, least = trigger.threshold
        if getattr(case.harm, what) >= least:
            yield trigger.cite
        return
    told = [(one.article, one.stage) for one in case.decisions]
    told += [(one.article, one.stage) for one in case.acts if one.article]
    for article, stage in told:
        same = article == trigger.article or (
            "(" not in trigger.article and plain(article) == trigger.article
        )
        if same and trigger.fact in ("", *case.flags) and trigger.stage in ("", stage):
            yield article
    if trigger.fact in case.flags and not any(plain(one) == trigger.article for one, _ in told):
        yield trigger.article
