"""Changes to units, people and appointments. Each is one transaction and says why it refuses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from pypinyin import Style, lazy_pinyin

from .calendar import WorkCalendar
from .models import FAR, Appointment, Day, Person, Unit
from .posts import Post
from .refusals import Refused


def initials(name: str) -> str:
    """Pinyin initials for search: 浛洸镇 → hgz."""
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))[:30].lower()


@transaction.atomic
def add_person(*, username: str, name: str, password: str | None = None) -> Person:
    if Person.objects.filter(username=username).exists():
        raise Refused(f"账号“{username}”已有人使用，请换一个。")
    person = Person(username=username, name=name, initials=initials(name))
    person.set_password(password)
    person.save()
    return person


@transaction.atomic
def appoint(
    *, person: Person, unit: Unit, post: str, start: dt.date, end: dt.date = FAR, acting: bool = False
) -> Appointment:
    """Give a post. One liaison officer a unit at a time: an overlapping one is named."""
    if end < start:
        raise Refused("结束日期早于开始日期，请改正。")
    Unit.objects.select_for_update().get(pk=unit.pk)  # two liaison officers at once wait for each other
    held = Appointment.objects.filter(unit=unit, post=post, revoked=False)
    overlapping = held.filter(start__lte=end, end__gte=start)
    if overlapping.filter(person=person).exists():
        raise Refused(f"{person.name}在此期间已任{unit.short_name}{Post(post).label}。")
    if post == Post.LIAISON and (other := overlapping.select_related("person").first()):
        raise Refused(f"{unit.short_name}此期间的联络员是{other.person.name}，请先结束其任期。")
    return Appointment.objects.create(
        person=person, unit=unit, post=post, start=start, end=end, acting=acting
    )


@transaction.atomic
def end_appointment(*, appointment: Appointment, on: dt.date) -> None:
    """The last day is `on`. An appointment that had not begun is revoked, never deleted."""
    Appointment.objects.filter(pk=appointment.pk).update(
        **({"revoked": True} if on < appointment.start else {"end": on})
    )


def without_liaison(units: Iterable[Unit], on: dt.date) -> list[Unit]:
    """The units that show a red line: nobody is their liaison officer that day."""
    held = set(Appointment.objects.in_force(on).filter(post=Post.LIAISON).values_list("unit", flat=True))
    return [unit for unit in units if unit.pk not in held]


def working_calendar(first: int | None = None, last: int | None = None) -> WorkCalendar:
    """The table of the years `first` to `last` (all when left out), in one query."""
    span = Q()
    if first:
        span &= Q(date__gte=dt.date(first, 1, 1))
    if last:
        span &= Q(date__lte=dt.date(last, 12, 31))
    return WorkCalendar(dict(Day.objects.filter(span).values_list("date", "works")))


def save_days(days: dict[dt.date, tuple[bool, str]]) -> int:
    """Write days of the calendar, new ones and changed ones alike."""
    rows = [Day(date=date, works=works, name=name) for date, (works, name) in sorted(days.items())]
    Day.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["date"], update_fields=["works", "name"]
    )
    return len(rows)
