"""督办扫描: what a day brings is written down once, by one sweep or several, on time or late.

The book "supervision" is locked first: who sweeps at the same time waits, then finds everything done. It has an entry
for every day that was swept. A sweep of a day before the last one changes nothing: its day is over.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.db import transaction as tx
from django.utils import timezone

from foundation.jobs import queue
from foundation.journal.models import Book, Entry
from foundation.journal.moves import record, transition
from foundation.organization.actors import SYSTEM
from foundation.organization.calendar import WorkCalendar
from foundation.organization.services import working_calendar
from foundation.outbox.spreading import spread
from workflows.cases.wall import sweep as wall
from workflows.tasks.querysets import DONE

from ..models import Reminder, Slip
from ..models.supervision import OPEN
from ..upward.sweeping import come_to, tell
from .ladder import REMIND, SLIP
from .outlook import Outlook, ordered, outlook
from .sending import remind, send

BOOK, SWEPT = "supervision", "supervision.sweep"
PAPERS = "tracking.slips"  # the job that makes the papers of slips


@dataclass(frozen=True)
class Swept:
    """What was written, or would be. `skipped`: reminders that were overtaken. `missing`: years without a holiday table."""

    at: dt.datetime
    reminders: int = 0
    slips: Mapping[str, int] = field(default_factory=lambda: dict.fromkeys(Slip.Colour.values, 0))
    clocks: int = 0
    messages: int = 0
    skipped: int = 0
    missing: tuple[int, ...] = ()

    @property
    def any(self) -> bool:
        return bool(self.reminders or self.skipped or any(self.slips.values()))

    def as_json(self) -> dict[str, Any]:
        found = asdict(self) | {"at": timezone.localtime(self.at).isoformat(timespec="seconds")}
        del found["missing"]
        return found


def sweep(*, at: dt.datetime) -> Swept:
    """The ladder, then the clocks of cases, then the messages of all that happened; each in transactions of its own."""
    swept = _climb(at)
    if swept is None:
        return Swept(at)
    clocks = wall.sweep(at=at)
    return replace(swept, clocks=clocks, messages=spread(at))


def dry_run(*, at: dt.datetime) -> Swept:
    """What `sweep` would write, messages included: it is written, counted, and taken back."""
    with tx.atomic():
        found = sweep(at=at)
        tx.set_rollback(True)
    return found


def last_swept() -> dt.date | None:
    """The last day that was swept, by the journal."""
    book = Book.objects.filter(name=BOOK).values("pk")
    last = Entry.objects.filter(target=Book._meta.label_lower, target_id__in=book).order_by("-seq").first()
    return dt.date.fromisoformat(last.data["day"]) if last else None


@tx.atomic
def _climb(at: dt.datetime) -> Swept | None:
    """None for a day that is over."""
    Book.objects.get_or_create(name=BOOK)
    book = Book.objects.select_for_update().get(name=BOOK)
    (today, calendar), last = _day(at), last_swept()
    if last and today < last:
        return None
    _settle(at)
    found = outlook(today, calendar)
    done = Outlook(
        {key: send(*key, tasks, at, calendar) for key, tasks in ordered(found.take)},
        {key: remind(key[1], tasks, at, Reminder.Outcome.PASSED) for key, tasks in ordered(found.passed)},
    )
    own = tell(come_to(today, calendar), at)
    swept = _told(done, own, at, calendar)
    if any(swept.slips.values()):
        queue.put(PAPERS, args={}, owner=None, at=at)
    if last != today or swept.any:
        data = swept.as_json() | {"day": today.isoformat(), "missing": list(swept.missing)}
        record(Book, book.pk, SWEPT, actor=SYSTEM, at=at, data=data, state="name")
    return swept


def _settle(at: dt.datetime) -> None:
    """Nobody waits for an answer about a task that is done."""
    moot = Slip.objects.filter(state__in=OPEN, task__state__in=DONE).values_list("pk", flat=True)
    if ids := list(moot):
        transition(Slip.settle, ids, actor=SYSTEM, at=at)


def _day(at: dt.datetime) -> tuple[dt.date, WorkCalendar]:
    today = timezone.localdate(at)
    return today, working_calendar(today.year - 1, today.year + 1)


def _told(found: Outlook, own: int, at: dt.datetime, calendar: WorkCalendar) -> Swept:
    """`own`: what the office itself was reminded of."""
    today = timezone.localdate(at)
    slips = {colour: found.counted(kind=SLIP, colour=colour) for colour in Slip.Colour.values}
    years = sorted({today.year, calendar.add(today, 30).year})
    return Swept(
        at,
        found.counted(kind=REMIND) + own,
        slips,
        skipped=found.skipped,
        missing=tuple(calendar.missing(*years)),
    )
