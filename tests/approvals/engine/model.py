"""The engine's second opinion: the same words, told slowly. It keeps what was said, as persons and times.

No rows, no keys, no differences: every question (who is asked now?) is answered by looking through everything
that was said since the step was last begun. Shares nothing with the engine but the words of a route.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from approvals.routes import OnEmpty, Route


class Refused(Exception):
    """Carries the code; "too late" where the rows, which the model lacks, would say who was first."""


def opened_model(*case) -> Model | str:
    """The model, or the code of its refusal."""
    try:
        return Model(*case)
    except Refused as refused:
        return str(refused)


@dataclass
class Model:
    route: Route
    initiator: str
    drafters: str
    superiors: dict[str, str]
    chairs: list[list[str]] = field(default_factory=list)  # per step, who may be asked
    said: list[tuple[int, int, str, str]] = field(default_factory=list)  # (time, step, person, how)
    begun: list[int] = field(default_factory=list)  # per step, the time of its last beginning
    last_return: int = 0
    now: int = 1
    at: int = 0
    result: str = "pending"

    def __post_init__(self) -> None:
        self.own = set(self.drafters) | {self.initiator}
        self.chairs = [self.people(step) for step in self.route.steps]
        if not any(self.chairs):
            raise Refused("nobody")
        self.begun = [0] * len(self.chairs)
        self.go_on()

    # opening

    def people(self, step) -> list[str]:
        filled = [rule.post.replace("-", "") for rule in step.who]
        spare = "" if isinstance(step.on_empty, OnEmpty) else step.on_empty.post.replace("-", "")
        filled = [people if people else spare for people in filled]
        lacking = filled.count("")
        if lacking and step.on_empty != "skip" and not (step.mode == "any" and lacking < len(filled)):
            raise Refused("post_empty")
        seated: list[str] = []
        turned_away: list[str] = []
        for person in "".join(filled):
            instead = self.in_place_of(person)
            if person in seated or instead in seated or person in turned_away:
                continue
            (seated if instead else turned_away).append(instead or person)
        return seated

    def in_place_of(self, person: str) -> str:
        if person not in self.own or self.route.on_self == "allow":
            return person
        boss = self.superiors.get(person, "") if self.route.on_self == "superior" else ""
        return "" if boss in self.own else boss

    # looking back

    def yes_in(self, step: int) -> set[str]:
        return {
            who
            for time, where, who, how in self.said
            if where == step and how != "no" and time > self.begun[step]
        }

    def asked(self) -> list[str]:
        """Who can decide now."""
        if self.result != "pending" or self.at >= len(self.chairs):
            return []
        mode, yes = self.route.steps[self.at].mode, self.yes_in(self.at)
        missing = [who for who in self.chairs[self.at] if who not in yes]
        if mode == "any":
            return [] if yes else missing
        return missing[:1] if mode == "sequence" else missing

    def said_yes_before(self, person: str) -> bool:
        counted = [
            (step, who, how)
            for time, step, who, how in self.said
            if how != "no" and time > self.last_return and step < self.at
        ]
        if self.route.dedupe == "consecutive" and counted:
            newest = max(step for step, _, _ in counted)
            counted = [one for one in counted if one[0] == newest]
        own_words = [who for _, who, how in counted if how != "proxy"]
        return self.route.dedupe != "none" and person in own_words

    def some_human_decided(self, step: int | None = None) -> bool:
        return any(
            how != "auto" and (step is None or (where == step and time > self.begun[step]))
            for time, where, _, how in self.said
        )

    # going on

    def say(self, person: str, how: str, step: int | None = None) -> None:
        self.now += 1
        self.said.append((self.now, self.at if step is None else step, person, how))

    def go_on(self) -> None:
        while self.at < len(self.chairs):
            again = next((who for who in self.asked() if self.said_yes_before(who)), None)
            if again:
                self.say(again, "auto")
            elif self.asked():
                return
            else:
                self.at += 1
        self.result = "approved"

    def attempt(self, command) -> str | None:
        """Carry it out, or give the code of the refusal."""
        try:
            self.carry_out(command.by, command.behalf, command.do, command.to)
        except Refused as refused:
            return str(refused)
        return None

    def carry_out(self, by: str, behalf: str | None, do: str, to: str) -> None:
        person = behalf or by
        if do == "withdraw" and person != self.initiator:
            raise Refused("not_the_initiator")
        if do in ("withdraw", "void"):
            self.stop(do)
            return
        if by in self.own and (person != by or self.route.on_self != "allow"):
            raise Refused("own_matter")
        if person not in self.asked():
            raise Refused(self.why_not_asked(person))
        how = "human" if person == by else "proxy"
        if do == "agree":
            self.say(person, how)
            self.go_on()
        elif do == "disagree":
            self.say(person, "no")
            self.result = "rejected"
        elif to == "initiator":
            self.say(person, "no")
            self.result = "returned"
        else:
            self.go_back(person)

    def stop(self, do: str) -> None:
        if self.result != "pending":
            raise Refused("ended")
        if do == "withdraw" and self.some_human_decided():
            raise Refused("already_decided")
        self.result = "withdrawn" if do == "withdraw" else "void"

    def why_not_asked(self, person: str) -> str:
        if not any(person in people for people in self.chairs):
            return "not_a_signer"
        if self.result == "pending":
            ahead = self.chairs[self.at + 1 :]
            later_here = person in self.chairs[self.at] and person not in self.yes_in(self.at)
            if later_here or any(person in people for people in ahead):
                return "not_your_turn"
        return "too late"

    def go_back(self, person: str) -> None:
        before = [step for step in range(self.at) if self.some_human_decided(step)]
        if not before:
            raise Refused("no_previous")
        self.say(person, "no")
        self.last_return = self.now
        for step in range(before[-1], self.at + 1):
            self.begun[step] = self.now
        self.at = before[-1]
        self.go_on()
