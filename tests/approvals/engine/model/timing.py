"""What time does, and urging."""

from __future__ import annotations

import datetime as dt

from approvals.engine.routes import Due
from approvals.engine.terms import Command

from .core import Core
from .course import Entry
from .seating import Refused
from .voices import Voice


class Timing(Core):
    def do_urge(self, command: Command, person: str) -> None:
        self.mine(person)
        self.pending()
        named = {holder.person for holder in command.people}
        today = command.at.date()
        voices = [one for one in self.course.asked if not named or one.person in named]
        asked = [one for one in (self.consent.people if self.consent else []) if not named or one in named]
        if not voices and not asked:
            raise Refused("nobody_to_urge")
        calm = [one for one in voices if one.urged != today]
        calm_asked = [one for one in asked if self.consent.urged.get(one) != today]
        if not calm and not calm_asked:
            raise Refused("urged_today")
        self.hear(*(Entry("urge", one.person, self.course.at, command.at) for one in calm))
        for one in calm_asked:
            self.consent.urged[one] = today

    def do_tick(self, command: Command, person: str) -> None:
        self.pending()
        for voice in sorted(self.course.asked, key=lambda one: one.came):
            self.remind(voice, command.at)
        while late := [one for one in self.course.asked if self.time_is_up(one, command.at)]:
            voice = min(late, key=lambda one: (one.since, one.came))
            word = {"agree": "yes", "return": "returned"}[self.due.then.do]
            self.hear(Entry("say", voice.person, self.course.at, command.at, word, "system"))
            if word == "returned":
                self.accepted, self.named = None, set()

    @property
    def due(self) -> Due | None:
        return self.course.table.step.due

    def over(self, voice: Voice, at: dt.datetime, count: int) -> bool:
        return at >= voice.since + dt.timedelta(**{self.due.unit: self.due.after + count})

    def time_is_up(self, voice: Voice, at: dt.datetime) -> bool:
        automatic = self.due.then if self.due and voice.role != "opinion" else None
        return automatic is not None and self.over(voice, at, automatic.after)

    def remind(self, voice: Voice, at: dt.datetime) -> None:
        if not self.due:
            return
        if self.over(voice, at, 0) and voice.nudge in ("", "reminded"):
            self.nudge(voice, at, "urged")
        elif self.due.remind and self.over(voice, at, -self.due.remind) and not voice.nudge:
            self.nudge(voice, at, "reminded")
        above = self.due.escalate if voice.role == "decider" and not voice.helps else None
        if above and voice.nudge == "urged" and self.over(voice, at, above.after):
            self.escalate(voice, at)

    def nudge(self, voice: Voice, at: dt.datetime, word: str) -> None:
        self.hear(Entry("nudge", voice.person, self.course.at, at, word))

    def escalate(self, voice: Voice, at: dt.datetime) -> None:
        here = {one.person for one in self.course.table.voices}
        people = [one for one in dict.fromkeys(self.due.escalate.to.post) if one not in here | self.barred]
        self.hear(Entry("bring", voice.person, self.course.at, at, "beside", "system", tuple(people)))
