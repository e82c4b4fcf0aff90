"""What the units of a campaign did, as scoring.py takes it: a constant number of queries, however many units.

Of cases only whether they came, when, and whether a reason is given for none goes in: no decision, no amount, and no
number of them beyond what the plan asks for (行政处罚法 74; a test holds it).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from foundation.journal.models import Entry
from foundation.organization.calendar import WorkCalendar
from foundation.organization.models import Appointment, Unit, in_force
from foundation.organization.posts import Post
from workflows.plans.deliverables import Deliverable as D
from workflows.plans.models import Item, Plan
from workflows.plans.versions import asked_at
from workflows.registers.merits import Merit, chosen_works, kept_rows
from workflows.tasks.models import Submission, Task
from workflows.tasks.querysets import PASSED
from workflows.tasks.quota.facts import handed_of, owed_of, typed_of, ways_of
from workflows.tasks.quota.verdict import Stand, judge
from workflows.tasks.requirement import PHOTOS, SOURCE, VIDEO

from ..models import Adjustment
from .scheme import Bonus, Counted
from .scoring import Done, Earned, Given, UnitFacts

RETURN = "tasks.task.office_return"


@dataclass(frozen=True)
class Handed:
    """Of a last submission: how many files in each slot, rows of 附件3."""

    files: Counter[str]
    scheduled: bool


def facts_of(
    plan: Plan, today: dt.date, calendar: WorkCalendar, bonuses: Iterable[Bonus] = ()
) -> list[UnitFacts]:
    """One for every unit that has a task, in the order of units; the office does not score itself. Eleven queries, one
    more for each bonus that is counted from a register."""
    tasks = list(_tasks(plan).prefetch_related("item__versions"))
    handed, returned, answered = _handed(plan), _returned(plan), _answered(plan, today, calendar)
    parts, liaisons = _parts(plan), _with_liaison(today)
    done = defaultdict(list)
    for task in tasks:
        part = parts[task.item_id]
        done[task.unit].append(_done(task, part, handed.get(task.pk), returned[task.pk], answered))
    given, earned = _given(plan), _earned(plan, today, bonuses)
    return [
        UnitFacts(
            unit.code, unit.pk in liaisons, tuple(done[unit]), tuple(given[unit.pk]), tuple(earned[unit.pk])
        )
        for unit in sorted(done, key=lambda unit: (unit.order, unit.pk))
    ]


def _tasks(plan: Plan) -> QuerySet[Task]:
    rows = Task.objects.filter(plan=plan, imported=False).exclude(state=Task.State.CANCELLED)
    return rows.exclude(unit__kind=Unit.Kind.OFFICE).select_related("item", "unit", "period").order_by("pk")


def _parts(plan: Plan) -> dict[int, str]:
    """By item: what it is to the scheme. Of the reports with 附件2 the last one is the year's."""
    rows = list(plan.items.annotate(last=F("periods__due_on")).order_by("periods__due_on", "order"))
    counted = [row.pk for row in rows if row.kind == Item.Kind.REPORT and D.STATISTICS in row.deliverables]
    parts = {row.pk: _part(row) for row in rows}
    return parts | dict.fromkeys(counted, "month") | dict.fromkeys(counted[-1:], "annual")


def _part(item: Item) -> str:
    if item.kind == Item.Kind.REPORT:
        return "plan"
    return {Item.Kind.CASES: "cases", Item.Kind.LIAISON: "liaison"}.get(Item.Kind(item.kind), "activity")


def _handed(plan: Plan) -> dict[int, Handed]:
    rows = Submission.objects.filter(task__plan=plan, version=F("task__version"))
    return {
        task: Handed(Counter(file.get("slot", "") for file in files or ()), any(schedule or ()))
        for task, files, schedule in rows.values_list("task", "content__attachments", "content__schedule")
    }


def _returned(plan: Plan) -> Counter[int]:
    tasks = Task.objects.filter(plan=plan).order_by().values("pk")
    rows = Entry.objects.filter(target=Task._meta.label_lower, target_id__in=tasks, verb=RETURN)
    return Counter(rows.values_list("target_id", flat=True))


def _answered(plan: Plan, today: dt.date, calendar: WorkCalendar) -> dict[int, dt.date | None]:
    """Tasks of cases that were answered, by enough cases or by a reason that was accepted: the day of the first of it."""
    tasks = _tasks(plan).filter(item__kind=Item.Kind.CASES)
    typed, handed = typed_of(tasks), handed_of(plan.pk)
    answered = {}
    for task in tasks:
        cases = handed.get((task.item_id, task.unit_id), ())
        verdict = judge(ways_of(task.item.reading), owed_of(task.pk, task, cases, typed), today, calendar)
        if verdict.stand != Stand.MISSING:
            answered[task.pk] = min([*(one.on for one in cases), *_first(task)], default=None)
    return answered


def _given(plan: Plan) -> dict[int, list[Given]]:
    found = defaultdict(list)
    for row in Adjustment.objects.filter(plan=plan, state=Adjustment.State.KEPT):
        found[row.unit_id].append(Given(row.code, row.points, row.why, row.pk))
    return found


def _earned(plan: Plan, today: dt.date, bonuses: Iterable[Bonus]) -> dict[int, list[Earned]]:
    """From New Year of the year in which the campaign begins to its last day: what heralds it is its merit too."""
    end = min(plan.ends_on or today, today)
    start = (plan.starts_on or plan.ends_on or today).replace(month=1, day=1)
    found = defaultdict(list)
    for bonus in bonuses:
        for one in _merits(bonus.counted, start, end) if bonus.counted else ():
            found[one.unit].append(Earned(bonus.code, one.row, one.name))
    return found


def _merits(counted: Counted, start: dt.date, end: dt.date) -> list[Merit]:
    if counted.chosen:
        return chosen_works(counted.register, start, end)
    return kept_rows(counted.register, counted.when, start, end)


def _with_liaison(today: dt.date) -> set[int]:
    """Who has one today; of a unit that ended, who had one to the end: nobody can appoint theirs any more."""
    to_the_end = Q(unit__ended_on__isnull=False, end__gte=F("unit__ended_on"), revoked=False)
    rows = Appointment.objects.filter(in_force(today) | to_the_end, post=Post.LIAISON)
    return set(rows.values_list("unit", flat=True))


def _first(task: Task) -> list[dt.date]:
    """The day of the first submission, or nothing."""
    return [timezone.localdate(task.first_submitted_at)] if task.first_submitted_at else []


def _done(
    task: Task, part: str, handed: Handed | None, returned: int, answered: Mapping[int, dt.date | None]
) -> Done:
    asked = set(
        asked_at(task.item, task.item_version).deliverables
    )  # not what a 补充通知 asked for afterwards
    report = D.REPORT in asked
    first = answered.get(task.pk) or next(iter(_first(task)), None)
    files = handed.files if handed else Counter[str]()
    return Done(
        task=task.pk, name=_name(task), part=part, due_on=task.due_on, first_on=first,
        accepted=task.state in PASSED, waived=task.state == Task.State.WAIVED, returned=returned,
        scheduled=(handed is not None and handed.scheduled) if D.SCHEDULE in asked else None,
        photos=files[PHOTOS.code] if report else None, videos=files[VIDEO.code],
        lacks=(SOURCE.name,) if report and handed and not files[SOURCE.code] else (), answered=task.pk in answered,
    )  # fmt: skip


def _name(task: Any) -> str:
    named = f"（{task.period.name}）" if task.period.name else ""
    return f"{task.item}{named}"
