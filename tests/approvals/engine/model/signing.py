"""What the signers may do, and whoever is asked for consent."""

from __future__ import annotations

from approvals.engine.terms import Command

from .core import Core
from .course import Entry
from .looking import somebody_acted
from .seating import Refused
from .voices import Voice

WORDS = {"agree": "yes", "disagree": "no", "abstain": "abstain", "opine": "opined"}
BRINGS = {"transfer": "instead", "delegate": "opinion", "add_before": "before", "add_after": "after"}
MEANT = ("disagree", *BRINGS)  # what a step may forbid
HUMAN = ("own", "proxy")
STRANGER = (
    "not_a_signer",
    "already_decided",
    "ended",
)  # the model doesn't remember who was there and is gone


class Signing(Core):
    def act(self, command: Command, person: str) -> None:
        self.own_matter(command)
        voice = next((one for one in self.course.asked if one.person == person), None)
        voice = voice or (self.agreed_here(person) if command.do == "add_after" else None)
        if voice:
            self.speak(command, voice)
        elif self.consent and person in self.consent.people:
            self.answer(command, person)
        else:
            raise Refused(*self.why_not(person))

    def speak(self, command: Command, voice: Voice) -> None:
        step = self.course.table.step
        if self.course.table.free(voice):
            raise Refused("unclaimed")
        if voice.role == "opinion" and command.do not in ("opine", "delegate"):
            raise Refused("only_opinion")
        if command.do in MEANT and command.do not in step.allow:
            raise Refused("not_allowed")
        if command.do in BRINGS:
            self.bring(command, voice)
        else:
            self.say(command, voice)

    def do_claim(self, command: Command, person: str) -> None:
        voice = self.to_take(command, person)
        if voice is None or not self.course.table.free(voice):
            raise Refused("nothing_to_claim")
        self.hear(self.entry(command, "claim", voice, ""))

    def do_release(self, command: Command, person: str) -> None:
        voice = self.to_take(command, person)
        if voice is None or voice is not self.course.table.holder:
            raise Refused("not_claimed")
        self.hear(self.entry(command, "release", voice, ""))

    def to_take(self, command: Command, person: str) -> Voice | None:
        """Their voice in the step; none where they are only asked about a withdrawal."""
        self.own_matter(command)
        voice = next((one for one in self.course.asked if one.person == person), None)
        if voice is None and not (self.consent and person in self.consent.people):
            raise Refused(*self.why_not(person))
        return voice

    def answer(self, command: Command, person: str) -> None:
        if command.do not in ("agree", "disagree"):
            raise Refused("not_allowed", "not_delegated", "not_a_vote")
        if command.do == "disagree" and not command.opinion.strip():
            raise Refused("opinion_required")
        self.consents[-1].answer = (person, WORDS[command.do], spoken(command))
        if command.do == "agree":
            self.course.result = "withdrawn"

    def agreed_here(self, person: str) -> Voice | None:
        """They have agreed, and may still add somebody: in a sequence until the next one is asked."""
        table = self.course.table
        voice = table.find(person) if self.result == "pending" else None
        if voice is None or voice.said != "yes" or voice.spoke not in HUMAN:
            return None
        late = table.step.mode == "sequence" and table.place_of(voice).word != "open"
        return None if late else voice

    def why_not(self, person: str) -> tuple[str, ...]:
        if self.result == "pending":
            holder, here = self.course.table.holder, self.course.table.undone
            if holder and holder.person != person and any(voice.person == person for voice in here):
                return ("claimed",)
            ahead = self.course.tables[self.course.at - 1 :]
            if any(voice.person == person for table in ahead for voice in table.undone):
                return ("not_your_turn",)
        return STRANGER

    def say(self, command: Command, voice: Voice) -> None:
        do, step = command.do, self.course.table.step
        if do == "abstain" and (step.mode != "vote" or voice.added):
            raise Refused("not_a_vote")
        if do == "opine" and voice.role != "opinion":
            raise Refused("not_delegated")
        needs = do in ("disagree", "return", "opine") or (do in ("agree", "abstain") and step.opinion)
        if needs and not command.opinion.strip():
            raise Refused("opinion_required")
        if do == "return":
            self.give_back(command, voice)
        else:
            self.hear(self.entry(command, "say", voice, WORDS[do]))

    def entry(self, command: Command, what: str, voice: Voice, word: str, **more) -> Entry:
        return Entry(what, voice.person, self.course.at, command.at, word, spoken(command), **more)

    def give_back(self, command: Command, voice: Voice) -> None:
        before = [number for number in range(1, self.course.at) if somebody_acted(self.course, number)]
        items = self.contents[self.course.digest]
        wrong = {"no_such_item"} if set(command.items) - set(items) else set()
        if command.to == "previous" and not before:
            wrong.add("no_previous")
        if command.to not in ("initiator", "previous", *before):
            wrong.add("no_such_step")
        if wrong:
            raise Refused(*wrong)
        to = {"initiator": 0, "previous": max(before, default=0)}.get(command.to, command.to)
        self.hear(self.entry(command, "say", voice, "returned", to=to))
        self.named = set(command.items) if command.only else set()
        self.accepted = set(items) - set(command.items) if command.items else None

    def bring(self, command: Command, voice: Voice) -> None:
        people = [holder.person for holder in command.people]
        adds = command.do in ("add_before", "add_after")
        if adds and voice.added:
            raise Refused("not_allowed")
        self.may_come(people)
        self.hear(self.entry(command, "bring", voice, BRINGS[command.do], people=tuple(people)))

    def may_come(self, people: list[str]) -> None:
        if not people:
            raise Refused("nobody_named")
        here = set(self.course.table.here)
        wrong = {"already_there"} if here & set(people) or len(set(people)) < len(people) else set()
        wrong |= {"their_matter"} if self.barred & set(people) else set()
        if wrong:
            raise Refused(*wrong)

    def do_remove(self, command: Command, person: str) -> None:
        self.pending()
        self.own_matter(command)
        if not command.people:
            raise Refused("nobody_named")
        gone = [self.course.added(person, holder.person) for holder in command.people]
        if not all(gone):
            raise Refused("not_yours_to_remove", *STRANGER)
        for table in self.course.tables:
            if table.undone and all(any(one.descends(other) for other in gone) for one in table.undone):
                raise Refused("last_one")
        people = tuple(one.person for one in gone)
        self.hear(Entry("remove", person, self.course.at, command.at, people=people))


def spoken(command: Command) -> str:
    return "own" if command.principal == command.by else "proxy"
