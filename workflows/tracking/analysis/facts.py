"""Where the measures come from: the board's facts of now or of a past moment, the moves in the journal, the remarks."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone

from foundation.journal.models import Entry
from foundation.organization.calendar import WorkCalendar
from foundation.organization.models import Unit
from foundation.organization.posts import OFFICE_POSTS
from workflows.tasks.models import Remark, Task

from ..facts import Fact, facts_at, facts_now, tasks_of
from .measures import Clock, Followed, Followings
from .steps import Move, course_of
from .worktime import WorkTime

LABEL = Task._meta.label_lower


def followed(
    plan: int, units: QuerySet[Unit], calendar: WorkCalendar, now: dt.datetime, *, past: bool = False
) -> Followings:
    """Three queries; of a past moment seven at most. What was done before the plan was issued took no time here."""
    scope = Unit.objects.all() if past else units  # a task may have been another unit's then
    moves = _moves(plan, scope, now)
    facts = _facts_at(plan, units, now) if past else facts_now(plan, units)
    tasks = [_followed(fact, moves[fact.task]) for fact in facts if not fact.imported]
    reasons = _reasons(plan, scope, now, {one.task for one in tasks})
    return Followings(tasks, reasons, Clock(timezone.localtime(now), WorkTime(calendar)))


def _facts_at(plan: int, units: QuerySet[Unit], at: dt.datetime) -> list[Fact]:
    seen = set(units.values_list("pk", flat=True))
    return [fact for fact in facts_at(plan, at) if fact.unit in seen]


def _followed(fact: Fact, moves: list[Move]) -> Followed:
    came = fact.first_submitted_at
    return Followed(
        fact.task, fact.unit, fact.item, fact.state, fact.due_on, timezone.localdate(came) if came else None,
        course_of(moves),
    )  # fmt: skip


def _moves(plan: int, units: QuerySet[Unit], now: dt.datetime) -> dict[int, list[Move]]:
    tasks = tasks_of(plan, units).order_by().values("pk")
    rows = Entry.objects.filter(target=LABEL, target_id__in=tasks, at__lte=now).exclude(to="")
    here = timezone.get_current_timezone()  # asked once: a large campaign has a hundred thousand moves
    found: dict[int, list[Move]] = defaultdict(list)
    for task, verb, to, at in _rows(rows):
        found[task].append(Move(verb.rpartition(".")[2], to, at.astimezone(here)))
    return found


def _rows(entries: QuerySet[Entry]) -> Iterator[Any]:
    yield from (
        entries.order_by("target_id", "seq").values_list("target_id", "verb", "to", "at").iterator(5000)
    )


def _reasons(
    plan: int, units: QuerySet[Unit], now: dt.datetime, among: Collection[int]
) -> dict[str, int]:  # fmt: skip
    """What the office said, not what a unit's own heads wanted put right."""
    said = Remark.objects.filter(
        submission__task__in=tasks_of(plan, units), at__lte=now, by__post__in=OFFICE_POSTS
    )
    rows = said.order_by().values_list("reason", "submission__task").annotate(count=Count("pk"))
    counted = Counter[str]()
    for reason, task, count in rows:
        counted[reason] += count if task in among else 0
    return {reason: counted[reason] for reason in Remark.Reason.values if counted[reason]}
