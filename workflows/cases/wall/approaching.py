"""Whoever has a limit before them hears of it while there is time, once for each step of steps.yaml."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from functools import cache, reduce
from operator import or_
from pathlib import Path

from django.db import transaction as tx
from django.db.models import Q, QuerySet
from django.utils import timezone

from foundation.journal.moves import record
from foundation.organization.actors import SYSTEM
from foundation.organization.calendar import DAY, WorkCalendar
from foundation.organization.dated import read_data, since, version_on
from foundation.organization.services import working_calendar

from ..counting import Unit
from ..models import Case, CaseClock
from .nearing import Steps, step_of

FILE = Path(__file__).with_name("steps.yaml")
ROUND = 2000  # clocks of one transaction


@cache
def versions() -> tuple[Steps, ...]:
    found = read_data(FILE, "clock_steps")
    return tuple(Steps(**one | {"effective_from": since(one, FILE.name)}) for one in found)


def near(at: dt.datetime, calendar: WorkCalendar) -> QuerySet[CaseClock]:
    """Those that run and have come to a step of which they were not told."""
    reached = [
        Q(unit=unit, due__lt=_over(unit, step, timezone.localtime(at), calendar))
        & (Q(told=None) | Q(told__gt=step))
        for unit in Unit
        for step in sorted({step for one in versions() for step in one.steps[unit]})
    ]
    return CaseClock.objects.filter(reduce(or_, reached), live=True, lapsed_at=None, due__gt=at).order_by(
        "pk"
    )


def _over(unit: str, step: int, now: dt.datetime, calendar: WorkCalendar) -> dt.datetime:
    """Clocks that end from then on have more than so much left (nearing.py)."""
    if unit == Unit.HOUR:
        return now + dt.timedelta(hours=step, microseconds=1)
    today = now.date()
    day = calendar.add(today, step + 1) if unit == Unit.WORKING_DAY else today + DAY * (step + 1)
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def approach(*, at: dt.datetime) -> int:
    """How many clocks came to a step, in rounds: people wait for their locks."""
    calendar = working_calendar(at.year - 1, at.year + 1)
    found = sorted(_come(near(at, calendar), at, calendar))
    return sum(_tell(found[n : n + ROUND], at, calendar) for n in range(0, len(found), ROUND))


def _come(rows: QuerySet[CaseClock], at: dt.datetime, calendar: WorkCalendar) -> dict[int, int]:
    """{clock: step} of those that were not told of it."""
    now, found = timezone.localtime(at), {}
    for one in rows:
        assert one.due  # one that stands still is not near
        starts, due = timezone.localtime(one.starts), timezone.localtime(one.due)
        steps = version_on(versions(), due.date()).steps[one.unit]
        step = step_of(steps, one.unit, starts, due, now, calendar)
        if step is not None and (one.told is None or step < one.told):
            found[one.pk] = step
    return found


@tx.atomic
def _tell(wanted: list[int], at: dt.datetime, calendar: WorkCalendar) -> int:
    """Cases are locked before their clocks are read, as the sweep does it."""
    cases = Case.objects.filter(clocks__in=wanted).order_by("pk")
    locked = {
        case.pk for case in Case.objects.filter(pk__in=cases.values("pk")).order_by("pk").select_for_update()
    }
    there = near(at, calendar).filter(pk__in=wanted, case__in=locked)
    found = _come(there, at, calendar)
    turns: Counter[tuple[int, str, str, int]] = Counter()
    groups: dict[tuple[str, str, str, int, int], list[int]] = defaultdict(list)
    for one in there:
        if (step := found.get(one.pk)) is not None:
            turn = one.case_id, one.rule, one.name, step
            turns[turn] += 1
            groups[one.rule, one.name, one.unit, step, turns[turn]].append(one.case_id)
    for (rule, name, unit, step, _), those in sorted(groups.items()):
        data = {"rule": rule, "name": name, "left": step, "unit": unit}
        record(Case, those, "near", actor=SYSTEM, at=at, data=data)
    for step in sorted(set(found.values())):
        CaseClock.objects.filter(pk__in=[pk for pk, come in found.items() if come == step]).update(told=step)
    return len(found)
