"""单位 and 人员 of the search box: by name, alias or pinyin initials, as the address book and the administration show them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from .listing import people_found, units_found
from .models import Appointment, Person, Unit, in_force
from .permissions import READERS
from .posts import Post
from .rules import Rule, holds
from .searching import Asked, Hit, Kind


def _known(actor: Any, day: Any) -> Q:
    """Who keeps or checks the people knows them all; everybody else the liaison officers of the address book."""
    officers = Appointment.objects.filter(
        in_force(day), post=Post.LIAISON, person=OuterRef("pk"), unit__ended_on=None
    )
    return holds(*READERS)(actor, day) | (holds(*Post.values)(actor, day) & Q(Exists(officers)))


finds_person = Rule("通讯录里只有各单位联络员。", _known)


def units(asked: Asked) -> QuerySet[Unit]:
    return units_found(asked.text, on=asked.day)


def people(asked: Asked) -> QuerySet[Person]:
    return people_found(asked.text, on=asked.day).filter(finds_person.q(asked.seat.pk, asked.day))


def unit_hit(unit: Unit, asked: Asked) -> Hit:
    officer = next((seat.person.name for seat in unit.liaisons), "")  # type: ignore[attr-defined]
    facts = (unit.get_kind_display(), f"联络员 {officer}" if officer else "无联络员")
    return Hit(_unit(unit, asked), unit.name, facts)


def person_hit(person: Person, asked: Asked) -> Hit:
    seats = person.seats  # type: ignore[attr-defined]
    if asked.seat.post not in READERS:  # of the others no more than the address book tells
        seats = [seat for seat in seats if seat.post == Post.LIAISON]
    held = tuple(f"{seat.unit.short_name}{seat.get_post_display()}" for seat in seats)
    if asked.seat.post in READERS:
        return Hit(reverse("person", args=[person.pk]), person.name, held or ("没有在任岗位",))
    return Hit(_book(seats[0].unit.short_name if seats else person.name), person.name, held)


def _unit(unit: Unit, asked: Asked) -> str:
    return reverse("unit", args=[unit.pk]) if asked.seat.post in READERS else _book(unit.short_name)


def _book(words: str) -> str:
    return f"{reverse('address_book')}?{urlencode({'q': words})}"


def _list(name: str, asked: Asked) -> str:
    page = name if asked.seat.post in READERS else "address_book"
    return f"{reverse(page)}?{urlencode({'q': asked.text})}"


FINDS_UNITS = Kind(
    "organization.unit", "单位", tuple(Post), units, unit_hit, lambda asked: _list("units", asked)
)
FINDS_PEOPLE = Kind(
    "organization.person", "人员", tuple(Post), people, person_hit, lambda asked: _list("people", asked)
)
