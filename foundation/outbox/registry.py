"""Who is told of what. A room says it in its messages.py, which is imported at start: for each verb of the journal the
kind of message, its sentence, and who gets it.

    URGED = kind("task.urged", "任务催办", urgent=True, daily=True)
    inform("tasks.task.urge", URGED, "有任务被催办，请尽快办理。", holders(Task, Post.LIAISON))

Nothing else is needed: the entry is the event, and spreading.py makes the messages. `shown(Task, sees_task, …)` once a
model lets those who may see its row read its title beside the sentence, and leads to its page. The sentence goes
outside the house as it stands: it names the kind of thing, never the thing.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Model
from django.utils import timezone

from foundation.journal.models import Entry
from foundation.organization.rules import Rule


class Event(NamedTuple):
    """A journal entry, as far as it says who has to hear of it."""

    id: int
    verb: str
    target: str  # label of its model
    target_id: int
    to: str  # the state it moved to
    actor: int | None  # a person
    post: int | None
    data: dict[str, Any]
    at: dt.datetime

    @classmethod
    def of(cls, entry: Entry) -> Event:
        return cls(*(getattr(entry, name) for name in COLUMNS))

    @property
    def day(self) -> dt.date:
        return timezone.localdate(self.at)


COLUMNS = ("pk", "verb", "target", "target_id", "to", "actor_id", "post_id", "data", "at")  # of an entry


class Seat(NamedTuple):
    """An appointment, and who holds it."""

    pk: int
    person: int


Told = Iterable[tuple[Event, Seat]]
Page = Callable[[Event], str]
Recipients = Callable[[list[Event]], Told]  # of events of one verb, a chunk at a time


@dataclass(frozen=True)
class Kind:
    """What people choose channels for."""

    code: str  # stands in the database for ever
    name: str
    urgent: bool = False  # told at once, where a person has not chosen; the others in the digest
    daily: bool = False  # at most once a day for a person and a matter


@dataclass(frozen=True)
class Inform:
    kind: Kind
    says: str
    to: Recipients
    when: Callable[[Event], bool]
    own: bool  # also whoever did it
    page: Page | None = None  # where it leads, if not to the page of the target


@dataclass(frozen=True)
class Shown:
    """`title` and `pk` are columns of the target, or of what it leads to; `page` is the name of a url."""

    model: type[Model]
    rule: Rule
    title: str
    page: str
    pk: str


KINDS: dict[str, Kind] = {}
INFORMS: dict[str, list[Inform]] = defaultdict(list)  # by verb
SHOWN: dict[str, Shown] = {}  # by label


def kind(code: str, name: str, *, urgent: bool = False, daily: bool = False) -> Kind:
    return KINDS.setdefault(code, Kind(code, name, urgent, daily))


def inform(
    verb: str, kind: Kind, says: str, to: Recipients, *, when: Callable[[Event], bool] = lambda event: True,
    own: bool = False, page: Page | None = None,
) -> None:  # fmt: skip
    """Of several for one verb the first that names a person tells them: a person hears of an event once."""
    INFORMS[verb].append(Inform(kind, says, to, when, own, page))


def shown(model: type[Model], rule: Rule, *, title: str, page: str, pk: str = "pk") -> None:
    SHOWN[model._meta.label_lower] = Shown(model, rule, title, page, pk)


def informed(entry: Entry, kind: str) -> Inform | None:
    """By what a message was made; None where that is no longer told."""
    event = Event.of(entry)
    return next(
        (one for one in INFORMS.get(entry.verb, ()) if one.kind.code == kind and one.when(event)), None
    )


def sentence(entry: Entry, kind: str) -> str:
    """What is no longer told keeps the name of its kind."""
    made = informed(entry, kind)
    return made.says if made else f"{name_of(kind)}。"


def name_of(kind: str) -> str:
    return KINDS[kind].name if kind in KINDS else "消息"
