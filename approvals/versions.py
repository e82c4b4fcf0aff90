"""Administration of routes: a new version is added, an old one never changes; who would be asked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from foundation.organization.actors import Actor
from foundation.organization.audit import tell
from foundation.organization.models import Appointment, Unit
from foundation.organization.posts import Post
from foundation.organization.refusals import Refused

from . import engine, route_json, store
from . import routes as definitions
from .lookup import Organization
from .models import Route, RouteVersion
from .terms import Holder, Refusal

SELF_APPROVAL = "“允许自批”只由安办主任设置。"


def versions_of(route: Route) -> QuerySet[RouteVersion]:
    """Newest first, each with `used` and `running` approvals."""
    running = Count("approvals", filter=Q(approvals__state="pending"))
    return route.versions.annotate(used=Count("approvals"), running=running).order_by("-number")


@transaction.atomic
def add_version(
    *, route: Route, definition: definitions.Route, actor: Actor, at: dt.datetime
) -> RouteVersion:
    """New approvals take it from now on; running ones keep theirs."""
    Route.objects.select_for_update().get(pk=route.pk)  # two editors at once wait for each other
    last = route.versions.order_by("-number").first()
    document = route_json.written(definition)
    if last and store.route_of(last) == definition:
        raise Refused("与现行版本相同，没有改动。")
    self_approval = definition.on_self is definitions.OnSelf.ALLOW
    if self_approval and actor.post_code != Post.OFFICE_HEAD:
        raise Refused(SELF_APPROVAL)
    number = last.number + 1 if last else 1
    made = RouteVersion.objects.create(route=route, number=number, definition=document, made_by_id=actor.post)
    data = {"route": route.code, "version": number, "definition": document}
    tell("route.change", actor=actor, at=at, data=data)
    return made


@dataclass(frozen=True)
class Preview:
    """Who would be asked for a matter of `unit`: [(step, names)], or the sentence why it could not start."""

    unit: Unit
    steps: list[tuple[str, list[str]]]
    refusal: str = ""


def preview(definition: definitions.Route, unit: Unit, day: dt.date) -> Preview:
    """For a matter that nobody of the signers drafted."""
    opened = engine.open_route(definition, Holder(0, 0), Organization(definition, unit.pk, day))
    if isinstance(opened, Refusal):
        return Preview(unit, [], opened.says)
    seats = Appointment.objects.select_related("person").in_bulk(
        [int(row.seat) for row in opened.state.signers if row.seat]
    )
    return Preview(
        unit,
        [
            (step.name, [_named(row, seats) for row in opened.state.signers if row.step == number])
            for number, step in enumerate(definition.steps, 1)
        ],
    )


def _named(row: engine.Signer, seats: dict[int, Appointment]) -> str:
    name = seats[int(row.seat)].person.name if row.seat else ""
    return "，".join(filter(None, (name, row.note, row.reason)))
