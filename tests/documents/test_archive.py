"""The archive: who finds which documents, by what, page by page, and who may fetch the paper."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from documents.models import Document
from documents.permissions import reads_document
from documents.services import JOB
from foundation.files.services import attach, store
from foundation.jobs import queue
from foundation.jobs.models import Job
from foundation.journal.moves import create
from foundation.organization import keyset
from foundation.organization.actors import SYSTEM
from foundation.organization.posts import OFFICE_POSTS, UNIT_POSTS, Post
from tests.cast import actor, identity
from tests.foundation.files.samples import image

AT = dt.datetime(2026, 6, 12, 2, tzinfo=dt.UTC)
ARCHIVE = "/archive/"


@pytest.fixture
def sign_in():
    return lambda seat: identity(Client(), seat)


def document(cast, title: str, kind: str = "notice", **values) -> int:
    fixed = {
        "organ": cast.office,
        "subject": "plans.plan",
        "subject_id": 1,
        "state": "issued",
        "issued_on": AT.date(),
    }
    (pk,) = create(Document, {"title": title, "kind": kind, **fixed, **values}, actor=SYSTEM, at=AT)
    return pk


def paper(pk: int) -> str:
    """Address of a file attached as the document's paper."""
    file = store(image("PNG"), "通知.png", at=AT)
    return attach(
        file, subject="documents.document", subject_id=pk, slot="pdf", name="通知.png", actor=SYSTEM, at=AT
    ).url


@pytest.fixture
def papers(cast):
    return {
        "notice": document(cast, "关于下达任务的通知", code="市安办", year=2026, number=3),
        "statistics": document(cast, "汇总统计表", "statistics"),
        "ours": document(cast, "甲镇审批单", "approval_form", unit=cast.town.unit),
        "theirs": document(
            cast, "乙镇审批单", "approval_form", unit=cast.other.unit, issued_on=dt.date(2025, 7, 1)
        ),
    }


@pytest.mark.parametrize(("kind", "says"), [("circular", "各单位"), ("decision", "各单位"), ("letter", "—")])
def test_a_paper_that_goes_to_all_says_so(cast, sign_in, kind, says):
    document(cast, "公文", kind)
    shown = sign_in(cast.clerk).get(ARCHIVE).content.decode()
    assert f'data-label="相关单位">{says}<' in shown


def fetched(client, address: str) -> int:
    answer = client.get(address)
    b"".join(answer)  # read to its end, a file is closed
    return answer.status_code


def titles(response) -> list[str]:
    return [row["document"].title for row in response.context["rows"]]


def test_the_office_finds_everything_newest_first(papers, cast, sign_in):
    assert titles(sign_in(cast.clerk).get(ARCHIVE)) == [
        "乙镇审批单",
        "甲镇审批单",
        "汇总统计表",
        "关于下达任务的通知",
    ]


@pytest.mark.parametrize("post", UNIT_POSTS)
def test_a_unit_finds_its_own_and_the_notices_to_everybody(papers, cast, sign_in, post):
    assert titles(sign_in(getattr(cast.town, post)).get(ARCHIVE)) == ["甲镇审批单", "关于下达任务的通知"]


def test_who_reads_is_the_same_for_one_document_and_for_a_list(papers, cast):
    day = timezone.localdate()
    for seat in cast:
        seen = set(Document.objects.filter(reads_document.q(seat.pk, day)))
        assert seen == {one for one in Document.objects.all() if reads_document(one, actor(seat), day)}
        everything = seat.post in (*OFFICE_POSTS, Post.AUDITOR, Post.LEADER)
        assert len(seen) == (
            4
            if everything
            else 0
            if seat.post == Post.ADMINISTRATOR
            else 2
            if seat.unit in (cast.town.unit, cast.other.unit)
            else 1
        )


@pytest.mark.parametrize(
    ("query", "found"),
    [("q=乙镇", ["乙镇审批单"]), ("q=市安办", ["关于下达任务的通知"]), ("q=3", ["关于下达任务的通知"]),
     ("kind=statistics", ["汇总统计表"]), ("year=2025", ["乙镇审批单"]), ("q=审批&year=2026", ["甲镇审批单"]),
     ("q=没有", []), ("kind=x&year=y&unit=z&before=w", ["乙镇审批单", "甲镇审批单", "汇总统计表", "关于下达任务的通知"])],
)  # fmt: skip
def test_search_and_filters_stand_in_the_address(papers, cast, sign_in, query, found):
    assert titles(sign_in(cast.clerk).get(f"{ARCHIVE}?{query}")) == found


def test_the_documents_of_one_unit(papers, cast, sign_in):
    assert titles(sign_in(cast.auditor).get(f"{ARCHIVE}?unit={cast.other.unit.pk}")) == ["乙镇审批单"]


def test_pages_follow_each_other_both_ways_and_keep_the_filter(cast, sign_in, monkeypatch):
    monkeypatch.setattr(keyset.page_of, "__defaults__", (2, None))
    for n in range(5):
        document(cast, f"通知{n}")
    client, page = sign_in(cast.clerk), sign_in(cast.clerk).get(f"{ARCHIVE}?kind=notice")
    forth = [titles(page)]
    while page.context["page"].older:
        page = client.get(ARCHIVE + page.context["page"].older)
        forth.append(titles(page))
    assert forth == [["通知4", "通知3"], ["通知2", "通知1"], ["通知0"]]
    back = client.get(ARCHIVE + page.context["page"].newer)
    assert (titles(back), "kind=notice" in back.context["page"].newer) == (["通知2", "通知1"], True)
    assert client.get(ARCHIVE + back.context["page"].newer).context["page"].newer == ""


def test_the_paper_is_fetched_by_who_may_read_it_and_by_nobody_else(papers, cast, sign_in):
    address = paper(papers["ours"])
    assert address in sign_in(cast.town.head).get(ARCHIVE).content.decode()
    got = {seat: fetched(sign_in(seat), address) for seat in cast}
    allowed = {cast.clerk, cast.office_head, cast.auditor, cast.twice_office, cast.leader}
    allowed |= {cast.town.liaison, cast.town.handler, cast.town.deputy, cast.town.head}
    assert got == {seat: 200 if seat in allowed else 403 for seat in cast}


def test_a_paper_that_is_being_made_says_so_and_a_void_one_too(cast, sign_in):
    job = queue.put(JOB, args={}, owner=None, at=AT)
    document(cast, "通知一", state="registered", job=job.pk)
    document(cast, "通知二", state="void")
    assert told(sign_in(cast.clerk).get(ARCHIVE)) == {"正在生成", "已作废"}
    Job.objects.update(state="failed", ended=AT)
    assert told(sign_in(cast.clerk).get(ARCHIVE)) == {"未生成成功", "已作废"}
    job.delete()  # as when it is cleared away
    assert told(sign_in(cast.clerk).get(ARCHIVE)) == {"未生成成功", "已作废"}


def told(answer) -> set[str]:
    words = ("正在生成", "未生成成功", "还没有印发", "已作废")
    return {one for one in words if one in answer.content.decode()}


def test_every_document_leads_to_its_own_page(papers, cast, sign_in):
    page = sign_in(cast.town.head).get(ARCHIVE).content.decode()
    assert [reverse("document", args=[papers[name]]) in page for name in papers] == [True, False, True, False]


def test_an_empty_archive_says_what_will_be_here(cast, sign_in):
    assert "还没有公文" in sign_in(cast.clerk).get(ARCHIVE).content.decode()


def test_ten_times_the_documents_make_the_same_number_of_queries(cast, sign_in):
    client, made = sign_in(cast.clerk), []
    for count in (3, 30):
        for n in range(count):
            paper(document(cast, f"通知{count}-{n}"))
        with CaptureQueriesContext(connection) as queries:
            client.get(ARCHIVE)
        made.append(len(queries))
    assert made[0] == made[1] <= 11  # three of them count for the tabs
