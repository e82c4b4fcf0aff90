"""Whoever has a limit before them hears of it while there is time, once for each step of steps.yaml."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

from django.db import transaction as tx
from django.db.models import QuerySet
from django.utils import timezone

from foundation.journal.moves import record
from foundation.organization.actors import SYSTEM
from foundation.organization.dated import plain, version_on
from foundation.organization.schemas import fault
from foundation.organization.services import working_calendar

from ..documents import read_yaml
from ..models import Case, CaseClock
from .nearing import Steps, step_of

FILE = Path(__file__).with_name("steps.yaml")
FAR = dt.timedelta(days=95)  # sixty working days, with the longest holidays in between


@cache
def versions() -> tuple[Steps, ...]:
    found = [plain(one) for one in read_yaml(FILE)]
    if says := fault(found, "clock_steps", FILE.name):
        raise ValueError(says)
    return tuple(
        Steps(**one | {"effective_from": dt.date.fromisoformat(one["effective_from"])}) for one in found
    )


def near(at: dt.datetime) -> QuerySet[CaseClock]:
    """Those that run and may have come to a step."""
    return CaseClock.objects.filter(live=True, lapsed_at=None, due__gt=at, due__lte=at + FAR).order_by("pk")


def approach(*, at: dt.datetime) -> int:
    """How many clocks came to a step. One query where none did."""
    found = _come(near(at), at)
    return _tell(found, at) if found else 0


def _come(rows: QuerySet[CaseClock], at: dt.datetime) -> dict[int, int]:
    """{clock: step} of those that were not told of it."""
    clocks, now = list(rows), timezone.localtime(at)
    calendar = working_calendar(now.year - 1, now.year + 1) if clocks else None
    found = {}
    for one in clocks:
        if one.due is None or calendar is None:
            continue
        starts, due = timezone.localtime(one.starts), timezone.localtime(one.due)
        steps = version_on(versions(), due.date()).steps[one.unit]
        step = step_of(steps, one.unit, starts, due, now, calendar)
        if step is not None and (one.told is None or step < one.told):
            found[one.pk] = step
    return found


@tx.atomic
def _tell(wanted: dict[int, int], at: dt.datetime) -> int:
    """Cases are locked before their clocks are read, as the sweep does it."""
    cases = Case.objects.filter(clocks__in=wanted).order_by("pk")
    locked = {
        case.pk for case in Case.objects.filter(pk__in=cases.values("pk")).order_by("pk").select_for_update()
    }
    there = near(at).filter(pk__in=wanted, case__in=locked)
    found = _come(there, at)
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
