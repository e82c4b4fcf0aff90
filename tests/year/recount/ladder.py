"""The ladder of supervision, climbed once more for every task on every morning that was swept; and its papers."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

from django.utils import timezone

from documents.models import Document
from foundation.files.models import path_of
from foundation.journal.models import Entry
from foundation.organization.calendar import DAY
from workflows.tracking.models import Reminder, Slip

from ..world import Year
from .board import workdays
from .tales import Tale, tales

REMINDERS, SLIPS = (-7, -3, -1), {1: "blue", 3: "yellow", 7: "red"}
Step = tuple[int, dt.date, int, str, dt.date]  # task, its due day, T+n, what went out, on which day


def steps(year: Year) -> None:
    """Every step that the rules owe was taken, on its day, and none twice."""
    mornings, over = _sweeps(), _archived()
    owed = [step for tale in tales() for step in _climb(year, tale, mornings, over.get(tale.task.plan_id))]
    there = [
        (task, due, int(rung[1:]), outcome, timezone.localdate(at))
        for task, due, rung, outcome, at in Reminder.objects.values_list(
            "task", "due_on", "rung", "outcome", "at"
        )
    ] + [
        (task, due, int(rung[1:]), colour, day)
        for task, due, rung, colour, day in Slip.objects.values_list(
            "task", "due_on", "rung", "colour", "issued_on"
        )
    ]
    assert Counter(there) == Counter(owed)
    assert max(Counter(owed).values(), default=1) == 1


def _climb(year: Year, tale: Tale, mornings: list[dt.datetime], over: dt.datetime | None) -> list[Step]:
    """Until it is handed in for the first time, or its campaign is archived."""
    taken: list[Step] = []
    for at in mornings:
        day, due = timezone.localdate(at), tale.due(at)
        if tale.first_day(at) or (over and over <= at):
            break
        waits = tale.state(at) in ("issued", "received", "returned") and not tale.task.imported
        if due is None or not waits or _stands_still(tale, due, at, day):
            continue
        begun = place(year, due, timezone.localdate(tale.entries[0].at))
        now = place(year, due, day, _still_days(tale, due, at))
        done = {(one[1], one[2]) for one in taken}
        came = [n for n in (*REMINDERS, *SLIPS) if begun <= n <= now and (due, n) not in done]
        reminders = [n for n in came if n in REMINDERS]
        for n in reminders:
            sent = n == reminders[-1] and day <= due
            taken.append((tale.task.pk, due, n, "sent" if sent else "passed", day))
        taken += [(tale.task.pk, due, n, SLIPS[n], day) for n in came if n in SLIPS]
    return taken


def _sweeps() -> list[dt.datetime]:
    rows = Entry.objects.filter(verb="journal.book.supervision.sweep").order_by("at", "pk")
    return list(rows.values_list("at", flat=True))


def _archived() -> dict[int, dt.datetime]:
    rows = Entry.objects.filter(verb="plans.plan.archive")
    return dict(rows.values_list("target_id", "at"))


def place(year: Year, due: dt.date, day: dt.date, still: frozenset[dt.date] = frozenset()) -> int:
    """n of T+n: T+0 is the first working day after the due day, T-1 the last one up to it."""
    after, count = due, 0
    while after < day:
        after += DAY
        count += year.calendar.works(after) and after not in still
    if count:
        return count - 1
    first = due + DAY
    while not year.calendar.works(first):
        first += DAY
    return -max(1, workdays(year, day, first))


def _stands_still(tale: Tale, due: dt.date, at: dt.datetime, day: dt.date) -> bool:
    return any(_undecided(chain, at) for chain in tale.extensions) or day in _still_days(tale, due, at)


def _undecided(chain: list[Entry], at: dt.datetime) -> bool:
    """Asked for by then, and neither decided nor taken back."""
    there = [one for one in chain if one.at <= at]
    return bool(there) and there[-1].verb == "tasks.extension.create"


def _still_days(tale: Tale, due: dt.date, at: dt.datetime) -> frozenset[dt.date]:
    """From the day of asking to that of a refusal, of the due day that holds."""
    found: set[dt.date] = set()
    for chain in tale.extensions:
        there = [one for one in chain if one.at <= at]
        if there and there[-1].verb == "tasks.extension.refuse" and chain[0].data["from"] == due.isoformat():
            first, last = (timezone.localdate(one.at) for one in (there[0], there[-1]))
            found |= {first + DAY * n for n in range((last - first).days + 1)}
    return frozenset(found)


def papers(year: Year) -> None:
    """Every slip has its number and its PDF, but for one called back before the evening, when papers are made; numbers
    run without a gap, those that were called back among them."""
    numbers = list(Slip.objects.order_by("year", "number").values_list("year", "number"))
    assert numbers == [
        (y, n) for y, count in sorted(Counter(y for y, _ in numbers).items()) for n in range(1, count + 1)
    ]
    back = dict(Entry.objects.filter(verb="tracking.slip.void").values_list("target_id", "at"))
    for slip in Slip.objects.order_by("pk"):
        if slip.pk in back and timezone.localdate(back[slip.pk]) == slip.issued_on:
            assert not Document.objects.filter(subject="tracking.slip", subject_id=slip.pk).exists(), str(
                slip
            )
            continue
        paper = Document.objects.select_related("file").get(subject="tracking.slip", subject_id=slip.pk)
        assert (paper.number, paper.state) == (slip.number, "issued")
        assert Path(path_of(paper.file.sha256)).read_bytes().startswith(b"%PDF-"), str(slip)


def colours(year: Year) -> None:
    """As many of each colour as the journal has, and as the sweeps said when they ran."""
    rows = Entry.objects.filter(verb="tracking.slip.create").values_list("data", flat=True)
    journal = Counter(data["colour"] for data in rows)
    said: Counter[str] = Counter()
    for one in year.sweeps:
        said.update(one["slips"])
    assert journal == Counter(Slip.objects.values_list("colour", flat=True))
    assert +said == journal
    assert sum(one["reminders"] for one in year.sweeps) == Reminder.objects.filter(outcome="sent").count()
    assert sum(one["skipped"] for one in year.sweeps) == Reminder.objects.filter(outcome="passed").count()
