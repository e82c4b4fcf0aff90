"""下载: who gets an issued document in which format."""

import datetime as dt

import pytest
from django.test import Client

from documents.layout import Meta, parse, render_notice
from documents.models import Document
from foundation.files.models import Attachment
from foundation.files.services import attach, store
from foundation.journal.moves import create
from foundation.organization.actors import SYSTEM
from tests.cast import identity

AT = dt.datetime(2026, 6, 12, 2, tzinfo=dt.UTC)
TEXT = "关于检查的通知\n\n各镇街：\n请按时报送。\n"


def issued(cast, kind="notice", **values) -> int:
    fixed = {"organ": cast.office, "subject": "plans.plan", "subject_id": 1, "state": "issued", "issued_on": AT.date(),
             "title": "关于检查的通知", "content": {"text": TEXT}}  # fmt: skip
    (pk,) = create(Document, {"kind": kind, **fixed, **values}, actor=SYSTEM, at=AT)
    file = store(render_notice(parse(TEXT), Meta()), "通知.pdf", at=AT)
    attach(
        file, subject="documents.document", subject_id=pk, slot="pdf", name="通知.pdf", actor=SYSTEM, at=AT
    )
    return pk


@pytest.fixture
def clerk(cast):
    return identity(Client(), cast.clerk)


def address(pk: int, code: str) -> str:
    return f"/archive/{pk}/as/{code}/"


@pytest.mark.parametrize(("code", "start"), [("pdf", b"%PDF"), ("ofd", b"PK"), ("docx", b"PK")])
def test_a_notice_is_handed_out_in_each_format(cast, clerk, code, start):
    answer = clerk.get(address(issued(cast), code))
    assert (answer.status_code, answer.content[: len(start)]) == (200, start)
    assert "attachment" in answer["Content-Disposition"]


def test_what_a_browser_has_is_not_sent_again(cast, clerk):
    where = address(issued(cast), "txt")
    etag = clerk.get(where)["ETag"]
    assert clerk.get(where, headers={"if-none-match": etag}).status_code == 304


@pytest.mark.parametrize("code", ["xlsx", "doc", "nothing"])
def test_a_format_that_the_document_lacks_is_not_found(cast, clerk, code):
    assert clerk.get(address(issued(cast), code)).status_code == 404


def test_what_is_not_issued_is_not_handed_out(cast, clerk):
    assert clerk.get(address(issued(cast, state="void"), "txt")).status_code == 404


def test_another_unit_gets_nothing(cast):
    pk = issued(cast, unit=cast.town.unit)
    assert identity(Client(), cast.other.head).get(address(pk, "txt")).status_code == 403


def test_the_list_offers_what_there_is(cast, clerk):
    notice, form = issued(cast), issued(cast, "approval_form")
    page = clerk.get("/archive/").content.decode()
    offered = [code for code in ("ofd", "docx", "xlsx", "txt") if address(notice, code) in page]
    assert (offered, address(form, "docx") in page) == (["ofd", "docx", "txt"], False)


def test_a_notice_with_a_table_is_offered_as_excel_on_its_page(cast, clerk):
    annex = {
        "label": "附件1",
        "title": "任务分解表",
        "table": {"columns": [{"label": "序号"}], "rows": [["1"]]},
    }
    plain, tabled = issued(cast), issued(cast, content={"text": TEXT, "annexes": [annex]})
    pages = {pk: clerk.get(f"/documents/{pk}/").content.decode() for pk in (plain, tabled)}
    assert [address(pk, "xlsx") in page for pk, page in pages.items()] == [False, True]
    assert clerk.get(address(tabled, "xlsx")).content.startswith(b"PK")


@pytest.mark.parametrize("code", ["archive", "docx"])
def test_what_no_typeface_draws_is_a_sentence(cast, clerk, code):
    answer = clerk.get(address(issued(cast, content={"text": TEXT + "\n\U0001f44d"}), code))
    assert answer.status_code == 422
    assert "U+1F44D" in answer.content.decode()


def test_it_is_made_once(cast, clerk, monkeypatch):
    where = address(issued(cast), "docx")
    first = clerk.get(where).content
    monkeypatch.setattr("documents.formats.word.render_docx", lambda *_: b"anew")
    assert clerk.get(where).content == first


def test_the_paper_itself_is_handed_out_whatever_its_content_says_and_kept_once(cast, clerk, settings):
    pk = issued(cast, content={"text": ""})
    paper = Attachment.objects.get(subject_id=pk).file
    assert clerk.get(address(pk, "pdf")).content == paper.path.read_bytes()
    assert not list((settings.DATA_DIR / "formats").glob(f"{pk}-*"))


def test_a_file_that_is_gone_is_told(cast, clerk):
    pk = issued(cast)
    Attachment.objects.get(subject_id=pk).file.path.unlink()
    assert clerk.get(address(pk, "docx")).status_code == 404
