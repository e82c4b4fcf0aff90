"""A unit with its heads, a route of two steps, and a subject that remembers what it was told."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from approvals import services
from approvals.models import Route, RouteVersion
from approvals.subjects import SUBJECTS, Matter, Subject, register
from foundation.organization.actors import Actor
from foundation.organization.models import Appointment, Person, Unit

AT = dt.datetime(2026, 6, 1, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))
UNIT_ROUTE = {
    "name": "单位审批",
    "steps": [
        {"name": "分管负责人审批", "who": [{"post": "deputy"}]},
        {"name": "主要负责人审批", "who": [{"post": "head"}]},
    ],
}


def appoint(unit: Unit, post: str, name: str, **kw) -> Appointment:
    person, _ = Person.objects.get_or_create(username=name, defaults={"name": name})
    return Appointment.objects.create(unit=unit, post=post, person=person, start=dt.date(2026, 1, 1), **kw)


@pytest.fixture
def town(db):
    unit = Unit.objects.create(code="jia", name="甲镇人民政府", short_name="甲镇", kind="town")
    posts = {"liaison": "联", "deputy": "分", "head": "主"}
    held = {post: appoint(unit, post, name) for post, name in posts.items()}
    return SimpleNamespace(unit=unit, **held)


@pytest.fixture
def told():
    """What the subject "test.matter" heard, in order."""
    heard: list = []
    subject = Subject(
        settle=heard.extend, matter=lambda pk, digest, seen: Matter("", {}, ""), digest=lambda pk: "d"
    )
    register("test.matter", subject)
    yield heard
    del SUBJECTS["test.matter"]


def make_route(definition: dict, code: str = "test") -> RouteVersion:
    route = Route.objects.create(code=code, name=definition["name"], subject="test.matter")
    return RouteVersion.objects.create(route=route, number=1, definition=definition)


@pytest.fixture
def start(town, told):
    """start(subject_id=1) opens an approval as the town's liaison officer."""
    make_route(UNIT_ROUTE)

    def opened(subject_id: int = 1, actor: Actor | None = None, **kw) -> int:
        return services.start(
            route="test", subject="test.matter", subject_id=subject_id, title="月报", brief="", unit=town.unit.pk,
            digest="d1", actor=actor or Actor.of(town.liaison), at=AT, **kw,
        )  # fmt: skip

    return opened
