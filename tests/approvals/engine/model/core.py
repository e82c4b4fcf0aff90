"""What the model keeps, and how it hears."""

from __future__ import annotations

import datetime as dt
import pickle
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from approvals.engine.routes import Route
from approvals.engine.terms import Command

from .course import Course, Entry
from .seating import Refused, Seating
from .voices import Table


@dataclass
class Asked:
    """Those whose consent to a withdrawal is asked, or was."""

    people: list[str]
    step: int
    answer: tuple[str, str, str] | None = None  # who, what, for themselves or as a proxy
    urged: dict[str, dt.date] = field(default_factory=dict)


class Core:
    def __init__(
        self,
        route: Route,
        initiator: str,
        drafters: str = "",
        superiors: dict[str, str] | None = None,
        facts: dict | None = None,
        says: str = "",
        at: dt.datetime | None = None,
    ) -> None:
        self.route, self.initiator = route, initiator
        self.authors = set(drafters) | {initiator}
        self.superiors, self.facts = superiors or {}, dict(facts or {})
        self.contents = {says: items(says)}
        self.past: list[Table] = []  # of earlier submissions
        self.consents: list[Asked] = []
        self.copies: dict[
            tuple[int, int, str], bool
        ] = {}  # seated in which round, step, person: has it been read
        self.accepted: set[str] | None = None  # 部分退回
        self.named: set[str] = set()  # 仅补正
        self.begin(Course(self.seating, self.seating.tables(1), 1, says), at)

    @property
    def seating(self) -> Seating:
        return Seating(self.route, self.authors, self.superiors, self.facts)

    def begin(self, course: Course, at: Any) -> None:
        course.go_on(at)
        self.course, self.start = course, self.copy(course)
        self.entries: list[Entry] = []  # what was said since
        self.hand_out()

    def shelve(self, tables: list[Table]) -> None:
        self.consents = [asked for asked in self.consents if asked.answer]
        self.past += tables
        for table in tables:
            table.closed = True

    def copy(self, what: Any) -> Any:
        return pickle.loads(pickle.dumps(what))  # deep, and in C: all small cases are many

    def kept(self) -> Callable[[], Any]:
        """As many copies of the model as it is now as one wants."""
        return partial(pickle.loads, pickle.dumps(self))

    @property
    def barred(self) -> set[str]:
        return set() if self.route.on_self == "allow" else self.authors

    @property
    def result(self) -> str:
        return self.course.result

    @property
    def consent(self) -> Asked | None:
        asked = self.consents[-1] if self.consents else None
        return asked if asked and not asked.answer and self.result == "pending" else None

    def hear(self, *entries: Entry) -> None:
        for entry in entries:
            self.entries.append(entry)
            self.course.hear(entry)

    def attempt(self, command: Command) -> set[str]:
        """Carry it out, or give the codes that are fit for its refusal."""
        try:
            getattr(self, f"do_{command.do}", self.act)(command, command.principal)
        except Refused as refused:
            return refused.codes
        self.hand_out()
        return set()

    def hand_out(self) -> None:
        for copied in self.course.copied:
            self.copies.setdefault(copied, False)

    def pending(self) -> None:
        if self.result != "pending":
            raise Refused("ended")

    def mine(self, person: str) -> None:
        if person != self.initiator:
            raise Refused("not_the_initiator")

    def own_matter(self, command: Command) -> None:
        own = command.by in self.authors
        if own and (command.principal != command.by or self.route.on_self != "allow"):
            raise Refused("own_matter")


def items(says: str) -> dict[str, str]:
    return {word[0]: word[1:] for word in says.split()}
