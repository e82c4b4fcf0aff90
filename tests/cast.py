"""The people every test knows. Nobody can sign in by password; `identity(client, seat)` signs them in.

cast.clerk, cast.office_head        of the office
cast.auditor, cast.administrator    of the office too; the one reads, the other keeps people and units
cast.town.liaison .handler .deputy .head          甲镇: hers is what a test is about
cast.other.liaison …                              乙镇: no business of theirs
cast.department.liaison …                         丙局
cast.twice, cast.twice_office       one person: 联络员 of 丁镇, and 安办经办
cast.leader                         领导: reads how everybody stands, and decides nothing
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client

from foundation.organization.actors import Actor
from foundation.organization.identity import KEY
from foundation.organization.models import Appointment, Person, Unit, UnitGroup
from foundation.organization.posts import UNIT_POSTS, Post
from foundation.organization.services import initials

SINCE = dt.date(2020, 1, 1)
UNITS = (  # code, full name, short name, kind
    ("office", "某市安全生产委员会办公室", "市安委办", Unit.Kind.OFFICE),
    ("jia", "甲镇人民政府", "甲镇", Unit.Kind.TOWN),
    ("yi", "乙镇人民政府", "乙镇", Unit.Kind.TOWN),
    ("bing", "某市丙局", "市丙局", Unit.Kind.DEPARTMENT),
    ("ding", "丁镇人民政府", "丁镇", Unit.Kind.TOWN),
)
GROUPS = {  # code -> name, units; as the county's own groups are called
    "all_units": ("各镇（街）及有关部门", ("jia", "yi", "bing", "ding")),
    "towns": ("各镇（街）", ("jia", "yi", "ding")),
    "departments": ("有关部门", ("bing",)),
    "office": ("市安委办", ("office",)),
}
STAFF = (  # username, name, unit, posts
    ("clerk", "罗书言", "office", Post.OFFICE_CLERK),
    ("office_head", "谢长青", "office", Post.OFFICE_HEAD),
    ("auditor", "邓文澜", "office", Post.AUDITOR),
    ("administrator", "温嘉禾", "office", Post.ADMINISTRATOR),
    *((f"jia.{p}", n, "jia", p) for p, n in zip(UNIT_POSTS, ("赖安宁", "黄立诚", "何振邦", "周晓岚"), strict=True)),
    *((f"yi.{p}", n, "yi", p) for p, n in zip(UNIT_POSTS, ("梁思远", "沈一帆", "江喆", "陆堃"), strict=True)),
    *((f"bing.{p}", n, "bing", p) for p, n in zip(UNIT_POSTS, ("范昇", "孟祎", "石垚", "程翀"), strict=True)),
    ("twice", "苏珺", "ding", Post.LIAISON),
    ("twice", "苏珺", "office", Post.OFFICE_CLERK),
    ("leader", "岑望舒", "office", Post.LEADER),
)  # fmt: skip


@dataclass(frozen=True)
class House:
    """A unit and who holds its posts."""

    unit: Unit
    liaison: Appointment
    handler: Appointment
    deputy: Appointment
    head: Appointment


@dataclass(frozen=True)
class Cast:
    office: Unit
    clerk: Appointment
    office_head: Appointment
    auditor: Appointment
    administrator: Appointment
    town: House
    other: House
    department: House
    twice: Appointment
    twice_office: Appointment
    leader: Appointment

    def __iter__(self) -> Iterator[Appointment]:
        """Every appointment, for a matrix of pages and people."""
        yield from (self.clerk, self.office_head, self.auditor, self.administrator)
        for house in (self.town, self.other, self.department):
            yield from (house.liaison, house.handler, house.deputy, house.head)
        yield from (self.twice, self.twice_office, self.leader)


def engage() -> Cast:
    """Write the cast into the database."""
    units = {code: Unit(code=code, name=name, short_name=short, kind=kind, initials=initials(short), order=n)
             for n, (code, name, short, kind) in enumerate(UNITS)}  # fmt: skip
    Unit.objects.bulk_create(units.values())
    for code, (name, members) in GROUPS.items():
        group = UnitGroup.objects.create(code=code, name=name, by_default=code == "all_units")
        group.units.set([units[one] for one in members])
    people = {
        who: Person(username=who, name=name, initials=initials(name), password="!") for who, name, *_ in STAFF
    }
    Person.objects.bulk_create(people.values())
    seats = [
        Appointment(person=people[who], unit=units[unit], post=post, start=SINCE)
        for who, _, unit, post in STAFF
    ]
    Appointment.objects.bulk_create(seats)
    clerk, head, auditor, administrator, *rest, twice, twice_office, leader = seats
    houses = [House(rest[n].unit, *rest[n : n + 4]) for n in range(0, len(rest), 4)]
    return Cast(units["office"], clerk, head, auditor, administrator, *houses, twice, twice_office, leader)


def more_units(count: int, kind: str = "town") -> list[Unit]:
    """So many units more, in which nobody holds a post: for lists that grow."""
    there = Unit.objects.count()
    named = ((f"u{n}", f"第{n}单位") for n in range(there, there + count))
    return Unit.objects.bulk_create(
        Unit(code=code, name=name, short_name=name, kind=kind, initials="ddw", order=100)
        for code, name in named
    )


@pytest.fixture
def cast(db: None) -> Cast:
    return engage()


def identity(client: Client, seat: Appointment) -> Client:
    """`client`, signed in as this person under this post."""
    client.force_login(seat.person, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[KEY] = seat.pk
    session.save()
    return client


def actor(seat: Appointment) -> Actor:
    return Actor.of(seat)
