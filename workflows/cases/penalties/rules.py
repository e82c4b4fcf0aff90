"""The part of a rule pack about fines and offences (docs/schemas/rule_pack.json). Pure; money is whole yuan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Range = tuple[int, int]  # both ends included
ANY = "any"  # whatever the level of the accident


@dataclass(frozen=True)
class Fine:
    """What one article fines one kind of party at one stage."""

    article: str  # "94-1" is the first paragraph, "99(4)" the fourth item
    subject: str  # "entity" or "person"
    stage: str
    roles: tuple[str, ...] = ()  # of a person; empty: whoever is directly responsible
    amount: Range | None = None
    income: Mapping[str, Range] | None = None  # percent of last year's income, by level
    levels: Mapping[str, Range] | None = None  # by level of the accident
    gains: tuple[int, Range] | None = None  # from so much illegal gain on, so many times the gain
    effective_from: dt.date | None = None  # where it is not that of its law
    effective_to: dt.date | None = None


@dataclass(frozen=True)
class Level:
    """事故等级, from the fewest dead, seriously injured or yuan lost."""

    code: str
    name: str
    dead: int
    injured: int
    loss: int

    def reached(self, dead: int, injured: int, loss: int) -> bool:
        return dead >= self.dead > 0 or injured >= self.injured > 0 or loss >= self.loss > 0


@dataclass(frozen=True)
class Trigger:
    """Why a case has to be looked at for referral: an article with what narrows it, or the harm done."""

    offence: str
    cite: str
    verified: bool
    article: str = ""
    fact: str = ""
    stage: str = ""
    threshold: tuple[str, int] | None = None  # ("dead", 1)


@dataclass(frozen=True)
class Offence:
    code: str
    name: str
    cite: str


@dataclass(frozen=True)
class Penalties:
    fines: tuple[Fine, ...]
    persons: frozenset[str]  # articles for natural persons that make 一案双罚
    daily: str
    levels: tuple[Level, ...]  # the gravest first
    triggers: tuple[Trigger, ...]
    offences: Mapping[str, Offence]
    law: str = ""  # whose articles `fines` are
    once: str = ""  # the basis on which a second fine for the same act is refused

    def fines_of(self, article: str) -> list[Fine]:
        """Of the article as written, else of the one it is an item or a paragraph of; a whole article: any of its paragraphs."""
        for name in (article, article.partition("(")[0], plain(article)):
            if found := [one for one in self.fines if one.article == name]:
                return found
        return [one for one in self.fines if plain(one.article) == article]

    def level_of(self, dead: int, injured: int, loss: int) -> Level:
        *graver, least = self.levels
        return next((one for one in graver if one.reached(dead, injured, loss)), least)

    def cites(self) -> list[str]:
        cites = [one.cite for one in self.triggers] + [one.cite for one in self.offences.values()]
        return cites + [one for one in (self.law, self.once) if one]


def plain(article: str) -> str:
    """99(4) → 99, 94-1 → 94."""
    return article.partition("(")[0].partition("-")[0]


def read(document: Mapping[str, Any], day: Callable[[str], dt.date]) -> Penalties:
    """`day` reads a date."""
    return Penalties(
        tuple(_fine(one, day) for one in document["articles"]),
        frozenset(document["persons"]),
        document["daily"],
        tuple(Level(**one) for one in document["levels"]),
        tuple(_trigger(one) for one in document["triggers"]),
        {code: Offence(code, one["name"], one["basis"]) for code, one in document["offences"].items()},
        document.get("fined_under", ""),
        document.get("once", ""),
    )


def _fine(one: Mapping[str, Any], day: Callable[[str], dt.date]) -> Fine:
    gains = one.get("gains")
    start, end = (day(one[key]) if key in one else None for key in ("effective_from", "effective_to"))
    return Fine(
        one["article"], one["subject"], one["stage"], tuple(one.get("roles", ())),
        (one["min"], one["max"]) if "min" in one else None, _ranges(one.get("income")), _ranges(one.get("levels")),
        (gains["from"], _pair(gains["times"])) if gains else None, start, end,
    )  # fmt: skip


def _ranges(given: Mapping[str, Any] | None) -> Mapping[str, Range] | None:
    return {level: _pair(ends) for level, ends in given.items()} if given else None


def _pair(ends: list[int]) -> Range:
    first, last = ends
    return first, last


def _trigger(one: Mapping[str, Any]) -> Trigger:
    threshold = next(iter(one["threshold"].items())) if "threshold" in one else None
    told = {key: one.get(key, "") for key in ("article", "fact", "stage")}
    return Trigger(one["offence"], one["basis"], one["verified"], threshold=threshold, **told)
