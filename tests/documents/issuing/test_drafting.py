"""A draft is written by the office, saved by whoever read its last revision, and becomes the paper's content."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from documents.issuing.content import LABEL, draft_content
from documents.issuing.revisions import Stale
from documents.issuing.services import save_draft, start_draft
from documents.models import Draft
from documents.papers import official_of
from foundation.journal.models import Entry
from foundation.journal.verify import first_bad
from foundation.organization.refusals import Refused
from tests.cast import actor, identity

AT = dt.datetime(2026, 6, 12, 2, tzinfo=dt.UTC)
TEXT = "关于开展检查的通知\n\n各镇：\n请按时开展检查。"


@pytest.fixture
def draft(cast) -> Draft:
    return Draft.objects.get(pk=start(cast))


def start(cast, **written) -> int:
    given = {"kind": "notice", "text": TEXT} | written
    return start_draft(organ=cast.office, actor=actor(cast.clerk), at=AT, **given)


def save(draft, seat, revision=1, **written) -> int:
    return save_draft(draft=draft.pk, revision=revision, actor=actor(seat), at=AT, **written)


def test_a_draft_takes_its_title_from_its_text_and_its_code_from_the_organ(cast):
    cast.office.document_code = "某安办"
    row = Draft.objects.get(pk=start(cast))
    assert (row.state, row.title, row.code, row.revision) == ("drafting", "关于开展检查的通知", "某安办", 1)


def test_what_cant_be_read_yet_is_kept_and_its_first_line_is_the_title(cast):
    row = Draft.objects.get(pk=start(cast, text="\n通知\n\n某办\n2026年2月30日\n"))
    assert row.title == "通知"
    assert str(Draft.objects.get(pk=start(cast, text=""))) == "（无标题通知）"


@pytest.mark.parametrize("who", ["auditor", "administrator", "town.head"])
def test_others_than_the_office_write_none(draft, cast, who):
    house, _, post = who.rpartition(".")
    seat = getattr(getattr(cast, house) if house else cast, post)
    with pytest.raises(Refused, match="安委办拟制"):
        save(draft, seat, text="改")
    with pytest.raises(Refused, match="安委办拟制"):
        start_draft(kind="notice", organ=cast.office, actor=actor(seat), at=AT)


def test_saving_names_the_revision_that_was_read(draft, cast):
    assert save(draft, cast.clerk, text="关于检查的通知\n\n正文。", cc=["市政府办"]) == 2
    with pytest.raises(Stale, match="罗书言 10:00 保存过"):
        save(draft, cast.office_head, text="另一稿")
    draft.refresh_from_db()
    assert (draft.title, draft.cc, draft.revision) == ("关于检查的通知", ["市政府办"], 2)


def test_saving_the_same_writes_nothing(draft, cast):
    assert save(draft, cast.clerk, text=TEXT, kind="notice") == 1
    assert Entry.objects.filter(target=LABEL, target_id=draft.pk).count() == 1
    assert first_bad()[1] is None


def test_a_word_that_a_draft_does_not_know_is_an_error_of_ours(draft, cast):
    with pytest.raises(TypeError, match="state"):
        save(draft, cast.clerk, state="signed")


def test_the_paper_has_what_was_written(draft, cast):
    save(draft, cast.clerk, kind="report", urgency="extra", cc=["市政府办"], to=["省安委办"])
    draft.refresh_from_db()
    draft.year, draft.number, draft.issued_on = 2026, 3, AT.date()
    parsed, meta = official_of(draft_content(draft), draft)
    assert (parsed.title, meta.kind, meta.urgency, meta.cc) == (draft.title, "报告", "特急", ("市政府办",))


def test_the_list_costs_the_same_with_ten_times_the_rows(cast):
    client, counts = identity(Client(), cast.clerk), []
    for more in (3, 20):
        [start(cast) for _ in range(more)]
        with CaptureQueriesContext(
            connection,
        ) as told:
            assert len(client.get("/documents/drafts/").context["rows"]) == min(20, Draft.objects.count())
        counts.append(len(told))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 2),
        ("q=培训", 1),
        ("only=moving", 0),
        ("only=x&kind=y", 2),
        ("only=all", 2),
        ("only=out", 0),
        ("kind=report", 1),
    ],
)
def test_drafts_are_found_by_words_kind_and_stage(cast, query, found):
    start(cast), start(cast, kind="report", text="关于培训的报告")
    page = identity(Client(), cast.auditor).get(f"/documents/drafts/?{query}")
    assert len(page.context["rows"]) == found


def test_a_draft_is_begun_written_and_looked_at(cast):
    client = identity(Client(), cast.clerk)
    assert client.post("/documents/drafts/new/", {"kind": "x"}).status_code == 422
    there = client.post("/documents/drafts/new/", {"kind": "circular"}).url
    form = {"kind": "circular", "text": TEXT.replace("\n", "\r\n"), "cc": "市政府办、市纪委", "revision": "1"}
    page = client.post(there, form, follow=True)
    assert all(words in page.content.decode() for words in ("已保存", "请按时开展检查"))
    assert Draft.objects.get().text == TEXT


def test_who_saves_second_keeps_what_they_typed(draft, cast):
    save(draft, cast.office_head, text="先保存的")
    form = {"kind": "notice", "text": "后保存的", "revision": "1"}
    page = identity(Client(), cast.clerk).post(f"/documents/drafts/{draft.pk}/edit/", form)
    assert page.status_code == 409
    assert all(words in page.content.decode() for words in ("后保存的", "谢长青"))
