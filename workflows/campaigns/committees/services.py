"""A committee is set up, changes, and ends. Each is one transaction under the plan's lock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction as tx
from django.utils import timezone

from foundation.journal.moves import create, record, transition
from foundation.organization.actors import SYSTEM, Actor
from foundation.organization.calendar import DAY
from foundation.organization.models import Appointment, Person
from foundation.organization.posts import UNIT_POSTS, Post
from foundation.organization.refusals import Refused
from foundation.organization.services import appoint, end_appointment
from workflows.plans.models import Plan, office_decides

from ..models import Committee, CommitteeMember

Role = CommitteeMember.Role


def deputies_of(plan: int, day: dt.date) -> list[Person]:
    """分管负责人 of the units that the campaign gave tasks: whom plans name as members."""
    held = Appointment.objects.in_force(day).filter(post=Post.DEPUTY, unit__tasks__plan=plan)
    return list(Person.objects.filter(pk__in=held.values("person")).order_by("pk"))


@tx.atomic
def set_up(
    *, plan: int, name: str, ends_on: dt.date, people: Iterable[Person] = (), actor: Actor, at: dt.datetime
) -> int:
    row, day = _decided(plan, actor, at), timezone.localdate(at)
    if row.state not in (Plan.State.APPROVED, Plan.State.RUNNING, Plan.State.CLOSING):
        raise Refused("方案批准以后、活动归档以前，才能成立指导委员会。")
    if row.committees.filter(state=Committee.State.ACTIVE).exists():
        raise Refused("这个活动已有指导委员会；要换届的，先撤销原来的。")
    if ends_on < day:
        raise Refused("撤销日期已经过去，请改正。", field="ends_on")
    values = {"plan": row, "name": name, "ends_on": ends_on}
    (pk,) = create(Committee, values, actor=actor, at=at, data={"ends_on": ends_on.isoformat()})
    committee = Committee.objects.get(pk=pk)
    for person in people:
        _join(committee, person, Role.MEMBER, actor, at)
    return pk


@tx.atomic
def add_member(*, committee: int, person: Person, role: str, actor: Actor, at: dt.datetime) -> None:
    row = _active(committee, actor, at)
    if row.members.filter(person=person, until=None).exists():
        raise Refused(f"{person.name}已经是成员。", field="person")
    _join(row, person, role, actor, at)


@tx.atomic
def remove_member(*, member: int, actor: Actor, at: dt.datetime) -> None:
    one = CommitteeMember.objects.select_related("person").get(pk=member)
    row = _active(one.committee_id, actor, at)
    if one.until:
        raise Refused(f"{one.person.name}已不是成员。")
    _leave([one], timezone.localdate(at) - DAY, actor, at)
    record(Committee, row.pk, "leave", actor=actor, at=at, data={"person": one.person_id})


@tx.atomic
def dissolve(*, committee: int, actor: Actor, at: dt.datetime) -> None:
    """Before its day, by the office's head: the members' posts end with the day before."""
    row = _active(committee, actor, at)
    _end(row, timezone.localdate(at) - DAY, actor, at)


@tx.atomic
def dissolve_due(at: dt.datetime) -> int:
    """Those whose last day is over; the posts ended with it by themselves."""
    over = Committee.objects.filter(state=Committee.State.ACTIVE, ends_on__lt=timezone.localdate(at))
    rows = list(over.select_for_update().order_by("pk"))
    for row in rows:
        _end(row, row.ends_on, SYSTEM, at)
    return len(rows)


def _end(row: Committee, last: dt.date, actor: Actor, at: dt.datetime) -> None:
    members = list(row.members.filter(until=None).select_related("seat"))
    _leave(members, last, actor, at)
    data = {"last_day": last.isoformat(), "members": len(members)}
    transition(Committee.dissolve, row.pk, actor=actor, at=at, note=data).all_or_refuse()


def _join(row: Committee, person: Person, role: str, actor: Actor, at: dt.datetime) -> None:
    day = timezone.localdate(at)
    held = Appointment.objects.in_force(day).filter(person=person)
    if not (own := held.filter(post__in=UNIT_POSTS).order_by("unit__order", "pk").first() or held.first()):
        raise Refused(f"{person.name}没有在任岗位，请先任命。", field="person")
    seat = None
    if not held.filter(post=Post.LEADER, end__gte=row.ends_on).exists():
        _refuse_overlap(person, own, row.ends_on, day)
        seat = appoint(
            person=person, unit=own.unit, post=Post.LEADER, start=day, end=row.ends_on, actor=actor, at=at
        )
    CommitteeMember.objects.create(committee=row, person=person, role=role, seat=seat, since=day)
    record(Committee, row.pk, "join", actor=actor, at=at, data={"person": person.pk, "role": str(role)})


def _refuse_overlap(person: Person, own: Appointment, last: dt.date, day: dt.date) -> None:
    posts = Appointment.objects.filter(person=person, unit=own.unit, post=Post.LEADER, revoked=False)
    if posts.filter(start__lte=last, end__gte=day).exists():
        raise Refused(f"{person.name}另有一个期限不同的领导岗位，请先由系统管理员结束它。", field="person")


def _leave(members: list[CommitteeMember], last: dt.date, actor: Actor, at: dt.datetime) -> None:
    for one in members:
        if one.seat and not one.seat.revoked and one.seat.end > last:
            end_appointment(appointment=one.seat, on=last, actor=actor, at=at)
    CommitteeMember.objects.filter(pk__in=[one.pk for one in members]).update(until=last)


def _decided(plan: int, actor: Actor, at: dt.datetime) -> Plan:
    row = Plan.objects.select_for_update(of=("self",)).get(pk=plan)
    if not office_decides(row, actor, timezone.localdate(at)):
        raise Refused(office_decides.says)
    return row


def _active(committee: int, actor: Actor, at: dt.datetime) -> Committee:
    _decided(Committee.objects.values_list("plan", flat=True).get(pk=committee), actor, at)
    row = Committee.objects.select_for_update().get(pk=committee)
    if row.state != Committee.State.ACTIVE:
        raise Refused(f"{row.name}已经撤销。")
    return row
