"""代理: somebody decides for an absent signer, from one day to another."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from foundation.organization.actors import Actor
from foundation.organization.audit import tell
from foundation.organization.models import Appointment
from foundation.organization.refusals import Refused
from foundation.organization.templatetags.components import day

from .models import Proxy, Route


def candidates(owner: Appointment, day: dt.date) -> QuerySet[Appointment]:
    """Who may stand for `owner`: the others of the same unit who work there."""
    held = Appointment.objects.in_force(day).filter(unit=owner.unit_id)
    others = held.exclude(person=owner.person_id).exclude(post__in=("auditor", "administrator"))
    return others.select_related("person", "unit").order_by("-post", "pk")


@transaction.atomic
def add_proxy(
    *, owner: Appointment, to: Appointment, route: Route | None, start: dt.date, end: dt.date,
    reason: str, actor: Actor, at: dt.datetime,
) -> Proxy:  # fmt: skip
    """Refused: turned dates, a past one, oneself, a stranger, or a proxy who is there on these days already."""
    today = timezone.localdate(at)
    if end < start:
        raise Refused("结束日期早于开始日期，请改正。")
    if end < today:
        raise Refused("结束日期已过，请填今天或以后的日期。")
    if not candidates(owner, max(start, today)).filter(pk=to.pk).exists():
        raise Refused("代理人应是本单位在任的其他人，请另选。")
    Appointment.objects.select_for_update().get(pk=owner.pk)  # two at once wait for each other
    there = Proxy.objects.filter(owner=owner, revoked_at=None, start__lte=end, end__gte=start)
    if route:
        there = there.filter(Q(route=None) | Q(route=route))
    if other := there.select_related("to__person").first():
        raise Refused(
            f"{day(other.start)} 至 {day(other.end)} 已由{other.to.person.name}代理，请先撤销或错开日期。"
        )
    made = Proxy.objects.create(
        owner=owner,
        to=to,
        route=route,
        start=start,
        end=end,
        reason=reason,
        made_by_id=actor.post or owner.pk,
    )
    data = {"proxy": made.pk, "owner": owner.pk, "to": to.pk, "route": route.code if route else ""}
    dates = {"start": start.isoformat(), "end": end.isoformat()}
    tell("proxy.add", actor=actor, at=at, data=data | dates, words={"reason": reason})
    return made


@transaction.atomic
def revoke(*, proxy: Proxy, actor: Actor, at: dt.datetime) -> bool:
    """What the proxy decided stays; False when it was revoked already."""
    done = Proxy.objects.filter(pk=proxy.pk, revoked_at=None).update(revoked_at=at)
    if done:
        tell("proxy.revoke", actor=actor, at=at, data={"proxy": proxy.pk})
    return bool(done)
