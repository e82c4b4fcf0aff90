"""Changes to people and appointments, and the working calendar. Each is one transaction and says why it refuses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from .actors import SYSTEM, Actor
from .audit import difference, tell, values_of
from .calendar import WorkCalendar
from .models import FAR, Appointment, Day, Person, Unit
from .posts import Post
from .refusals import Refused

LAST_ADMINISTRATOR = "这是最后一名在任的系统管理员，请先任命另一名。"
# Characters that are read otherwise as a surname: 曾 zēng, not céng.
SURNAMES = dict(zip("曾单仇解区查覃盖翟缪", "zsqxozqgzm", strict=True))
KEPT = ("name", "phone", "is_active")  # what of a person is edited
DAYS_CHANGED: list[
    Callable[[dt.datetime], None]
] = []  # told by save_days; rooms above fill it in AppConfig.ready


def initials(name: str, *, person: bool = False) -> str:
    """Pinyin initials for search: 浛洸镇 → hgz; a person's first character is read as a surname."""
    from pypinyin import Style, lazy_pinyin  # slow to import: it reads its whole dictionary

    letters = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))[:30].lower()
    return SURNAMES[name[0]] + letters[1:] if person and name[:1] in SURNAMES else letters


def one_at_a_time() -> None:
    """Who adds to the address book waits for whoever is adding: of two with the same name the second is told so."""
    offices = Unit.objects.select_for_update(no_key=True).filter(kind=Unit.Kind.OFFICE)
    list(offices.order_by("pk").values_list("pk"))


@transaction.atomic
def add_person(
    *, username: str, name: str, at: dt.datetime, password: str | None = None, phone: str = "",
    actor: Actor = SYSTEM,
) -> Person:  # fmt: skip
    """Without a password nobody can sign in under it until one is handed out (passwords.py)."""
    one_at_a_time()
    if Person.objects.filter(username=username).exists():
        raise Refused(f"账号“{username}”已有人使用，请换一个。")
    person = Person(username=username, name=name, phone=phone, initials=initials(name, person=True))
    person.set_password(password)
    person.save()
    words = {"name": name, "phone": phone}
    tell("person.add", actor=actor, at=at, data={"person": person.pk, "username": username}, words=words)
    return person


@transaction.atomic
def change_person(
    *, person: Person, values: Mapping[str, Any], at: dt.datetime, actor: Actor = SYSTEM
) -> bool:
    """Name, telephone, whether the account is in use. False when nothing is different."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    changed = difference(values_of(person, KEPT), values)
    if not changed:
        return False
    if "is_active" in changed and not values["is_active"]:
        _keep_an_administrator(timezone.localdate(at), person=person)
    Person.objects.filter(pk=person.pk).update(
        **values, initials=initials(values.get("name", person.name), person=True)
    )
    data = {"person": person.pk, "fields": sorted(changed)}
    tell("person.change", actor=actor, at=at, data=data, words=changed)
    return True


@transaction.atomic
def close_accounts(*, people: Iterable[Person], at: dt.datetime, actor: Actor = SYSTEM) -> int:
    """Many at once, such as those that nobody signs in with; what they did keeps their names."""
    rows = [person for person in people if person.is_active]
    for person in rows:
        _keep_an_administrator(timezone.localdate(at), person=person)
    ids = sorted(person.pk for person in rows)
    Person.objects.filter(pk__in=ids).update(is_active=False)
    if ids:
        tell("person.close", actor=actor, at=at, data={"people": ids})
    return len(ids)


@transaction.atomic
def appoint(
    *, person: Person, unit: Unit, post: str, start: dt.date, at: dt.datetime, end: dt.date = FAR,
    acting: bool = False, actor: Actor = SYSTEM,
) -> Appointment:  # fmt: skip
    """Give a post. One liaison officer a unit at a time: an overlapping one is named."""
    if end < start:
        raise Refused("结束日期早于开始日期，请改正。")
    if unit.ended_on and unit.ended_on < end:
        raise Refused(f"{unit.short_name}已于{unit.ended_on}撤销，任期不能超过这一天。")
    Unit.objects.select_for_update().get(pk=unit.pk)  # two liaison officers at once wait for each other
    held = Appointment.objects.filter(unit=unit, post=post, revoked=False)
    overlapping = held.filter(start__lte=end, end__gte=start)
    if overlapping.filter(person=person).exists():
        raise Refused(f"{person.name}在此期间已任{unit.short_name}{Post(post).label}。")
    if post == Post.LIAISON and (other := overlapping.select_related("person").first()):
        raise Refused(f"{unit.short_name}此期间的联络员是{other.person.name}，请先结束其任期。")
    seat = Appointment.objects.create(
        person=person, unit=unit, post=post, start=start, end=end, acting=acting
    )
    data = {"appointment": seat.pk, "person": person.pk, "unit": unit.code, "post": str(post)}
    dates = {"start": start.isoformat(), "end": end.isoformat(), "acting": acting}
    tell("appointment.add", actor=actor, at=at, data=data | dates, words={"name": person.name})
    return seat


@transaction.atomic
def end_appointment(*, appointment: Appointment, on: dt.date, at: dt.datetime, actor: Actor = SYSTEM) -> None:
    """The last day is `on`. An appointment that had not begun is revoked, never deleted; none is made longer."""
    if on > appointment.end:
        raise Refused(f"任期到{appointment.end}为止，不能这样延长；需要续任的，请重新任命。")
    if appointment.post == Post.ADMINISTRATOR:
        _keep_an_administrator(max(on + dt.timedelta(days=1), timezone.localdate(at)), seat=appointment)
    revoked = on < appointment.start
    Appointment.objects.filter(pk=appointment.pk).update(**({"revoked": True} if revoked else {"end": on}))
    data = {"appointment": appointment.pk, "end": on.isoformat(), "revoked": revoked}
    tell("appointment.end", actor=actor, at=at, data=data)


def _keep_an_administrator(
    day: dt.date, *, person: Person | None = None, seat: Appointment | None = None
) -> None:
    """Refuse where nobody would be left on `day` who can let others in."""
    # Locked, so that two who leave at once don't both count on the other.
    held = Appointment.objects.in_force(day).filter(post=Post.ADMINISTRATOR).select_for_update(of=("self",))
    seats = set(held.values_list("pk", "person_id"))
    left = {(pk, who) for pk, who in seats if who != (person and person.pk) and pk != (seat and seat.pk)}
    if seats and not left:
        raise Refused(LAST_ADMINISTRATOR)


def officers(on: dt.date) -> QuerySet[Appointment]:
    """Liaison officers in office that day."""
    return Appointment.objects.in_force(on).filter(post=Post.LIAISON)


def without_liaison(units: Iterable[Unit], on: dt.date) -> list[Unit]:
    """The units that show a red line: nobody is their liaison officer that day."""
    held = set(officers(on).values_list("unit", flat=True))
    return [unit for unit in units if unit.pk not in held]


def working_calendar(first: int | None = None, last: int | None = None) -> WorkCalendar:
    """The table of the years `first` to `last` (all when left out), in one query."""
    span = Q()
    if first:
        span &= Q(date__gte=dt.date(first, 1, 1))
    if last:
        span &= Q(date__lte=dt.date(last, 12, 31))
    return WorkCalendar(dict(Day.objects.filter(span).values_list("date", "works")))


@transaction.atomic
def save_days(days: Mapping[dt.date, tuple[bool, str]], *, at: dt.datetime, actor: Actor = SYSTEM) -> int:
    """Write days of the calendar, new ones and changed ones alike; how many."""
    rows = [Day(date=date, works=works, name=name) for date, (works, name) in sorted(days.items())]
    Day.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["date"], update_fields=["works", "name"]
    )
    data = {row.date.isoformat(): [row.works, row.name] for row in rows}
    tell("calendar.save", actor=actor, at=at, data={"days": data})
    for hear in DAYS_CHANGED:
        hear(at)
    return len(rows)
