"""Quick and saved filters of an inbox: all of it in the address, kept under a name by the post."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from approvals import services
from approvals.inbox import Inbox
from approvals.models import SavedFilter
from approvals.narrowing import Choices, Narrowing
from approvals.summary import near_until
from foundation.organization.actors import Actor
from foundation.organization.calendar import WorkCalendar
from tests.approvals.conftest import UNIT_ROUTE, make_route

from .test_inbox import read

OFFICE = UNIT_ROUTE | {"steps": [{"name": "审核", "who": [{"post": "office_clerk", "of": "office"}]}]}


@pytest.fixture
def sent(send, cast):
    """With the clerk: 1 and 2 of 甲镇, 3 of 乙镇."""
    make_route(OFFICE, code="office-test")
    for number, house in ((1, cast.town), (2, cast.town), (3, cast.other)):
        services.start(
            route="office-test", subject="test.matter", subject_id=number, title=f"活动记录 {number}", brief="",
            unit=house.unit.pk, digest="d1", actor=Actor.of(house.liaison), at=timezone.now(),
        )  # fmt: skip


def test_it_is_filtered_by_unit_and_by_route(sent, cast, sign_in):
    client, town = sign_in(cast.clerk), cast.town.unit.pk
    assert read(client, f"?unit={town}") == ["活动记录 1", "活动记录 2"]
    assert read(client, f"?unit={town}&q=记录 2") == ["活动记录 2"]
    assert read(client, "?route=office-test") == [f"活动记录 {n}" for n in (1, 2, 3)]
    assert read(client, "?route=test") == []


@pytest.mark.parametrize("box", ["todo", "claim", "to_read", "done", "started", "read", "drafts"])
def test_every_box_takes_every_filter(sent, cast, sign_in, box):
    answer = sign_in(cast.clerk).get(f"/inbox/?box={box}&route=test&unit={cast.town.unit.pk}&q=x&only=near")
    assert answer.status_code == 200


@pytest.mark.parametrize("query", ["?unit=x", "?unit=99999999999999999999", "?route=%00", "?only=claimed"])
def test_what_makes_no_sense_is_left_out(sent, cast, sign_in, query):
    assert len(read(sign_in(cast.clerk), query)) == 3


def test_what_is_near_is_due_within_two_working_days(send, cast, sign_in, time_machine):
    time_machine.move_to(dt.datetime(2026, 6, 12, 10, tzinfo=dt.timezone(dt.timedelta(hours=8))))  # a Friday
    for number, days in ((1, -1), (2, 0), (3, 4), (4, 5)):  # Thursday, Friday, Tuesday, Wednesday
        send(number, due_in=days)
    client = sign_in(cast.town.deputy)
    assert read(client, "?only=near") == ["活动记录 2", "活动记录 3"]
    html = client.get("/inbox/?only=near").content.decode()
    assert html.count("is-near") == 3  # the chip, and the light of both
    near = dt.date(2026, 6, 16)
    assert Inbox(cast.town.deputy, timezone.now(), near).counts("near", "overdue") == {
        "near": 2,
        "overdue": 1,
    }


def test_near_ends_before_the_third_working_day_holidays_left_out():
    friday, monday = dt.date(2026, 6, 12), dt.date(2026, 6, 15)
    assert near_until(friday, WorkCalendar({})) == dt.date(2026, 6, 16)
    assert near_until(friday, WorkCalendar({monday: False})) == dt.date(2026, 6, 17)


def test_chips_keep_what_else_was_chosen(sent, cast, sign_in):
    html = sign_in(cast.clerk).get("/inbox/?route=office-test&q=记录").content.decode()
    assert "?only=overdue&amp;route=office-test&amp;q=" in html


def test_a_narrowing_and_its_address_are_the_same():
    for query in ("", "box=claim&only=claimed", "only=near&route=a&unit=3&q=%E7%94%B2", "box=done&q=x"):
        assert Narrowing.read(QueryDict(query)).query == query
    assert Narrowing.read(QueryDict("box=todo&only=todo&q= x &z=1")).query == "q=x"


def test_a_unit_chooses_among_routes_the_office_among_units_too(sent, cast):
    assert [name for _, name in Choices.of(cast.clerk).units][:2] == ["市安委办", "甲镇"]
    town = Choices.of(cast.town.deputy)
    assert (town.units, "单位审批" in [name for _, name in town.routes]) == ([], True)


def save(client, name: str, query: str):
    return client.post(
        "/filters/", {"page": "inbox", "name": name, "query": query}, follow=True
    ).content.decode()


def test_a_filter_is_kept_under_a_name_and_let_go_of(sent, cast, sign_in):
    client = sign_in(cast.clerk)
    html = save(client, "甲镇的", f"unit={cast.town.unit.pk}&after=xyz")
    assert "已保存筛选" in html
    assert f'<a href="?unit={cast.town.unit.pk}" aria-current="true">已存：甲镇的</a>' in html
    assert "已存：甲镇的" in client.get("/inbox/").content.decode()
    assert "已存" not in sign_in(cast.office_head).get("/inbox/").content.decode()
    pk = re.search(r"/filters/(\d+)/remove/", html)[1]
    assert "已删除筛选" in client.post(f"/filters/{pk}/remove/", follow=True).content.decode()
    assert not SavedFilter.objects.exists()
    assert client.post(f"/filters/{pk}/remove/").status_code == 302


def test_the_same_name_again_means_the_new_conditions(cast, sign_in):
    client = sign_in(cast.clerk)
    save(client, "常看", "q=a")
    save(client, "常看", "q=b")
    assert list(SavedFilter.objects.values_list("name", "query")) == [("常看", "q=b")]


@pytest.mark.parametrize(
    ("name", "query", "says"),
    [("", "q=a", "起个名字"), ("长" * 21, "q=a", "最长 20 字"), ("空", "", "没有可以保存的条件"), ("空", "box=done", "没有可以保存")],
)  # fmt: skip
def test_what_cannot_be_kept_is_said(cast, sign_in, name, query, says):
    assert says in save(sign_in(cast.clerk), name, query)
    assert not SavedFilter.objects.exists()


def test_nobody_keeps_more_than_twelve(cast, sign_in):
    client = sign_in(cast.clerk)
    for number in range(12):
        save(client, f"筛选{number}", f"q={number}")
    assert "最多保存 12 个" in save(client, "再一个", "q=x")
    assert SavedFilter.objects.count() == 12


def test_nobody_lets_go_of_somebody_elses(cast, sign_in):
    save(sign_in(cast.clerk), "常看", "q=a")
    pk = SavedFilter.objects.get().pk
    sign_in(cast.office_head).post(f"/filters/{pk}/remove/")
    assert SavedFilter.objects.exists()


@pytest.mark.parametrize("query", ["", "?only=near", "?route=test&q=记录", "?box=claim&only=claimed"])
def test_filters_cost_one_query_more_however_many_rows(send, cast, sign_in, query):
    """Three for session, person and posts; counts, choices and saved filters, rows, whom they wait for, calendar."""
    client, counts = sign_in(cast.town.deputy), []
    save(client, "常看", "q=a")
    for numbers in (range(2), range(2, 20)):
        for number in numbers:
            send(number, due_in=0)
        with CaptureQueriesContext(connection) as caught:
            client.get(f"/inbox/{query}")
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 3 + 5
