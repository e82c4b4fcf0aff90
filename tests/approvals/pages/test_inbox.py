"""待办 · 已办 · 我发起: what is in them, in which order, how many, at what price."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from approvals.inbox import Inbox
from approvals.models import Proxy

from .conftest import decide


def titles(html: str) -> list[str]:
    return re.findall(r"<h3><a href=\"/approvals/\d+/\">([^<]*)</a>", html)


def read(client, query: str = "") -> list[str]:
    return titles(client.get(f"/inbox/{query}").content.decode())


def test_what_is_overdue_comes_first_then_by_due_date_and_arrival(send, sign_in, cast):
    for number, due in ((1, None), (2, 9), (3, -1), (4, 9), (5, -3)):
        send(number, due_in=due)
    assert read(sign_in(cast.town.deputy)) == [f"活动记录 {n}" for n in (5, 3, 2, 4, 1)]


def test_each_box_holds_its_own(send, sign_in, cast):
    first, _ = send(1), send(2)
    decide(first, cast.town.deputy)
    deputy, liaison = sign_in(cast.town.deputy), sign_in(cast.town.liaison)
    assert (read(deputy), read(deputy, "?box=done")) == (["活动记录 2"], ["活动记录 1"])
    assert read(liaison, "?box=started") == ["活动记录 2", "活动记录 1"]
    assert read(sign_in(cast.town.head)) == ["活动记录 1"]


def test_filters_narrow_and_their_numbers_agree(send, sign_in, cast):
    yesterday = timezone.now() - dt.timedelta(days=1)
    send(1, due_in=-2, at=yesterday)
    send(2)
    client = sign_in(cast.town.deputy)
    assert read(client, "?only=overdue") == ["活动记录 1"]
    assert read(client, "?only=today") == ["活动记录 2"]
    assert read(client, "?only=proxy") == []
    counts = Inbox(cast.town.deputy, timezone.now()).counts("todo", "overdue", "today", "proxy")
    assert counts == {"todo": 2, "overdue": 1, "today": 1, "proxy": 0}


def test_what_waits_for_somebody_i_stand_for_is_marked(send, sign_in, cast):
    send(1)
    day, handler = timezone.localdate(), cast.town.handler
    Proxy.objects.create(owner=cast.town.deputy, to=handler, start=day, end=day, made_by=handler)
    html = sign_in(handler).get("/inbox/?only=proxy").content.decode()
    assert titles(html) == ["活动记录 1"]
    assert f'<span class="tag is-accent">代 {cast.town.deputy.person.name}</span>' in html


@pytest.mark.parametrize("words", ["记录 2", "甲镇", "赖安宁"])
def test_it_is_searched_by_title_unit_and_drafter(send, sign_in, cast, words):
    send(2)
    client = sign_in(cast.town.deputy)
    assert read(client, f"?q={words}") == ["活动记录 2"]
    assert read(client, "?q=别的") == []


def test_an_empty_box_says_what_to_do(sign_in, cast):
    client = sign_in(cast.town.deputy)
    assert "轮到您审批的事项会出现在这里" in client.get("/inbox/").content.decode()
    assert "没有符合条件的事项" in client.get("/inbox/?q=x").content.decode()


def test_pages_go_on_and_back_without_missing_or_repeating(send, sign_in, cast):
    for number in range(45):
        send(number, due_in=number % 3)
    client, query, seen, last = sign_in(cast.town.deputy), "", [], ""
    while True:
        html = client.get(f"/inbox/{query}").content.decode()
        seen.append(titles(html))
        older = re.search(r'href="(\?after=[^"]*)" rel="next"', html)
        if not older:
            break
        query = older[1]
    assert [len(page) for page in seen] == [20, 20, 5]
    assert len({title for page in seen for title in page}) == 45
    last = re.search(r'href="(\?before=[^"]*)" rel="prev"', html)[1]
    assert read(client, last) == seen[1]


@pytest.mark.parametrize("query", ["?after=x", "?after=W10", "?before=%00", "?only=x&box=y", "?after=bnVsbA"])
def test_a_broken_address_shows_the_first_page(send, sign_in, cast, query):
    send(1)
    assert read(sign_in(cast.town.deputy), query) == ["活动记录 1"]


def test_counting_stops_at_a_hundred(send, cast):
    for number in range(101):
        send(number)
    assert Inbox(cast.town.deputy, timezone.now()).counts("todo")["todo"] == 100


@pytest.mark.parametrize("box", ["todo", "done", "started"])
def test_ten_times_the_rows_take_the_same_queries(send, sign_in, cast, box):
    """Three for session, person and posts; the page's own are counts, rows, whom they wait for, calendar."""
    client, counts = sign_in(cast.town.deputy if box != "started" else cast.town.liaison), []
    for numbers in (range(2), range(2, 20)):
        for number in numbers:
            pk = send(number)
            if box == "done":
                decide(pk, cast.town.deputy)
        with CaptureQueriesContext(connection) as caught:
            assert titles(client.get(f"/inbox/?box={box}").content.decode())
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 3 + 5
