"""Administration of routes: a new version is added, an old one never changes."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from foundation.organization.actors import Actor
from foundation.organization.audit import tell
from foundation.organization.posts import Post
from foundation.organization.refusals import Refused

from .. import store
from ..engine import route_json
from ..engine import routes as definitions
from ..models import Approval, Route, RouteVersion

SELF_APPROVAL = "“自批”只由安办主任设置。"


def versions_of(route: Route) -> QuerySet[RouteVersion]:
    """Newest first, each with `used` and `running` approvals."""
    running = Count("approvals", filter=Q(approvals__state="pending"))
    return route.versions.annotate(used=Count("approvals"), running=running).order_by("-number")


def running() -> list[tuple[RouteVersion, int]]:
    """The versions on which approvals run, of all routes, newest first, and how many: read from those that run
    alone, however many have ended."""
    counts = Approval.objects.filter(state="pending").order_by().values_list("version").annotate(Count("pk"))
    found = dict(counts)
    versions = RouteVersion.objects.filter(pk__in=found).order_by("route", "-number")
    return [(version, found[version.pk]) for version in versions]


def running_on(route: Route) -> list[tuple[RouteVersion, int]]:
    return [(version, count) for version, count in running() if version.route_id == route.pk]


@transaction.atomic
def set_retired(*, route: Route, retired: bool, actor: Actor, at: dt.datetime) -> bool:
    """停用 refuses what would start; what runs ends on its version. False where it is so already."""
    done = Route.objects.filter(pk=route.pk, retired=not retired).update(retired=retired)
    if done:
        tell("route.retire" if retired else "route.restore", actor=actor, at=at, data={"route": route.code})
    return bool(done)


@transaction.atomic
def add_version(
    *, route: Route, definition: definitions.Route, actor: Actor, at: dt.datetime, base: int | None = None
) -> RouteVersion:
    """New approvals take it from now on; running ones keep theirs. `base`: the newest when the editing began."""
    Route.objects.select_for_update().get(pk=route.pk)  # two editors at once wait for each other
    last = route.versions.order_by("-number").first()
    number = last.number + 1 if last else 1
    if base is not None and base != number - 1:
        raise Refused(f"您修改期间，别人已保存第 {number - 1} 版。请先看那一版，需要时再保存。")
    if last and store.route_of(last) == definition:
        raise Refused("与现行版本相同，没有改动。")
    self_approval = definition.on_self is definitions.OnSelf.ALLOW
    if self_approval and actor.post_code != Post.OFFICE_HEAD:
        raise Refused(SELF_APPROVAL)
    document = route_json.written(definition)
    made = RouteVersion.objects.create(route=route, number=number, definition=document, made_by_id=actor.post)
    data = {"route": route.code, "version": number, "definition": document}
    tell("route.change", actor=actor, at=at, data=data)
    return made
