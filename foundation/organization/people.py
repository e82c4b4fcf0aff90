"""Invented holders for the posts of many units at once: for the demo and for measuring."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Iterator

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from .actors import SYSTEM
from .audit import tell
from .inventing import names
from .models import Appointment, Person, Unit
from .posts import UNIT_POSTS, Post
from .services import initials

# What follows the unit's code in a user name: hanguang.lianluo, anweiban.zhuren.
PINYIN = {
    Post.LIAISON: "lianluo",
    Post.HANDLER: "jingban",
    Post.DEPUTY: "fenguan",
    Post.HEAD: "zhuyao",
    Post.OFFICE_HEAD: "zhuren",
    Post.AUDITOR: "shenji",
    Post.ADMINISTRATOR: "guanli",
    Post.LEADER: "lingdao",
}
OFFICE = (Post.LIAISON, Post.DEPUTY, Post.HEAD, Post.OFFICE_HEAD, Post.AUDITOR, Post.ADMINISTRATOR)
CLERKS = ("jingban", "jingban2")
ALSO = {("anweiban.jingban2", "yingji", Post.HANDLER)}  # one person with posts in two units
NOBODY = {("gongdian", Post.LIAISON)}  # a unit with the red line

Seat = tuple[str, Unit, Post]  # user name, unit, post


@transaction.atomic
def people_for(units: Iterable[Unit], *, at: dt.datetime, seed: int, password: str | None) -> None:
    """Holders of all posts of `units`, from the day of `at`; hundreds of rows a statement.

    The office gets two clerks, a head, an auditor, an administrator and the leader it reports to. All share `password` (None: nobody
    can sign in) and need not change it. People who are there already stay as they are.
    """
    known = set(Person.objects.values_list("username", flat=True))
    units = list(units)
    all_ = [*(seat for unit in units for seat in _seats(unit)), *_leaders(units)]
    seats = [seat for seat in all_ if seat[0] not in known]
    called, hashed = names(random.Random(seed)), make_password(password)  # noqa: S311 - not a secret
    people = {
        user: Person(
            username=user, name=(name := next(called)), initials=initials(name, person=True), password=hashed
        )
        for user in dict.fromkeys(user for user, _, _ in seats)
    }
    Person.objects.bulk_create(people.values())
    start = timezone.localdate(at)
    Appointment.objects.bulk_create(
        Appointment(person=people[user], unit=unit, post=post, start=start) for user, unit, post in seats
    )
    tell("seed", actor=SYSTEM, at=at, data={"people": len(people), "appointments": len(seats)})


def _seats(unit: Unit) -> Iterator[Seat]:
    office = unit.kind == Unit.Kind.OFFICE
    for post in OFFICE if office else UNIT_POSTS:
        if (unit.code, post) not in NOBODY:
            yield f"{unit.code}.{PINYIN[post]}", unit, post
    for clerk in CLERKS if office else ():
        yield f"{unit.code}.{clerk}", unit, Post.OFFICE_CLERK
    yield from ((user, unit, post) for user, code, post in ALSO if code == unit.code)


def _leaders(units: Iterable[Unit]) -> Iterator[Seat]:
    """After everybody else, so that a seed gives the others the names it always gave them."""
    for unit in units:
        if unit.kind == Unit.Kind.OFFICE:
            yield f"{unit.code}.{PINYIN[Post.LEADER]}", unit, Post.LEADER
