"""GET: what a program reads is what the page shows."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from approvals.inbox import BOXES
from approvals.models import Proxy
from tests.approvals.pages.conftest import PARTS, decide
from tests.matrix import world


def titles(answer) -> list[str]:
    return [one["title"] for one in answer[1]["items"]]


def test_a_box_is_the_one_of_the_page(send, program, cast):
    overdue, _ = send(1, due_in=-3), send(2)
    status, inbox = program(cast.town.deputy).get("inbox/")
    assert (status, inbox["box"], inbox["counts"]["todo"]) == (200, "todo", 2)
    first = inbox["items"][0]
    assert (first["id"], first["light"], first["url"]) == (overdue, "overdue", f"/approvals/{overdue}/")
    assert first["step"] == {"number": 1, "of": 2, "name": "分管负责人审批"}
    assert first["arrived"].endswith("+08:00")
    assert (inbox["next"], inbox["previous"]) == (None, None)


@pytest.mark.parametrize("box", BOXES)
def test_every_box_answers(send, program, cast, box):
    decide(send(1), cast.town.deputy)
    for seat in (cast.town.deputy, cast.town.liaison):
        assert program(seat).get(f"inbox/?box={box}")[0] == 200


def test_it_is_narrowed_as_the_page_is(send, program, cast):
    send(1, due_in=-2)
    send(2)
    deputy = program(cast.town.deputy)
    assert titles(deputy.get("inbox/?only=overdue")) == ["活动记录 1"]
    assert titles(deputy.get("inbox/?q=记录 2")) == ["活动记录 2"]


def test_a_draft_is_no_approval_yet_and_leads_to_its_page(program, cast):
    plan = world(cast)["draft"]
    items = {item["url"]: item for item in program(cast.clerk).get("inbox/?box=drafts")[1]["items"]}
    item = items[f"/plans/{plan}/"]
    assert (item["id"], item["title"]) == (None, "新方案")
    assert item["arrived"].endswith("+08:00")


@pytest.mark.parametrize(
    ("query", "known"),
    [("box=%E5%BE%85", "todo、claim"), ("only=late", "overdue"), ("box=done&only=near", "不用")],
)
def test_a_box_that_is_not_there_is_said(program, cast, query, known):
    status, said = program(cast.town.deputy).get(f"inbox/?{query}")
    assert status == 400
    assert known in said["error"]


def test_pages_lead_on_and_back(send, program, cast):
    for number in range(25):
        send(number, due_in=number % 3)
    deputy, first = program(cast.town.deputy), program(cast.town.deputy).get("inbox/?only=near")
    second = deputy.get(first[1]["next"].removeprefix("/api/"))
    assert (len(titles(first)), len(titles(second))) == (20, 5)
    assert second[1]["next"] is None
    assert deputy.get(second[1]["previous"].removeprefix("/api/")) == first


def test_what_waits_for_somebody_one_stands_for_says_for_whom(send, program, cast):
    send(1)
    day, handler = timezone.localdate(), cast.town.handler
    Proxy.objects.create(owner=cast.town.deputy, to=handler, start=day, end=day, made_by=handler)
    (item,) = program(handler).get("inbox/")[1]["items"]
    assert item["for"] == cast.town.deputy.person.name


def test_one_approval_says_who_has_it_and_what_one_may_do(send, program, cast):
    pk = send(1)
    _, seen = program(cast.town.deputy).get(f"approvals/{pk}/")
    assert (seen["title"], seen["state"], seen["digest"], seen["mine"]) == ("活动记录 1", "pending", "d1", 1)
    assert [(one["step"], one["person"], one["for"]) for one in seen["waiting"]] == [(1, "何振邦", None)]
    assert {"agree", "return", "disagree", "transfer"} <= set(seen["may"])
    assert seen["parts"] == [list(part) for part in PARTS]
    _, theirs = program(cast.town.liaison).get(f"approvals/{pk}/")
    assert (theirs["mine"], theirs["may"]) == (None, ["urge", "withdraw"])


def test_the_trail_is_the_timeline_of_the_page(send, program, sign_in, cast):
    pk = send(1)
    decide(pk, cast.town.deputy, opinion="属实")
    trail = program(cast.town.head).get(f"approvals/{pk}/")[1]["trail"]
    shown = sign_in(cast.town.head).get(f"/approvals/{pk}/").context["entries"]
    assert [(one["state"], one["who"], one["does"]) for one in trail] == [
        (e["state"], e["who"], e["does"]) for e in shown
    ]
    assert trail[1]["opinion"] == "属实"
    assert dt.datetime.fromisoformat(trail[1]["at"]) == shown[1]["at"].replace(microsecond=0)


def test_what_is_in_the_place_of_somebody_says_whose(send, program, cast):
    pk = send(1)
    decide(pk, cast.town.deputy, "transfer", people=[cast.town.handler.pk])
    (waits,) = program(cast.town.liaison).get(f"approvals/{pk}/")[1]["waiting"]
    assert (waits["person"], waits["link"], waits["for"]) == (
        cast.town.handler.person.name,
        "instead",
        "何振邦",
    )


def test_ten_times_the_rows_take_the_same_queries(send, program, cast):
    deputy, counts = program(cast.town.deputy), []
    for numbers in (range(2), range(2, 20)):
        pks = [send(number) for number in numbers]
        for path in ("inbox/", f"approvals/{pks[-1]}/"):
            with CaptureQueriesContext(connection) as caught:
                assert deputy.get(path)[0] == 200
            counts.append(len(caught))
    assert counts == [6, 7, 6, 7]  # three for session, person and posts
