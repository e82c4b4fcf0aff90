"""Whom a sweep of some day would hit: four queries, however many tasks are open."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import zip_longest

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from foundation.organization.calendar import WorkCalendar
from workflows.tasks.models import Extension, Task
from workflows.tasks.querysets import awaited

from ..models import Reminder, Slip
from .ladder import Come, Rung, Span, come
from .reading import ladder_for, ladders, reach

Key = tuple[int, Rung]  # the organ whose campaign it is, and the rung


@dataclass(frozen=True)
class Outlook:
    """Ids of tasks, by organ and rung: what goes out, and the reminders that are passed over."""

    take: dict[Key, list[int]] = field(default_factory=lambda: defaultdict(list))
    passed: dict[Key, list[int]] = field(default_factory=lambda: defaultdict(list))

    def counted(self, *, kind: str, colour: str = "") -> int:
        return sum(
            len(tasks)
            for (_, rung), tasks in self.take.items()
            if rung.kind == kind and rung.colour == colour
        )

    @property
    def skipped(self) -> int:
        return sum(map(len, self.passed.values()))


def ordered(tasks: Mapping[Key, list[int]]) -> list[tuple[Key, list[int]]]:
    """Rung by rung, so that numbers rise with them."""
    return sorted(tasks.items(), key=lambda one: (one[0][0], one[0][1].offset))


def outlook(today: dt.date, calendar: WorkCalendar) -> Outlook:
    """A task that has come to its last slip is not looked at any more."""
    found, asked = Outlook(), cache(_come(today, calendar))
    rows = _near(today, calendar)
    done, still = _done(rows), _still(rows)
    for pk, due_on, created, organ in rows.values_list("pk", "due_on", "created", "plan__organ"):
        since = timezone.localdate(created)
        come_to = asked(due_on, since, frozenset(done.get(pk, ())), tuple(still.get(pk, ())))
        for rung in come_to.take:
            found.take[organ, rung].append(pk)
        for rung in come_to.passed:
            found.passed[organ, rung].append(pk)
    return found


def _come(today: dt.date, calendar: WorkCalendar) -> Callable[..., Come]:
    """Of a hundred thousand tasks most have the same due day."""

    def asked(due_on: dt.date, since: dt.date, done: frozenset[str], still: tuple[Span, ...]) -> Come:
        ladder = ladder_for(due_on)
        return come(ladder, due_on, since=since, today=today, calendar=calendar, done=done, still=still)

    return asked


def _near(today: dt.date, calendar: WorkCalendar) -> QuerySet[Task]:
    finished = Slip.objects.filter(_topmost(), task=OuterRef("pk"), due_on=OuterRef("due_on"))
    return Task.objects.filter(~Exists(finished), awaited(), due_on__lte=reach(today, calendar)).order_by(
        "pk"
    )


def _topmost() -> Q:
    """Slips of the last rung of the ladder that holds on their due day; a newer one may go on from there."""
    found = Q()
    for one, newer in zip_longest(ladders(), ladders()[1:]):
        mine = Q(rung=one.last.code)
        if one != ladders()[0]:
            mine &= Q(due_on__gte=one.effective_from)
        found |= mine & Q(due_on__lt=newer.effective_from) if newer else mine
    return found


def _done(rows: QuerySet[Task]) -> dict[int, set[str]]:
    """Codes of the rungs that were taken or passed, for the due day that a task has now."""
    found: dict[int, set[str]] = defaultdict(set)
    for model in (Reminder, Slip):
        there: Iterable[tuple[int, str]] = model.objects.filter(
            task__in=rows.order_by().values("pk"), due_on=F("task__due_on")
        ).values_list("task", "rung")
        for task, rung in there:
            found[task].add(rung)
    return found


def _still(rows: QuerySet[Task]) -> dict[int, list[Span]]:
    """Days on which an extension is being decided, or was and then refused, from the due day that a task has now. One
    that was withdrawn had not to be decided: its days count."""
    found: dict[int, list[Span]] = defaultdict(list)
    asked = Extension.objects.filter(task__in=rows.order_by().values("pk"))
    refused = Q(state=Extension.State.REFUSED, due_on=F("task__due_on"))
    undone = asked.filter(Q(state=Extension.State.ASKED) | refused)
    for task, begun, over in undone.values_list("task", "asked_at", "decided_at"):
        last = timezone.localdate(over) if over else dt.date.max
        found[task].append((timezone.localdate(begun), last))
    return found
