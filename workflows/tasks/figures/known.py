"""What the figures of one task are held against: earlier reports, activity records, accepted cases."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import F, Model, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from foundation.journal.models import Entry
from workflows.cases.models import Recommendation
from workflows.cases.models.recommendations import TAKEN
from workflows.plans.deliverables import Deliverable
from workflows.plans.models import Item

from ..accepted import accepted_of
from ..annexes import Statistics
from ..content import typed_cases
from ..models import ActivityRecord, Submission, Task
from ..querysets import CLOSED, PASSED
from ..statistics import Held
from .consolidation import Accepted, counted, highest
from .drafted import Done, drafted, within
from .kinds import Kind, kind_of
from .registered import book_of

GONE = [state for state in CLOSED if state != Task.State.ARCHIVED]  # what was done for it counts nowhere
PART = "statistics:"  # beginning of the key of a row, parts.py
Cases = dict[int, list[Accepted]]


def held_of(task: Task, form: Statistics, due: dt.date, typed: Mapping[str, Any]) -> Held:
    """Six queries where the item asks for 附件2, more for a second version. `typed`: 附件2 as it stands in the draft, for its 统计截至."""
    if Deliverable.STATISTICS not in task.item.deliverables:
        return Held()
    due = task.period.due_on or due  # one unit's day may have been put off
    kind = kind_of(task.item.title, task.item.text)
    before = _before(task, due)
    own = [filled for other, filled in before if other == kind]
    if kind == Kind.CUMULATIVE:
        earlier, start = highest(filled["rows"] for _, filled in before), task.plan.starts_on
    else:
        earlier, start = (own[0]["rows"] if own else {}), _start(task, own)
    end = _day(typed.get("cutoff")) or due - dt.timedelta(days=1)
    cases = counted(accepted_cases(task.plan_id, unit=task.unit_id)[task.unit_id], end)
    done = within(records_of(task.plan_id, task.unit_id), start, end)
    kept = book_of(task.plan, end, task.unit_id).of(task.unit.code, start, end)
    return Held(earlier, kind == Kind.CUMULATIVE, drafted(form, done, cases), cases, _settled(task), kept)


def _settled(task: Task) -> frozenset[str]:
    parts = accepted_of(task.pk) if task.version else ()
    return frozenset(part.removeprefix(PART) for part in parts if part.startswith(PART))


def records_of(plan: int, unit: int) -> list[Done]:
    """What the unit did for any of its tasks of the campaign."""
    rows = ActivityRecord.objects.filter(task__plan=plan, task__unit=unit, removed_at=None)
    rows = rows.exclude(task__state__in=GONE).order_by()
    return [Done(*row) for row in rows.values_list("task__item__number", "form", "held_on", "sessions", "people")]  # fmt: skip


def accepted_cases(plan: int, unit: int | None = None) -> Cases:
    """By unit: recommended cases that the office adopted, and those of other systems in accepted tasks. Two
    queries."""
    found: Cases = defaultdict(list)
    mine = Q(unit=unit) if unit else Q()
    taken = Recommendation.objects.filter(mine, plan=plan, state__in=TAKEN)
    taken = taken.annotate(on=_accepted(Recommendation, "pk", "created"))
    for one, on, kind in taken.values_list("unit", "on", "kind"):
        found[one].append(Accepted(timezone.localdate(on), kind))
    mine = Q(task__unit=unit) if unit else Q()
    passed = Submission.objects.filter(
        mine, task__plan=plan, task__item__kind=Item.Kind.CASES, task__state__in=PASSED,
        version=F("task__version"),
    ).annotate(on=_accepted(Task, "task", "at"))  # fmt: skip
    for one, on, cases in passed.values_list("task__unit", "on", "content__cases"):
        day = timezone.localdate(on)
        found[one] += [Accepted(day, case.get("kind", "")) for case in typed_cases({"cases": cases or []})]
    return found


def _accepted(model: type[Model], pk: str, other: str) -> Coalesce:
    """When the office said yes, by the journal."""
    said = Entry.objects.filter(target=model._meta.label_lower, target_id=OuterRef(pk), to="accepted")
    return Coalesce(Subquery(said.order_by("-seq").values("at")[:1]), other)


def _before(task: Task, due: dt.date) -> list[tuple[Kind, dict[str, Any]]]:
    """附件2 of the unit's accepted reports of the same plan that were due before, the latest first."""
    rows = Submission.objects.filter(
        task__plan=task.plan_id, task__unit=task.unit_id, task__period__due_on__lt=due, task__state__in=PASSED,
        version=F("task__version"), content__has_key="statistics",
    ).order_by("-task__period__due_on", "-task")  # fmt: skip
    return [
        (kind_of(title, text), filled)
        for title, text, filled in rows.values_list("task__item__title", "task__item__text", "content__statistics")
    ]  # fmt: skip


def _start(task: Task, own: list[dict[str, Any]]) -> dt.date | None:
    """A month goes on after the last one that was accepted."""
    if task.period.starts_on:
        return task.period.starts_on
    last = _day(own[0]["cutoff"]) if own else None
    return last + dt.timedelta(days=1) if last else task.plan.starts_on


def _day(text: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(text or "").strip())
    except ValueError:
        return None
