"""Pages of approvals, on a subject of the tests' own: two steps in 甲镇, sent by its liaison officer."""

from __future__ import annotations

import copy
import datetime as dt
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from approvals import services
from approvals.subjects import SUBJECTS, Matter, Subject, register
from foundation.organization.actors import Actor
from foundation.organization.posts import Post
from foundation.organization.rules import holds
from tests.approvals.conftest import UNIT_ROUTE, make_route
from tests.cast import identity

PARTS = [("sheet", "签到表"), ("photos", "现场照片")]


class Told(list):
    """What the subject heard, and what its content is now."""

    digest = "d1"


@pytest.fixture
def told(settings):
    """The subject "test.matter", read by the office."""
    settings.TEMPLATES = copy.deepcopy(settings.TEMPLATES)
    settings.TEMPLATES[0]["DIRS"].append(Path(__file__).parent / "templates")
    heard = Told()
    subject = Subject(
        settle=heard.extend,
        matter=lambda pk, digest, seen: Matter(
            "test/_matter.html", {"heading": f"活动记录 {pk}"}, "/", PARTS
        ),
        digest=lambda pk: heard.digest,
        readers=lambda seat, day: holds(Post.OFFICE_CLERK, Post.OFFICE_HEAD)(seat, day),
    )
    register("test.matter", subject)
    yield heard
    del SUBJECTS["test.matter"]


@pytest.fixture
def send(cast, told):
    """send(1) -> the approval of matter 1, sent this minute by 甲镇's liaison officer."""
    make_route(UNIT_ROUTE)

    def sent(number: int = 1, due_in: int | None = 5, house=None, **kw) -> int:
        house = house or cast.town
        at = kw.pop("at", timezone.now())
        due = timezone.localdate() + dt.timedelta(days=due_in) if due_in is not None else None
        given = {"title": f"活动记录 {number}", "brief": "培训 1 场 86 人"} | kw
        return services.start(
            route="test", subject="test.matter", subject_id=number, unit=house.unit.pk, digest="d1",
            actor=Actor.of(house.liaison), at=at, due_on=due, **given,
        )  # fmt: skip

    return sent


@pytest.fixture
def sign_in():
    """sign_in(seat) -> a client under that post."""
    return lambda seat: identity(Client(), seat)


def decide(approval: int, seat, do: str = "agree", **kw):
    return services.decide(approval_id=approval, actor=Actor.of(seat), at=timezone.now(), do=do, **kw)
