"""取回: to hear everything again without it, unless somebody who comes after has acted."""

from __future__ import annotations

from approvals.engine.terms import Command

from .core import Core
from .course import Course, Entry
from .seating import Refused
from .voices import Table, Voice

NOTHING = ("nothing_to_take_back", "acted_upon", "not_a_signer")


class Taking(Core):
    def do_take_back(self, command: Command, person: str) -> None:
        self.pending()
        self.own_matter(command)
        mine = [one for one in self.entries if one.person == person and is_act(one)]
        if not mine:
            raise Refused(*NOTHING)
        last = mine[-1]
        codes = {"not_allowed"} if "take_back" not in self.route.steps[last.step - 1].allow else set()
        codes |= {"acted_upon"} if acted_upon(self.course, self.entries, last) else set()
        if codes:
            raise Refused(*codes, *NOTHING)
        before, self.course = self.course, self.copy(self.start)
        rest = []
        for entry in without(self.entries, last):
            if entry.what != "claim" or self.course.could_claim(entry):
                self.course.hear(entry)
                rest.append(entry)
        self.course.go_on(command.at)
        asked = [one.person for one in self.course.asked if self.course.at == last.step]
        if person not in asked or len(set(self.course.table.here)) < len(self.course.table.here):
            self.course = before
            raise Refused(*NOTHING)
        self.entries = rest


def is_act(entry: Entry) -> bool:
    return entry.spoke != "system" and (entry.what == "say" or entry.word in ("instead", "opinion"))


def without(entries: list[Entry], act: Entry) -> list[Entry]:
    """The act, and the claim under which it was done: the matter is put back."""
    before = entries[: entries.index(act)]
    mine = [one for one in before if one.what == "claim" and (one.person, one.step) == (act.person, act.step)]
    return [one for one in entries if one is not act and one not in mine[-1:]]


def acted_upon(course: Course, entries: list[Entry], act: Entry) -> bool:
    since = entries[entries.index(act) + 1 :]
    if any(one.word == "returned" for one in since):
        return True
    if act.word == "returned":
        return any(
            has_acted(voice, course) for table in course.tables[act.to - 1 :] for voice in table.voices
        )
    table = course.tables[act.step - 1]
    voice = speaker(table, act)
    if voice is None:  # whom they brought in has been removed
        return True
    later = [one for other in course.tables[act.step :] for one in other.voices]
    return any(has_acted(one, course) for one in later + after(table, voice, act)) or any(
        told(table, voice, one, act) for one in since if one.step == act.step
    )


def speaker(table: Table, act: Entry) -> Voice | None:
    """They may have passed their place on and be here again for somebody else."""
    if act.people:
        here = [one.by for one in table.voices if one.person in act.people and one.by in table.voices]
        return next((one for one in here if one.person == act.person), None)
    return next(one for one in table.voices if (one.person, one.said) == (act.person, act.word))


def after(table: Table, voice: Voice, act: Entry) -> list[Voice]:
    """Who comes after it in the step: the next of a sequence, whom it brought in, or those added after a word."""
    place = table.place_of(voice)
    number = table.places.index(place)
    following = table.places[number + 1 :] if table.step.mode == "sequence" else []
    brought = [one for one in place.voices if one.by is voice and one.person in act.people]
    late = [one for one in place.voices if one.late] if voice.role == "decider" and act.what == "say" else []
    word = (
        [one for one in place.deciders if one.said not in ("", "passed")]
        if voice.whom and not voice.late
        else []
    )
    return [one for other in following for one in other.voices] + brought + late + word


def told(table: Table, voice: Voice, entry: Entry, act: Entry) -> bool:
    """The entry is of somebody who had waited for them; or for one who was first asked by their word, and late."""
    if voice.said == "passed" or voice.whom is None:
        return False
    whom = voice.whom
    escalated = entry.word == "beside" and entry.people and whom.since is not None and whom.since >= act.at
    return (is_act(entry) or escalated) and speaker(table, entry) is whom


def has_acted(voice: Voice, course: Course) -> bool:
    """They spoke, themselves or by a proxy, or time did in their stead; or they brought in somebody."""
    return (voice.said != "" and voice.spoke != "again") or any(
        one.by is voice for table in course.tables for one in table.voices
    )
