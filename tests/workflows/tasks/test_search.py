"""搜索: one box for everything, each kind through its own permission; nothing unseen is counted."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from documents.archiving.finding.index import index_documents
from documents.models import Document
from foundation.journal.moves import create
from foundation.organization.actors import SYSTEM
from foundation.organization.findable import finds_person
from foundation.organization.models import Person
from foundation.organization.posts import UNIT_POSTS
from tests.cast import actor, identity
from workflows.cases.register import About, open_case
from workflows.tasks import texts
from workflows.tasks.models import Submission

from .minutes import AT, Minutes

SEARCH = "/search/"
QUERIES = 24


def found(seat, words: str) -> dict[str, int]:
    """{kind: how many}"""
    answer = identity(Client(), seat).get(SEARCH, {"q": words})
    assert answer.status_code == 200
    return {group.kind.label: group.count for group in answer.context["groups"]}


def index() -> None:
    texts.index(texts.unindexed())


@pytest.fixture
def everything(make, cast) -> Minutes:
    """Something of each kind of 甲镇 that speaks of 农机."""
    told = Minutes(make(), cast)
    told.receive()
    told.hold(text="组织农机手学习《条例》，排查脱粒机三十台。")
    told.submit()
    index()
    about = About("农机合作社关闭报警器案", "other", (cast.town.liaison.pk,))
    open_case(about=about, unit=cast.town.unit.pk, actor=actor(cast.town.liaison), at=AT)
    values = {"kind": "approval_form", "title": "农机培训审批单", "subject": "tasks.task", "subject_id": told.pk,
              "unit": cast.town.unit, "issued_on": AT.date(), "state": "issued", "organ": cast.office}  # fmt: skip
    index_documents(create(Document, values, actor=SYSTEM, at=AT))
    return told


def test_everybody_finds_what_they_may_see_and_no_more(everything, cast):
    all_of_it = {"任务": 1, "报送内容": 1, "案件": 1, "公文": 1}
    of = {seat: found(seat, "农机") for seat in cast}
    town = cast.town
    assert (
        of[cast.clerk]
        == of[cast.office_head]
        == of[town.liaison]
        == of[town.deputy]
        == of[town.head]
        == all_of_it
    )
    no_case = {"任务": 1, "报送内容": 1, "公文": 1}
    assert of[town.handler] == of[cast.auditor] == no_case  # neither in the team nor its head
    others = (
        *(getattr(cast.other, post) for post in UNIT_POSTS),
        cast.department.head,
        cast.twice,
        cast.administrator,
    )
    assert [of[seat] for seat in others] == [{}] * 7


def test_chinese_needs_no_blanks_and_several_words_are_all_wanted(everything, cast):
    assert found(cast.clerk, "脱粒机三十台") == found(cast.clerk, "排查 《条例》") == {"报送内容": 1}
    assert found(cast.clerk, "脱粒机 收割机") == {}
    assert found(cast.clerk, "甲镇 农机") == {"任务": 1, "案件": 1, "公文": 1}


def test_what_was_found_is_marked_where_it_stands(everything, cast):
    html = identity(Client(), cast.clerk).get(SEARCH, {"q": "脱粒机"}).content.decode()
    assert "<mark>脱粒机</mark>三十台" in html


def test_the_version_that_counts_is_the_last(everything, cast):
    everything.unit_agrees()
    everything.send_back(cast.clerk, "请补正", ("summary", "写清人数"))
    everything.write(summary="补写人数一百二十人。")
    everything.submit()
    index()
    assert Submission.objects.count() == 2
    assert found(cast.clerk, "一百二十人") == {"报送内容": 1}
    assert found(cast.clerk, "脱粒机") == {"报送内容": 1}  # it stands in both


def test_indexing_again_finds_nothing_new_to_do(everything):
    assert not texts.unindexed().exists()
    index()


def test_units_and_people_are_found_by_name_and_initials(cast):
    assert found(cast.clerk, "乙镇")["单位"] == found(cast.clerk, "yz")["单位"] == 1
    assert found(cast.town.head, "lan") == found(cast.clerk, "赖安宁") == {"人员": 1}
    assert found(cast.clerk, "hlc") == {"人员": 1}
    assert found(cast.town.head, "hlc") == {}  # no liaison officer: not in the address book


def test_who_finds_a_person_is_the_same_for_one_and_for_a_list(cast):
    day = timezone.localdate()
    for seat in cast:
        listed = set(Person.objects.filter(finds_person.q(seat.pk, day)))
        assert listed == {one for one in Person.objects.all() if finds_person(one, actor(seat), day)}


def test_no_further_than_a_hundred_is_counted_and_the_ledger_has_them_all(make, cast):
    for _ in range(101):
        make()
    page = identity(Client(), cast.clerk).get(SEARCH, {"q": "农机"})
    html = page.content.decode()
    assert '<span class="muted">99+</span>' in html
    (more,) = re.findall(r'<a href="([^"]+)">全部任务</a>', html)
    assert identity(Client(), cast.clerk).get(unescape(more)).context["count"] == 101


@pytest.mark.parametrize("words", ["", "   ", "《》", "\0", "没有这个词"])
def test_nothing_found_says_what_to_do(cast, words):
    html = identity(Client(), cast.clerk).get(SEARCH, {"q": words}).content.decode()
    assert ("没有找到" in html) == (words == "没有这个词")
    assert 'class="empty"' in html


def test_every_hit_leads_to_a_page_that_opens(everything, cast):
    for seat in (cast.clerk, cast.town.liaison, cast.auditor):
        client = identity(Client(), seat)
        for words in ("农机", "甲镇", "lan"):
            for group in client.get(SEARCH, {"q": words}).context["groups"]:
                for address in [*(hit.url for hit, _ in group.hits), *filter(None, [group.more])]:
                    assert client.get(address).status_code == 200, address


def test_the_box_is_in_every_head(cast):
    html = identity(Client(), cast.clerk).get(reverse("address_book")).content.decode()
    assert f'<form class="head-search" role="search" action="{SEARCH}">' in html


def test_ten_times_the_rows_make_the_same_number_of_queries(make, cast):
    client, made = identity(Client(), cast.clerk), []
    for count in (1, 9):
        for _ in range(count):
            told = Minutes(make(), cast)
            told.receive()
            told.hold(text="农机")
            told.submit()
        index()
        client.get(SEARCH, {"q": "农机 甲镇"})
        with CaptureQueriesContext(connection) as queries:
            client.get(SEARCH, {"q": "农机"})
        made.append(len(queries))
    assert made[0] == made[1] <= QUERIES
