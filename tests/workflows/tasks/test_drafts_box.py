"""草稿: what a post has begun and not sent, of every kind, in one box."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from approvals.drafts import KINDS
from approvals.inbox import Inbox
from documents.issuing.services import start_draft
from foundation.journal.moves import create
from tests.cast import actor, identity
from workflows.campaigns.begun import rows as plans_begun
from workflows.plans.models import Plan, office_works
from workflows.tasks.begun import rows as tasks_begun
from workflows.tasks.models import Task
from workflows.tasks.permissions import unit_works

from .minutes import AT, Minutes


def box(seat, query: str = "") -> list[str]:
    html = identity(Client(), seat).get(f"/inbox/?box=drafts{query}").content.decode()
    return re.findall(r'<h3><a href="[^"]*">([^<]*)</a>', html)


def count(seat) -> int:
    return Inbox(seat, timezone.now()).counts("drafts")["drafts"]


def begin_plan(cast, title: str, at: dt.datetime = AT, **more) -> int:
    values = {"title": title, "text": "…", "organ": cast.office, "drafted_by": cast.clerk} | more
    return create(Plan, values, actor=actor(cast.clerk), at=at)[0]


def test_what_was_typed_for_a_task_lies_there_until_it_is_sent(ready, cast):
    seat = cast.town.liaison
    assert (box(seat), count(seat)) == ([], 0)
    ready.write(summary="讲了三个案例")
    assert (box(seat), count(seat)) == (["第 1 项 农机安全技能培训"], 1)
    ready.submit()
    assert (box(seat), count(seat)) == ([], 0)


def test_a_returned_task_is_a_draft_once_it_is_written_on_again(ready, cast):
    ready.write(summary="一")
    ready.submit()
    ready.decide(cast.town.deputy, "return", "请补充")
    assert box(cast.town.liaison) == []
    ready.write(summary="二")
    assert box(cast.town.liaison) == ["第 1 项 农机安全技能培训"]


def test_it_says_what_was_typed_by_whom_and_leads_on(ready, cast):
    ready.write(summary="讲了三个案例")
    html = identity(Client(), cast.town.liaison).get("/inbox/?box=drafts").content.decode()
    assert "讲了三个案例" in html
    assert f"{cast.town.liaison.person.name} 保存" in html
    assert f'href="/tasks/{ready.pk}/"' in html


def test_plans_that_were_not_sent_are_the_offices(cast):
    begin_plan(cast, "新方案")
    begin_plan(cast, "送审的", state="in_approval")
    assert box(cast.clerk) == box(cast.office_head) == ["新方案"]
    assert box(cast.town.liaison) == box(cast.auditor) == []


def test_documents_that_were_not_sent_are_the_offices(cast):
    begun = {"kind": "notice", "organ": cast.office, "actor": actor(cast.clerk)}
    start_draft(**begun, at=AT, text="关于报送材料的通知\n各镇：")
    start_draft(**begun, at=AT + dt.timedelta(hours=1))
    assert box(cast.clerk) == box(cast.office_head) == ["（无标题通知）", "关于报送材料的通知"]
    assert (box(cast.clerk, "&q=材料"), count(cast.clerk)) == (["关于报送材料的通知"], 2)
    assert box(cast.town.liaison) == box(cast.auditor) == []


def test_what_was_written_last_comes_first_whatever_it_is(make, cast):
    seat = cast.twice_office
    first, _, last = (begin_plan(cast, f"方案{n}", AT + dt.timedelta(days=n)) for n in range(3))
    assert box(seat) == ["方案2", "方案1", "方案0"]
    assert first < last


def test_it_is_searched(ready, cast):
    ready.write(summary="一")
    assert box(cast.town.liaison, "&q=农机") == ["第 1 项 农机安全技能培训"]
    assert box(cast.town.liaison, "&q=别的") == []
    begin_plan(cast, "新方案")
    assert (box(cast.clerk, "&q=新"), box(cast.clerk, "&q=旧")) == (["新方案"], [])


@pytest.mark.parametrize("who", ["liaison", "handler", "deputy", "head"])
def test_whoever_finds_a_draft_may_write_on_it(make, cast, who):
    """The box asks for tasks as the task itself asks who may write."""
    for handler in (None, cast.town.handler):
        one = Minutes(make(handler=handler, state="received"), cast)
        one.write(who=cast.town.liaison, summary="一")
    seat, day = getattr(cast.town, who), timezone.localdate()
    found = set(tasks_begun(seat.pk, day).values_list("pk", flat=True))
    assert found == {row.pk for row in Task.objects.all() if may_write(row, seat, day)}


def may_write(row: Task, seat, day: dt.date) -> bool:
    return unit_works(row, actor(seat), day)


def test_plans_are_found_by_who_may_send_them(cast):
    plan = Plan.objects.get(pk=begin_plan(cast, "新方案"))
    day = timezone.localdate()
    for seat in cast:
        found = plans_begun(seat.pk, day).filter(pk=plan.pk).exists()
        assert found == office_works(plan, actor(seat), day)


def test_pages_go_on_over_both_kinds(cast, monkeypatch):
    monkeypatch.setattr("approvals.inbox.SIZE", 2)
    for n in range(5):
        begin_plan(cast, f"方案{n}", AT + dt.timedelta(days=n))
    client, query, seen = identity(Client(), cast.clerk), "?box=drafts", []
    while query:
        html = client.get(f"/inbox/{query}").content.decode()
        seen += re.findall(r'<h3><a href="[^"]*">([^<]*)</a>', html)
        older = re.search(r'href="(\?[^"]*)" rel="next"', html)
        query = older[1].replace("&amp;", "&") if older else ""
    assert seen == [f"方案{n}" for n in (4, 3, 2, 1, 0)]


def test_counting_stops_at_a_hundred(cast):
    for n in range(101):
        begin_plan(cast, f"方案{n}")
    assert count(cast.clerk) == 100


def test_ten_times_the_drafts_take_the_same_queries(make, cast):
    """Three for session, person and posts; counts, calendar, routes of the filter, and one for every kind."""
    client, counts = identity(Client(), cast.town.liaison), []
    for numbers in (range(2), range(2, 20)):
        for _ in numbers:
            Minutes(make(state="received"), cast).write(summary="一")
        with CaptureQueriesContext(connection) as caught:
            assert "农机安全技能培训" in client.get("/inbox/?box=drafts").content.decode()
        counts.append(len(caught))
    assert counts[0] == counts[1] == 3 + 3 + len(KINDS)
