"""One submission from its first question on: what is said in it, entry by entry, and how it goes on by itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

from .seating import Seating
from .voices import Place, Table, Voice


@dataclass(frozen=True, eq=False)
class Entry:
    """Something said: by or for `person` in a step, at a time. `what` is a method of the course."""

    what: str
    person: str
    step: int
    at: dt.datetime
    word: str = ""
    spoke: str = "own"
    people: tuple[str, ...] = ()
    to: int = 0


@dataclass
class Course:
    seating: Seating
    tables: list[Table]  # the last of each step
    round: int
    digest: str
    at: int = 1
    result: str = "pending"
    past: list[Table] = field(default_factory=list)
    copied: list[tuple[int, int, str]] = field(default_factory=list)  # who may read of which step

    @property
    def table(self) -> Table:
        return self.tables[min(self.at, len(self.tables)) - 1]

    @property
    def asked(self) -> list[Voice]:
        return self.table.asked if self.result == "pending" else []

    def hear(self, entry: Entry) -> None:
        voice = self.tables[entry.step - 1].find(entry.person)
        getattr(self, entry.what)(entry, voice)
        self.go_on(entry.at)

    # what can be said

    def say(self, entry: Entry, voice: Voice) -> None:
        voice.said, voice.spoke, voice.saw = entry.word, entry.spoke, self.digest
        if entry.word == "returned":
            self.go_back(entry.to)

    def bring(self, entry: Entry, voice: Voice | None) -> None:
        """Somebody comes by `voice`: word is how."""
        if entry.word == "beside" and (voice is None or not voice.since):
            return  # this is heard again, and they were never asked, or never came: nobody is late
        place = self.tables[entry.step - 1].place_of(voice)
        place.voices += [Voice(person, entry.word, voice) for person in entry.people]
        if entry.word in ("beside", "instead"):
            voice.claims = False
        if entry.word == "beside":
            voice.nudge, voice.urged = "escalated", entry.at.date()
        if entry.word == "instead" or (entry.word == voice.how == "opinion"):
            voice.said, voice.spoke = "passed", entry.spoke

    def remove(self, entry: Entry, voice: Voice) -> None:
        """With whoever they brought in; what was said stays."""
        gone = [self.added(entry.person, person) for person in entry.people]
        for place in (place for table in self.tables for place in table.places):
            place.voices = [
                one for one in place.voices if one.said or not any(one.descends(other) for other in gone)
            ]

    def added(self, adder: str, person: str) -> Voice | None:
        """Whom they added and who has not spoken, in the first step where there is one."""
        undone = [voice for table in self.tables[self.at - 1 :] for voice in table.undone]
        mine = [one for one in undone if one.added and one.adder.person == adder]
        return next((one for one in mine if one.person == person), None)

    def claim(self, entry: Entry, voice: Voice) -> None:
        voice.claims = True

    def release(self, entry: Entry, voice: Voice) -> None:
        voice.claims = False

    def could_claim(self, entry: Entry) -> bool:
        return any(one.person == entry.person and self.table.free(one) for one in self.asked)

    def nudge(self, entry: Entry, voice: Voice) -> None:
        if voice and voice.since:  # else this is heard again, and they were never asked
            voice.nudge = entry.word
            voice.urged = entry.at.date() if entry.word == "urged" else voice.urged

    def urge(self, entry: Entry, voice: Voice) -> None:
        if voice and voice.since:  # else this is heard again, and they were never asked
            voice.urged = entry.at.date()

    # going on

    def go_back(self, to: int) -> None:
        """To the initiator (0), or to a step: from there up to this one everybody comes anew."""
        if not to:
            self.result = "returned"
            return
        self.round += 1
        for number in range(to, self.at + 1):
            self.again(self.tables[number - 1])
        for table in self.tables[self.at :]:
            table.round = self.round
        self.at = to

    def again(self, old: Table) -> None:
        """A table as before. Where nobody could be asked there is none but the old one."""
        places = all_anew(old.places)
        if places:
            old.closed = True
            self.past.append(old)
            self.tables[old.number - 1] = replace(old, round=self.round, places=places, closed=False)

    def go_on(self, at: dt.datetime) -> None:
        while self.result == "pending":
            self.fill()
            again = next((voice for voice in self.asked if self.agreed_before(voice)), None)
            if again:
                again.said, again.spoke, again.saw = "yes", "again", self.digest
            elif self.table.verdict == "failed":
                self.result = "rejected"
            elif not self.table.verdict:
                break
            else:
                self.leave()
        for voice in self.asked:
            voice.since = voice.since or at

    def leave(self) -> None:
        self.copied += [(self.table.seated, self.at, person) for person in dict.fromkeys(self.table.readers)]
        self.at += 1
        if self.at > len(self.tables):
            self.result = "approved"

    def fill(self) -> None:
        """Whoever decided another step takes their places, now that the turn has come."""
        places: list[Place] = []
        for place in self.table.places:
            first = place.voices[0]
            places += self.late(first, places) if first.chair else [place]
        self.table.places = places

    def late(self, chair: Voice, before: list[Place]) -> list[Place]:
        other = self.tables[int(chair.how.split()[1]) - 1]
        here = {voice.person for place in self.table.places + before for voice in place.voices}
        came = [
            voice.person
            for voice in other.voices
            if (voice.role, voice.said) == ("decider", "yes") and voice.person not in here
        ]
        chair.away = not came
        return [Place([Voice(person, chair.how)]) for person in dict.fromkeys(came)] or [Place([chair])]

    def agreed_before(self, voice: Voice) -> bool:
        dedupe = self.seating.route.dedupe
        if dedupe == "none" or voice.role == "opinion" or voice.helps:
            return False
        agreed = [
            [one for one in table.voices if one.said == "yes"]
            for table in self.tables[: self.at - 1]
            if table.round == self.round
        ]
        agreed = [yeses for yeses in agreed if yeses]
        counted = agreed[-1:] if dedupe == "consecutive" else agreed
        return any(
            one.person == voice.person and one.spoke in ("own", "again") for yeses in counted for one in yeses
        )


def anew(place: Place) -> Place:
    """The same place in a new round: who stands in it now, and whoever was added."""
    first = place.voices[0]
    decider = Voice(heir(place, first).person, first.how)
    added = [
        Voice(heir(place, voice).person, voice.how, decider)
        for voice in place.voices
        if voice.how in ("before", "after")
    ]
    return Place([decider, *added])


def all_anew(places: list[Place]) -> list[Place]:
    """Whoever decides another step is not known before the turn comes again: one empty chair for all of them."""
    came: list[Place] = []
    for place in places:
        how = place.voices[0].how
        if not how.startswith("late "):
            came += [] if place.voices[0].away else [anew(place)]
        elif all(other.voices[0].how != how for other in came):
            came.append(Place([Voice(None, how)]))
    return came


def heir(place: Place, voice: Voice) -> Voice:
    """Whoever has the place of `voice` now, however often it was passed on."""
    after = next((one for one in place.voices if one.how == "instead" and one.by is voice), None)
    return heir(place, after) if after else voice
