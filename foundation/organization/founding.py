"""The beginning of an installation: the office, the groups that plans name, the calendar, somebody who lets others in."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from .county import load_county, make_groups
from .forms import PersonForm
from .importing_units import sentence
from .models import Appointment, Day, Person, Unit
from .passwords import hand_out
from .posts import OFFICE_POSTS, Post
from .refusals import Refused
from .seed import seed_days
from .services import add_person, appoint, save_days
from .units import save_unit

CODE = "anweiban"  # of the office, as data/county.csv has it


class Founded(NamedTuple):
    """`password` opens nothing but the page that sets one's own."""

    person: Person
    office: Unit
    password: str


class Step(NamedTuple):
    done: bool
    says: str
    url: str = ""  # its name, where the administrator does it


def first_steps(units: int, bare: int, day: dt.date) -> list[Step]:
    """What a new installation still lacks before a plan can be dispatched; empty once it has begun."""
    held = Appointment.objects.in_force(day).filter(post__in=OFFICE_POSTS)
    works = len(set(held.values_list("post", flat=True))) == len(OFFICE_POSTS)
    if units > 1 and works:
        return []
    return [
        Step(units > 1, "导入单位：镇街、部门，每个一行", "units"),
        Step(works, "添加人员并任命：安委办至少一名经办、一名主任", "people"),
        Step(
            units > 1 and not bare,
            "给每个单位指定联络员、分管负责人和主要负责人，没有联络员的单位任务无人签收",
            "people",
        ),
        Step(False, "核对工作日历：期限按工作日计算", "calendar"),
        Step(False, "由安委办经办登录，在“方案”里上传或粘贴方案，核对后送审、下达"),
    ]


@transaction.atomic
def found(
    *, username: str, name: str, office: str, short_name: str, county: bool, at: dt.datetime
) -> Founded:
    """What is there already stays as it is. The only administrator gets a new password, so that nobody is shut out."""
    held = Appointment.objects.in_force(timezone.localdate(at)).filter(post=Post.ADMINISTRATOR)
    other = held.exclude(person__username=username).select_related("person").first()
    if other:
        raise Refused(
            f"已有系统管理员{other.person.name}（{other.person.username}），请由其添加人员、重置密码。"
        )
    make_groups()
    if county:
        load_county(at=at)
    unit = _office(office, short_name, at)
    _fill_calendar(at)
    person = Person.objects.filter(username=username).first() or _person(username, name, at)
    if not held.exists():
        appoint(person=person, unit=unit, post=Post.ADMINISTRATOR, start=timezone.localdate(at), at=at)
    return Founded(person, unit, hand_out([person], at=at)[person.pk])


def _person(username: str, name: str, at: dt.datetime) -> Person:
    form = PersonForm({"username": username, "name": name})
    if not form.is_valid():
        raise Refused(sentence(form))
    return add_person(**form.cleaned_data, at=at)


def _office(name: str, short_name: str, at: dt.datetime) -> Unit:
    there = Unit.objects.filter(kind=Unit.Kind.OFFICE, ended_on=None).first()
    values = {"code": CODE, "name": name, "short_name": short_name, "kind": Unit.Kind.OFFICE}
    return there or save_unit(unit=None, values=values, at=at)[0]


def _fill_calendar(at: dt.datetime) -> None:
    """This year and the next, where nobody has done so and the days are known."""
    first = timezone.localdate(at).year
    for year in (first, first + 1):
        if not Day.objects.filter(date__year=year).exists() and (days := seed_days(year)):
            save_days(days, at=at)
