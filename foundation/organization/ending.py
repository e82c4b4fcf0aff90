"""A unit is merged into another, or abolished. What it leaves goes to its successor, room by room.

The rooms above say in AppConfig.ready what of theirs a unit leaves (`ESTATES`): how much it is, and what becomes of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from .actors import SYSTEM, Actor
from .audit import tell
from .models import Appointment, Unit, UnitGroup
from .posts import UNIT_POSTS, Post
from .refusals import Refused
from .services import appoint, end_appointment
from .units import GROUP_OF

MOVES = (Post.LIAISON, Post.HANDLER)  # who works; heads and deputies are appointed anew


@dataclass(frozen=True)
class Ending:
    """`seats`: the post somebody had in the old unit → theirs in the successor, where they go along."""

    unit: Unit
    successor: Unit | None
    actor: Actor
    at: dt.datetime
    seats: dict[int, int] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        if self.successor:
            return f"{self.unit.short_name}并入{self.successor.short_name}"
        return f"{self.unit.short_name}撤销，没有承接单位"


@dataclass(frozen=True)
class Line:
    """One line of the preview: 未办结的任务由承接单位接着办, 12 件. `stops`: this has to be settled before."""

    says: str
    count: int
    stops: bool = False


def _nothing(units: Collection[Unit]) -> Iterable[QuerySet]:
    return ()


@dataclass(frozen=True)
class Estate:
    """`open_rows`: what people may be working on in these units, in the order in which it is locked."""

    preview: Callable[[Unit, Unit | None], list[Line]]
    pass_on: Callable[[Ending], None]
    open_rows: Callable[[Collection[Unit]], Iterable[QuerySet]] = _nothing


ESTATES: list[Estate] = []  # in the order of the floors: approvals before what they are about


def preview(
    unit: Unit, successor: Unit | None, *, follow: bool, day: dt.date, groups: bool = True
) -> list[Line]:
    """What would happen today."""
    seats = Appointment.objects.in_force(day).filter(unit=unit)
    going = len(_following(unit, day)) if successor and follow else 0
    lines = [Line("任职到当日为止，账号保留", seats.count())]
    if going:
        lines.append(Line("原联络员、经办人转任承接单位经办人", going))
    if groups and (joined := _joining(unit, successor)):
        names = "、".join(group.name for group in joined)
        lines.append(Line(f"承接单位加入原单位所属的范围：{names}", len(joined)))
    return lines + [one for estate in ESTATES for one in estate.preview(unit, successor) if one.count]


@transaction.atomic
def end_unit(
    *, unit: Unit, on: dt.date, successor: Unit | None, follow: bool, at: dt.datetime, actor: Actor = SYSTEM,
    groups: bool = True,
) -> None:  # fmt: skip
    """Merge `unit` into `successor` (None: abolish it) as of `on`; `follow`: its working people go along; `groups`: the
    successor is from now on one of those that plans mean by the groups of the old unit.

    Nothing of it is deleted: its name, its code and what it finished stay. What people work on is locked before the
    unit: whoever writes something new of a unit asks for it last.
    """
    both = [unit, successor] if successor else [unit]
    working = _working(both, lock=True)
    held = {one.pk: one for one in Unit.objects.select_for_update().order_by("pk")}
    old, heir = held[unit.pk], held[successor.pk] if successor else None
    _check(old, heir, on, timezone.localdate(at))
    if _working(both) != working:
        raise Refused(f"{old.short_name}或承接单位的人刚刚提交或办理了事项，请刷新后再办一次。")
    for line in preview(old, heir, follow=follow, groups=groups, day=timezone.localdate(at)):
        if line.stops:
            raise Refused(f"{line.says}（{line.count} 件），请先办结。")
    seats = _end_seats(old, heir, on, follow, actor, at)
    Unit.objects.filter(pk=old.pk).update(ended_on=on, successor=heir)
    joined = _joining(old, heir) if groups else []
    if heir:
        heir.groups.add(*joined)
    ending = Ending(old, heir, actor, at, seats)
    for estate in ESTATES:
        estate.pass_on(ending)
    data = {"unit": old.pk, "code": old.code, "on": on.isoformat(), "successor": heir.code if heir else None}
    more = {"seats": len(seats), "groups": [group.code for group in joined]}
    tell("unit.end", actor=actor, at=at, data=data | more)


def _working(units: Collection[Unit], lock: bool = False) -> list[list[int]]:
    """Ids of what is open, kind by kind."""
    kinds = [rows.order_by("pk") for estate in ESTATES for rows in estate.open_rows(units)]
    held = [rows.select_for_update(of=("self",)) for rows in kinds] if lock else kinds
    return [[row.pk for row in rows.only("pk")] for rows in held]


def stay() -> None:
    """No unit ends before this transaction does: who gives units something new waits for a merger, or it for them."""
    there = Unit.objects.select_for_update(no_key=True).filter(ended_on=None).order_by("pk")
    list(there.values_list("pk", flat=True))


def living(unit: int) -> Unit:
    """The same of one unit, for what is begun in it. Refused once it has ended, though its people serve to the end of the day."""
    row = Unit.objects.select_for_update(no_key=True).get(pk=unit)
    if row.ended_on:
        raise Refused(f"{row.short_name}已于{row.ended_on}撤销，请由承接单位办理。")
    return row


def _joining(unit: Unit, heir: Unit | None) -> list[UnitGroup]:
    """The groups of the old unit in which its successor is not yet; but what kind of unit it is stays as it is."""
    if heir is None:
        return []
    kinds = set(GROUP_OF.values())
    return list(unit.groups.exclude(code__in=kinds).exclude(pk__in=heir.groups.values("pk")).order_by("pk"))


def _check(unit: Unit, successor: Unit | None, on: dt.date, today: dt.date) -> None:
    if unit.ended_on:
        raise Refused(f"{unit.short_name}已于{unit.ended_on}撤销。")
    if unit.kind == Unit.Kind.OFFICE:
        raise Refused("安委办不能在这里撤销。")
    if on > today:
        raise Refused("撤销日期还没有到，请在当日或以后办理。", field="on")
    if successor and (successor.ended_on or successor.pk == unit.pk):
        raise Refused("承接单位应是另一个在册单位，请重新选择。", field="successor")
    if successor and successor.kind == Unit.Kind.OFFICE:
        raise Refused("安委办是派发任务的单位，不能作承接单位。", field="successor")


def _following(unit: Unit, day: dt.date) -> list[Appointment]:
    held = Appointment.objects.in_force(day).filter(unit=unit, post__in=MOVES)
    return list({seat.person_id: seat for seat in held.select_related("person")}.values())


def _end_seats(
    unit: Unit, heir: Unit | None, on: dt.date, follow: bool, actor: Actor, at: dt.datetime
) -> dict[int, int]:  # fmt: skip
    """Every post of it ends; {old seat: new seat} of the people who go along as 经办人."""
    today = timezone.localdate(at)
    going = _following(unit, today) if heir and follow else []
    new: dict[int, int] = {}
    for seat in going:
        there = Appointment.objects.in_force(today).filter(unit=heir, person=seat.person, post__in=UNIT_POSTS)
        found = there.first() or appoint(
            person=seat.person, unit=heir or unit, post=Post.HANDLER, start=today, actor=actor, at=at
        )
        new[seat.person_id] = found.pk
    ending = list(Appointment.objects.filter(unit=unit, revoked=False, end__gt=on).select_related("person"))
    for seat in ending:
        end_appointment(appointment=seat, on=on, actor=actor, at=at)
    return {seat.pk: new[seat.person_id] for seat in ending if seat.person_id in new}


def last_heir(unit: Unit) -> Unit | None:
    """Who carries its work on now: the successor of the successor …; None where it ended without one."""
    one: Unit | None = unit
    while one and one.ended_on:
        one = one.successor
    return one
