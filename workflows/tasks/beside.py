"""What hangs on a task beside it, for its page: the rooms, also those above, say so in AppConfig.ready."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from foundation.journal.models import Entry
from foundation.journal.verbs import says
from foundation.organization.templatetags.components import kept_day

from .models import Task


@dataclass(frozen=True)
class Side:
    """One thing of a sheet of the page; `light` as components.light takes it."""

    light: str
    words: str
    text: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Kind:
    """`of`: the rows of a task, each a target of the journal whose entries stand in the task's 办理过程.
    `listed`: what the page shows of them, nothing where the timeline says all."""

    title: str
    of: Callable[[int], QuerySet]
    listed: Callable[[int, dt.date], list[Side]] | None = None


KINDS: dict[str, Kind] = {}  # by the target, "tracking.slip"


def register(target: str, kind: Kind) -> None:
    KINDS[target] = kind


def entries_beside(task: int) -> list[QuerySet[Entry]]:
    """Of the journal, a list for each kind."""
    return [
        Entry.objects.filter(target=target, target_id__in=kind.of(task).values("pk"))
        for target, kind in KINDS.items()
    ]


def does(entry: Entry) -> str:
    """With the rung, or the days it is about."""
    data = entry.data
    until = data.get("granted_on") or data.get("wanted_on")
    more = data.get("rung") or (f"原截止 {kept_day(data['from'])}，延至 {kept_day(until)}" if until else "")
    return f"{says(entry.verb)}（{more}）" if more else says(entry.verb)


def sides_of(task: Task, entries: Iterable[Entry], today: dt.date) -> list[tuple[str, list[Side]]]:
    """(title, rows) of every kind that there is something of, by what the journal tells; a query each."""
    there = {entry.target for entry in entries}
    kinds = [kind for target, kind in KINDS.items() if target in there]
    return [(kind.title, kind.listed(task.pk, today)) for kind in kinds if kind.listed]
