"""The year, a day at a time. A working day has its hours; what happens once stands in ALMANAC."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import time_machine
from django.db import connection
from django.utils import timezone

from documents.archiving.packing import JOB as PACKAGE
from foundation.jobs import queue
from foundation.jobs.registry import KINDS
from foundation.outbox.models import Message
from foundation.outbox.spreading import spread
from workflows.tasks.services.office import PAPERS

from . import cases, changes, chasing, closing, heads, office, outside, registers, units
from .founding import begin_campaign, begin_months, found
from .world import FIRST, LAST, YEAR, Year, every_day

SWEEP = "tracking.sweep"
HOUSEKEEPING = [name for name, kind in KINDS.items() if kind.every and not name.startswith("outbox.")]
ALMANAC: dict[dt.date, Callable[[Year], None]] = {  # on the first working day from this one on
    dt.date(YEAR, 1, 7): begin_months,
    dt.date(YEAR, 5, 18): begin_campaign,
    dt.date(YEAR, 6, 17): registers.take_in,
    dt.date(YEAR, 6, 22): changes.more_time_for_schools,
    dt.date(YEAR, 6, 30): changes.records_are_not_enough,
    dt.date(YEAR, 7, 27): changes.dissolve,
    dt.date(YEAR, 8, 17): changes.merge_towns,
    dt.date(YEAR, 8, 24): changes.merge_departments,
    dt.date(YEAR, 9, 7): changes.found_town,
    dt.date(YEAR, 9, 14): changes.call_one_off,
    dt.date(YEAR, 10, 12): changes.drills_are_reported,
    dt.date(YEAR, 11, 9): outside.again,
    dt.date(YEAR + 1, 1, 11): closing.begin,
    dt.date(YEAR + 1, 1, 19): closing.call_off,
    dt.date(YEAR + 1, 1, 20): closing.score,
    dt.date(YEAR + 1, 1, 26): closing.hear,
    dt.date(YEAR + 1, 1, 28): closing.archive,
    dt.date(YEAR + 1, 1, 29): closing.hand_over,
}


@contextmanager
def lived(units: int, seed: int, last: dt.date = LAST) -> Iterator[Year]:
    """The year at its end, or up to `last`; its clock stands at that evening. The database is empty before."""
    with time_machine.travel(FIRST, tick=False) as clock:
        year = Year(units, seed, last, clock)
        with outside.gateway(year) as year.gateway:
            live(year)
            yield year


def live(year: Year) -> None:
    found(year)
    once = {year.calendar.next_working(day): act for day, act in ALMANAC.items()}
    for day in every_day(year.last):
        year.today = day
        if year.calendar.works(day):
            _working_day(year, once.get(day))
        else:
            chasing.sweep(year)


def _working_day(year: Year, once: Callable[[Year], None] | None) -> None:
    year.meet()
    heads.leave(year)
    chasing.sweep(year)
    office.decide_extensions(year)
    office.review(year)
    units.receive(year)
    units.work(year)
    office.enter(year)
    if once:
        tell(year)
        once(year)
    office.confirm(year)
    tell(year)
    outside.read(year)
    heads.sign(year, "deputy", 14)
    chasing.answer(year)
    cases.go_on(year)
    if year.today.weekday() == 2:
        office.wednesday(year)
    heads.sign(year, "head", 16)
    changes.turnover(year)
    if year.today.weekday() == 4:
        office.friday(year)
    worker(year)


def tell(year: Year) -> None:
    """Messages go to those whom it concerned before things change; a worker does it every ten seconds."""
    spread(timezone.now())


def worker(year: Year) -> None:
    """The evening: papers and messages; on Fridays also what keeps the house. The sweep is chasing.py's. 审批单 and
    the whole package are left out: hundreds of papers, all alike."""
    left = [PAPERS, SWEEP, PACKAGE, *([] if year.today.weekday() == 4 else HOUSEKEEPING)]
    if year.today.weekday() == 4:
        _statistics()
    queue.run_due(year.at(18), but=left)
    if Message.objects.filter(state="waiting").exists():  # what did not get through the first time
        queue.run_due(year.at(18, 20), but=left)


def _statistics() -> None:
    """What autovacuum does before long, but not in one transaction; the planner would believe that all is empty."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
