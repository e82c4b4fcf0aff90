"""代理: somebody decides for an absent signer, from one day to another, all or some of the matters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from foundation.organization.actors import Actor
from foundation.organization.audit import tell
from foundation.organization.models import Appointment, Unit
from foundation.organization.posts import OVERSEERS, Post
from foundation.organization.refusals import Refused
from foundation.organization.templatetags.components import day

from .models import Proxy, Route
from .proxy_scope import Scope, way_back

UNFIT = "代理人应是本单位在任、能办理审批的其他人，请另选代理人。"


def candidates(owner: Appointment, day: dt.date) -> QuerySet[Appointment]:
    """Who may stand for `owner`: the others of the same unit who work there."""
    held = Appointment.objects.in_force(day).filter(unit=owner.unit_id)
    others = held.exclude(person=owner.person_id).exclude(post__in=(*OVERSEERS, Post.ADMINISTRATOR))
    return others.select_related("person", "unit").order_by("-post", "pk")


def current(day: dt.date) -> QuerySet[Proxy]:
    """Those that count today or later."""
    rows = Proxy.objects.filter(revoked_at=None, end__gte=day).order_by("start", "pk")
    return rows.select_related("owner__person", "owner__unit", "to__person", "to__unit").prefetch_related(
        "routes", "units"
    )


@transaction.atomic
def add_proxy(
    *, owner: Appointment, to: Appointment, start: dt.date, end: dt.date, reason: str, actor: Actor, at: dt.datetime,
    routes: Iterable[Route] = (), units: Iterable[Unit] = (),
) -> Proxy:  # fmt: skip
    """Refused: dates turned or past, somebody who can't, one who is there already, and going round in a circle."""
    routes, units, today = list(routes), list(units), timezone.localdate(at)
    _check_days(start, end, today)
    _check_person(owner, to, start, end)
    Unit.objects.select_for_update().get(pk=owner.unit_id)  # two at once wait for each other
    scope = Scope(start, end, frozenset(one.pk for one in routes), frozenset(one.pk for one in units))
    _check_others(owner, to, scope, list(current(today)))
    made = Proxy.objects.create(
        owner=owner, to=to, start=start, end=end, reason=reason, made_by_id=actor.post or owner.pk
    )
    made.routes.set(routes)
    made.units.set(units)
    data = {
        "proxy": made.pk,
        "owner": owner.pk,
        "to": to.pk,
        "start": start.isoformat(),
        "end": end.isoformat(),
    }
    which = {"routes": [one.code for one in routes], "units": [one.code for one in units]}
    tell("proxy.add", actor=actor, at=at, data=data | which, words={"reason": reason})
    return made


def _check_days(start: dt.date, end: dt.date, today: dt.date) -> None:
    if end < start:
        raise Refused("结束日期早于开始日期，请改正其中一个。", field="end")
    if end < today:
        raise Refused("结束日期已过，请填今天或以后的日期。", field="end")
    if start < today:
        raise Refused("开始日期已过，请填今天或以后的日期。", field="start")


def _check_person(owner: Appointment, to: Appointment, start: dt.date, end: dt.date) -> None:
    if to.person_id == owner.person_id:
        raise Refused("不能请自己代理，请另选代理人。", field="to")
    if not to.person.is_active:
        raise Refused(f"{to.person.name}的账号已停用，请另选代理人。", field="to")
    if not candidates(owner, start).filter(pk=to.pk).exists():
        raise Refused(UNFIT, field="to")
    if to.end < end:
        last = f"{to.person.name}任职到{day(to.end)}为止"
        raise Refused(f"{last}，请把结束日期改到这一天以内，或另选代理人。", field="end")


def _check_others(owner: Appointment, to: Appointment, scope: Scope, named: list[Proxy]) -> None:
    """Nobody stands there already, and nobody who is absent on these days would get it back."""
    for other in named:
        if other.owner_id == owner.pk and scope.meet(Scope.of(other)):
            there = f"{day(other.start)} 至 {day(other.end)} 已由{other.to.person.name}代理（{other.scope}）"
            raise Refused(f"{there}，请先撤销，或错开日期、范围。", field="start")
    if way := way_back(to.person_id, owner.person_id, scope, named):
        told = "，".join(f"{one.owner.person.name}已请{one.to.person.name}代理" for one in way)
        circle = f"{told}，同一天绕回本人就没有人办理了"
        raise Refused(f"{circle}。请另选代理人，或错开日期、范围。", field="to")


@transaction.atomic
def revoke(*, proxy: Proxy, actor: Actor, at: dt.datetime) -> bool:
    """What the proxy decided stays; False when it was revoked already."""
    done = Proxy.objects.filter(pk=proxy.pk, revoked_at=None).update(revoked_at=at)
    if done:
        tell("proxy.revoke", actor=actor, at=at, data={"proxy": proxy.pk})
    return bool(done)
