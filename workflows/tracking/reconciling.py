"""What is stored beside the journal, worked out anew from it and compared: slow, and by other ways than it was written.

A room adds what it stores to CHECKS in AppConfig.ready.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.db.models import CharField, F, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django_fsm import FSMField

from documents.models import Document, Register
from foundation.journal.chain import canonical
from foundation.journal.models import Entry, Journaled
from foundation.organization.models import Unit
from workflows.cases.wall.reckoning import reconcile as reconcile_clocks
from workflows.plans.models import Plan
from workflows.tasks.models import Extension, Submission, Task

from .facts import MOVES, facts_at, facts_now
from .models import Assessment, Slip
from .supervision.papers import LABEL as SLIP

TASK = Task._meta.label_lower
HANDED_IN = (f"{TASK}.submit", f"{TASK}.enter")
BLOCK = 10_000  # tasks


@dataclass(frozen=True)
class Difference:
    """`what`: of which model which column."""

    what: str
    id: int
    stored: Any
    journal: Any


Check = Callable[[dt.datetime], Iterator[tuple[int, list[Difference]]]]  # rows looked at, what differs


def reconcile(at: dt.datetime, told: Callable[[int], None] = lambda checked: None) -> dict[str, Any]:
    """docs/schemas/reconcile.json. `told` hears from time to time how many rows were looked at."""
    checked, different = 0, list[Difference]()
    for check in CHECKS:
        for count, found in check(at):
            checked += count
            different += found
            told(checked)
    return {"checked": checked, "different": [asdict(one) for one in different]}


def states(at: dt.datetime) -> Iterator[tuple[int, list[Difference]]]:
    """Every journaled row stands where the last entry of its chain put it."""
    for model in apps.get_models():
        state = next((field.name for field in model._meta.fields if isinstance(field, FSMField)), None)
        if not issubclass(model, Journaled) or state is None:
            continue
        label = model._meta.label_lower
        chain = Entry.objects.filter(target=label, target_id=OuterRef("pk")).exclude(to="").order_by("-seq")
        rows = model._base_manager.annotate(said=Subquery(chain.values("to")[:1], CharField()))
        wrong = rows.filter(Q(said=None) | ~Q(said=F(state))).order_by("pk").values_list("pk", state, "said")
        yield rows.count(), [Difference(f"{label}.{state}", *one) for one in wrong]


def board(at: dt.datetime) -> Iterator[tuple[int, list[Difference]]]:
    """The board as it is read from the tasks, and as the journal tells it of the moment of its last entry: a demo that
    plays a year to its end writes of days to come."""
    last = Entry.objects.aggregate(last=Max("at"))["last"] or at
    for plan in Plan.objects.exclude(state__in=["draft", "in_approval", "approved"]):
        now = facts_now(plan.pk, Unit.objects.all())
        told = {one.task: one for one in facts_at(plan.pk, max(at, last))}
        yield len(now), [
            Difference(f"{TASK}.{name}", one.task, _plain(getattr(one, name)), _plain(getattr(told.get(one.task), name, None)))
            for one in now
            for name in ("state", "unit", "due_on", "first_submitted_at")
            if getattr(one, name) != getattr(told.get(one.task), name, None)
        ]  # fmt: skip


def due_days(at: dt.datetime) -> Iterator[tuple[int, list[Difference]]]:
    """Where the last move put it, else that of its period, unless a 补充通知 gave the period another one since."""
    for block in _blocks(Task.objects.values_list("pk", "due_on", "period__due_on", "item__version")):
        moved = _told(block, MOVES).values_list("target_id", "data")
        last = {pk: data["due_on"][1] for pk, data in moved if "due_on" in data}
        yield (
            len(block),
            [
                Difference(f"{TASK}.due_on", pk, _plain(due_on), said)
                for pk, due_on, period, version in block
                if (said := last.get(pk, _plain(period if version == 1 else due_on))) != _plain(due_on)
            ],
        )


def submissions(at: dt.datetime) -> Iterator[tuple[int, list[Difference]]]:
    """As many versions as were handed in."""
    last = Submission.objects.filter(task=OuterRef("pk")).order_by("-version").values("version")[:1]
    rows = Task.objects.annotate(handed=Coalesce(Subquery(last), 0))
    wrong = rows.exclude(version=F("handed")).order_by("pk").values_list("pk", "version", "handed")
    yield Task.objects.count(), [Difference(f"{TASK}.version", *one) for one in wrong]


def first_times(at: dt.datetime) -> Iterator[tuple[int, list[Difference]]]:
    """Timeliness: when it was handed in for the first time; of a 代录 the day of the paper."""
    for block in _blocks(Task.objects.values_list("pk", "first_submitted_at")):
        told: dict[int, str] = {}
        for pk, data, handed in _told(block, HANDED_IN).values_list("target_id", "data", "at"):
            told.setdefault(pk, data.get("first") or handed.isoformat())
        yield (
            len(block),
            [
                Difference(f"{TASK}.first_submitted_at", pk, _plain(first), told.get(pk))
                for pk, first in block
                if first != (dt.datetime.fromisoformat(told[pk]) if pk in told else None)
            ],
        )


def contents(at: dt.datetime) -> Iterator[tuple[int, list[Difference]]]:
    """What was handed in and what was fixed is, word for word, what the journal holds the digest of."""
    for block in _blocks(Task.objects.values_list("pk")):
        entries = _told(block, HANDED_IN).values_list("target_id", "data")
        handed = {(pk, data["version"]): data.get("digest") for pk, data in entries}
        rows = Submission.objects.filter(task__pk__range=_ends(block)).order_by("pk")
        yield from _words(
            "tasks.submission.content", handed, rows.values_list("pk", "content", "task", "version")
        )
    fixed = Entry.objects.filter(target=Assessment._meta.label_lower).values_list("target_id", "data")
    results = Assessment.objects.order_by("pk").values_list("pk", "results", "pk")
    told = {(pk,): data.get("digest") for pk, data in fixed}
    yield from _words("tracking.assessment.results", told, results)


def _words(
    what: str, told: Mapping[tuple, str | None], rows: QuerySet[Any, Any]
) -> Iterator[tuple[int, list[Difference]]]:
    """`rows`: (id, value, *what it is told under)."""
    count, wrong = 0, list[Difference]()
    for pk, value, *key in rows.iterator(500):
        count += 1
        digest, said = sha256(canonical(value).encode()).hexdigest(), told.get(tuple(key))
        if digest != said:
            wrong.append(Difference(what, pk, digest, said))
    yield count, wrong


def _blocks(rows: QuerySet[Any, Any]) -> Iterator[list[Any]]:
    """Rows whose first value is their id, so many at a time: what a million tasks were told is never held at once."""
    last = 0
    while block := list(rows.filter(pk__gt=last).order_by("pk")[:BLOCK]):
        yield block
        last = block[-1][0]


def _ends(block: list[Any]) -> tuple[int, int]:
    return block[0][0], block[-1][0]


def _told(block: list[Any], verbs: Collection[str]) -> QuerySet[Entry]:
    """What the journal tells of these tasks, of each in its order."""
    entries = Entry.objects.filter(target=TASK, target_id__range=_ends(block), verb__in=verbs)
    return entries.order_by("target_id", "seq")


def slips(at: dt.datetime) -> Iterator[tuple[int, list[Difference]]]:
    """Numbers without a gap, as many as the register gave; papers under the numbers of their slips."""
    groups = Slip.objects.values("organ", "code", "year").annotate(first=Min("number"), last=Max("number"))
    for one in groups.order_by("organ", "code", "year"):
        same = {"organ": one["organ"], "code": one["code"], "year": one["year"]}
        count = Slip.objects.filter(**same).count()
        given = Register.objects.filter(**same).values_list("last", flat=True).first()
        right = one["first"] == 1 and one["last"] == count == given
        found = [] if right else [Difference(f"{SLIP}.number", one["organ"], given, count)]
        yield count, found
    numbers = dict(Slip.objects.values_list("pk", "number"))
    papers = list(Document.objects.filter(subject=SLIP).values_list("subject_id", "number"))
    yield (
        len(papers),
        [
            Difference(f"{Document._meta.label_lower}.number", pk, number, numbers.get(pk))
            for pk, number in papers
            if numbers.get(pk) != number
        ],
    )


def extensions(at: dt.datetime) -> Iterator[tuple[int, list[Difference]]]:
    """An agreed one moved the due day of its task to the day it names."""
    moved = Entry.objects.filter(target=TASK, verb="tasks.task.extend").values_list("data", flat=True)
    told = {data["extension"]: data["due_on"][1] for data in moved.iterator(2000)}
    rows = list(Extension.objects.values_list("pk", "granted_on"))
    yield (
        len(rows),
        [
            Difference(f"{Extension._meta.label_lower}.granted_on", pk, _plain(day), told.get(pk))
            for pk, day in rows
            if _plain(day) != told.get(pk)
        ],
    )


def clocks(at: dt.datetime) -> Iterator[tuple[int, list[Difference]]]:
    """The clocks of cases, from their events."""
    found: Any = reconcile_clocks(at)
    yield found["checked"], [Difference("cases.case.clocks", pk, None, None) for pk in found["different"]]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


CHECKS: list[Check] = [states, board, due_days, first_times, submissions, contents, slips, extensions, clocks]
