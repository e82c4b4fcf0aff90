"""公文 as one place: who has which tabs, what they count, what they cost."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from documents.issuing.services import start_draft
from documents.models import Document
from foundation.journal.moves import create
from foundation.organization.actors import SYSTEM
from tests.cast import actor, identity

from .desk import MORNING, TEXT, Desk

LISTS = ["/documents/drafts/", "/documents/drafts/?only=moving", "/archive/", "/archive/items/", "/seals/"]


def tabs(seat, path: str = "/archive/") -> list:
    return identity(Client(), seat).get(path).context["tabs"]


def told(seat) -> dict:
    return {one["label"]: one["count"] for one in tabs(seat)}


@pytest.mark.parametrize(
    ("who", "labels"),
    [
        ("clerk", ["草稿", "办理中", "已印发", "档案", "批量印发", "印章"]),
        ("auditor", ["草稿", "办理中", "已印发", "档案", "批量印发", "印章"]),
        ("town.head", ["已印发", "档案"]),
    ],
)
def test_everybody_has_the_tabs_they_may_open(cast, who, labels):
    house, _, post = who.rpartition(".")
    seat = getattr(getattr(cast, house) if house else cast, post)
    shown = tabs(seat)
    assert [one["label"] for one in shown] == labels
    client = identity(Client(), seat)
    assert {client.get(one["url"]).status_code for one in shown} == {200}


@pytest.mark.parametrize(
    ("path", "here"), list(zip(LISTS, ["草稿", "办理中", "已印发", "档案", "印章"], strict=True))
)
def test_every_list_knows_its_tab_and_the_masthead_its_entry(cast, path, here):
    page = identity(Client(), cast.clerk).get(path)
    assert [one["label"] for one in page.context["tabs"] if one["current"]] == [here]
    assert '<a href="/archive/" aria-current="page"' in page.content.decode()


def test_a_tab_says_how_much_lies_there(cast):
    Desk(cast).start()
    Desk(cast).start().send()
    Desk(cast).start().issued()
    assert told(cast.clerk) == {
        "草稿": 1,
        "办理中": 1,
        "已印发": 1,
        "档案": 0,
        "批量印发": None,
        "印章": None,
    }
    assert told(cast.town.head) == {"已印发": 1, "档案": 0}


def test_counting_ends_at_a_hundred(cast):
    values = {"kind": "notice", "title": "通知", "organ": cast.office, "subject": "plans.plan", "subject_id": 1,
              "state": "issued", "issued_on": MORNING.date()}  # fmt: skip
    for _ in range(120):
        create(Document, values, actor=SYSTEM, at=MORNING)
    assert told(cast.town.head)["已印发"] == 100
    assert "<span>99+</span>" in identity(Client(), cast.town.head).get("/archive/").content.decode()


@pytest.mark.parametrize(("path", "most"), list(zip(LISTS, [7, 7, 10, 12, 8], strict=True)))
def test_a_list_costs_the_same_with_ten_times_the_rows(cast, path, most):
    client, made = identity(Client(), cast.clerk), []
    for count in (2, 20):
        for _ in range(count):
            start_draft(kind="notice", organ=cast.office, text=TEXT, actor=actor(cast.clerk), at=MORNING)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        made.append(len(queries))
    assert made[0] == made[1] <= most


def test_the_administrator_finds_the_seals_in_the_administration_alone(cast):
    page = identity(Client(), cast.administrator).get("/seals/")
    assert "tabs" not in page.context
    assert "公文</h1>" not in page.content.decode()
