"""What the initiator may do; readers, too."""

from __future__ import annotations

from approvals.engine.terms import Command

from .core import Asked, Core
from .course import Course
from .looking import differing
from .seating import Refused


class Initiating(Core):
    def do_withdraw(self, command: Command, person: str) -> None:
        self.mine(person)
        self.pending()
        if not self.decided:
            self.course.result = "withdrawn"
            return
        if self.consent:
            raise Refused("consent_asked")
        rule = self.route.withdraw_consent
        people = [one for one in dict.fromkeys(rule.post) if one not in self.authors] if rule else []
        if not people:
            raise Refused("post_empty" if rule else "already_decided")
        self.consents.append(Asked(people, self.course.at))

    @property
    def decided(self) -> bool:
        return any(
            one.what == "say" and one.word != "opined" and one.spoke != "system" for one in self.entries
        )

    def do_resubmit(self, command: Command, person: str) -> None:
        self.mine(person)
        if self.result != "returned":
            raise Refused("not_returned")
        self.keep_accepted(command.content)
        before, self.facts = self.facts, self.facts if command.facts is None else dict(command.facts)
        since = self.course.at if self.facts == before and self.may_jump(command) else 1
        turn = self.course.round + 1
        try:
            tables = self.course.tables[: since - 1] + self.seating.tables(turn, since)
        except Refused:
            self.facts = before
            raise
        self.contents[command.digest] = dict(command.content)
        self.shelve(self.course.past + self.course.tables[since - 1 :])
        self.begin(Course(self.seating, tables, turn, command.digest, since), command.at)

    def keep_accepted(self, new) -> None:
        old = self.contents[self.course.digest]
        if self.accepted is not None and any(new.get(item) != old[item] for item in self.accepted):
            raise Refused("accepted_changed")

    def may_jump(self, command: Command) -> bool:
        if self.route.resubmit != "jump_back":
            return False
        seen = {
            voice.saw
            for table in self.course.tables[: self.course.at - 1]
            for voice in table.voices
            if voice.said in ("yes", "abstain")
        }
        return all(
            saw == command.digest or differing(self.contents[saw], command.content) <= self.named
            for saw in seen
        )

    def do_void(self, command: Command, person: str) -> None:
        self.pending()
        self.course.result = "void"

    def do_read(self, command: Command, person: str) -> None:
        mine = [one for one in self.copies if one[2] == person]
        if not mine:
            raise Refused("nothing_to_read")
        self.copies |= dict.fromkeys(mine, True)
