"""Voices sit in places, places at a table (one step in one round). Nothing here is stored but what was said."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from approvals.engine.routes import Step


@dataclass(eq=False)
class Voice:
    """`how` they came: route, late 2 (who decided step 2), instead, beside, before, after, opinion; the last `by` one."""

    person: str | None  # None: nobody holds the post, or it isn't known yet who comes
    how: str
    by: Voice | None = None
    said: str = ""  # yes, no, abstain, returned, opined, passed
    spoke: str = ""  # own, proxy, again (去重), system
    away: bool = False  # turned away at the door
    saw: str = ""
    since: dt.datetime | None = None  # when first asked
    nudge: str = ""
    urged: dt.date | None = None
    claims: bool = False  # has taken the step for themselves, and not put it back
    came: int = field(default_factory=count().__next__)

    @property
    def role(self) -> str:
        """What they are here for: a newcomer is here for what whoever passed it on was."""
        if self.how in ("instead", "beside"):
            return self.by.role
        return "decider" if self.how == "route" or self.how.startswith("late") else self.how

    @property
    def chair(self) -> bool:
        """Empty until it is known who decided the other step."""
        return self.person is None and not self.away

    @property
    def added(self) -> bool:
        return self.role in ("before", "after")

    @property
    def adder(self) -> Voice:
        """Of somebody added, or who has the place of one."""
        return self.by if self.how in ("before", "after") else self.by.adder

    @property
    def helps(self) -> bool:
        """They came for the delay alone."""
        return self.how == "beside" or (self.how == "instead" and self.by.helps)

    @property
    def silent(self) -> bool:
        return not (self.said or self.away)

    @property
    def whom(self) -> Voice | None:
        """Who waits for them."""
        if self.how == "before":
            return self.by
        if self.how == "opinion":
            return self.by.whom if self.by.how == "opinion" else self.by
        return self.by.whom if self.how == "instead" else None

    @property
    def late(self) -> bool:
        """Their turn is after the word of the place."""
        return self.role == "after" or (self.role == "opinion" and self.whom.late)

    def descends(self, other: Voice) -> bool:
        return self is other or (self.by is not None and self.by.descends(other))


@dataclass(eq=False)
class Place:
    voices: list[Voice]

    @property
    def deciders(self) -> list[Voice]:
        return [voice for voice in self.voices if voice.role == "decider"]

    @property
    def spoken(self) -> str:
        """What its decider said, not yet what those added after make of it."""
        words = [voice.said for voice in self.deciders if voice.said in ("yes", "abstain")]
        return words[0] if words else ""

    @property
    def word(self) -> str:
        if any(voice.said == "no" for voice in self.voices):
            return "no"
        if spoken := self.spoken:
            return "open" if any(voice.silent and voice.late for voice in self.voices) else spoken
        return "nobody" if all(voice.away for voice in self.deciders) else "open"

    @property
    def undone(self) -> list[Voice]:
        """Whoever may still be asked: before the word everybody, then those added after."""
        if self.word != "open":
            return []
        return [voice for voice in self.voices if voice.silent and (voice.late or not self.spoken)]

    @property
    def asked(self) -> list[Voice]:
        undone = self.undone
        waited_for = [voice.whom for voice in undone]
        return [voice for voice in undone if voice not in waited_for and voice.late == bool(self.spoken)]


@dataclass(eq=False)
class Table:
    number: int
    step: Step
    round: int
    places: list[Place] = field(default_factory=list)
    closed: bool = False  # its round or the approval is over
    seated: int = 0  # the round in which the route seated it: what it is copied to is copied once
    readers: list[str] = field(default_factory=list)

    @property
    def voices(self) -> list[Voice]:
        return [voice for place in self.places for voice in place.voices]

    @property
    def words(self) -> list[str]:
        return [place.word for place in self.places]

    @property
    def verdict(self) -> str:
        """passed, failed, or "" while it is open."""
        if any(voice.chair for voice in self.voices):
            return ""
        words = self.words
        yes, no, still, nobody = map(words.count, ("yes", "no", "open", "nobody"))
        several = len(words) - nobody
        if not several:
            return "passed"
        if no and self.step.on_reject == "veto":
            return "failed"
        passing, impossible = self.tally(yes, no, still, several)
        hearing = still > 0 and self.step.on_reject == "collect_all"
        if passing and not (still and self.step.mode == "vote" and self.step.on_reject != "until_impossible"):
            return "passed"
        return "failed" if impossible and not hearing else ""

    def tally(self, yes: int, no: int, still: int, several: int) -> tuple[bool, bool]:
        if self.step.mode == "any":
            return yes > 0, yes + still == 0
        if self.step.mode == "vote":
            needed = self.step.votes.needed(several)
            return yes >= needed, yes + still < needed
        return yes == several, no > 0

    @property
    def asked(self) -> list[Voice]:
        if self.closed or self.verdict:
            return []
        places = [place for place in self.places if place.word == "open"]
        return [
            voice for place in self.turn(places) for voice in place.asked if not self.kept_out(voice, place)
        ]

    @property
    def holder(self) -> Voice | None:
        """Who has claimed the step: theirs as long as their place has no word."""
        if self.closed or not self.step.claim:
            return None
        mine = [place.voices for place in self.places if place.word == "open"]
        return next((one for voices in mine for one in voices if one.claims and one.said != "passed"), None)

    def kept_out(self, voice: Voice, place: Place) -> bool:
        """Somebody else has claimed it: the other places wait, and who would decide beside them."""
        holder = self.holder
        if holder is None or voice is holder:
            return False
        return holder not in place.voices or (voice.role == "decider" and holder.silent)

    def free(self, voice: Voice) -> bool:
        """It has to be claimed first: there are others who could decide it, and nobody holds it."""
        if not self.step.claim or self.holder:
            return False
        able = [one for one in self.undone if one.role == "decider"]
        return voice in able and len(able) > 1

    def turn(self, places: list[Place]) -> list[Place]:
        return places[:1] if self.step.mode == "sequence" else places

    @property
    def undone(self) -> list[Voice]:
        over = self.closed or self.verdict
        return [] if over else [voice for place in self.places for voice in place.undone]

    @property
    def here(self) -> list[str | None]:
        """Who has a voice: not whoever passed it on or was not needed."""
        return [one.person for one in self.voices if one in self.undone or one.said not in ("", "passed")]

    def place_of(self, voice: Voice) -> Place:
        return next(place for place in self.places if voice in place.voices)

    def find(self, person: Any) -> Voice | None:
        """The last voice of the person here: they may have passed it on or been skipped, and come again."""
        mine = [voice for voice in self.voices if voice.person == person]
        return max(
            mine,
            key=lambda voice: (voice in self.undone, voice.said not in ("", "passed"), depth(voice)),
            default=None,
        )


def depth(voice: Voice) -> int:
    return 0 if voice.by is None else 1 + depth(voice.by)
