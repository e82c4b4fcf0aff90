"""下载: who gets an issued document in which format."""

import datetime as dt

import pytest
from django.test import Client

from documents.layout import Meta, parse, render_notice
from documents.models import Document
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
