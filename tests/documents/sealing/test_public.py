"""公文核验, as anybody without an account sees it."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.models import Document
from documents.sealing import codes, public
from foundation.journal import guard
from tests.documents.issuing.desk import TEXT, Desk
from tests.documents.sealing.signatures import plain_pdf
from tests.documents.sealing.test_verifying import issued, void

START = "/verify/"


@pytest.fixture(autouse=True)
def counted_anew():
    cache.clear()


def page(client, code):
    return client.get(reverse("verify", args=[code]))


def upload(client, url, content, name="公文.pdf"):
    return client.post(url, {"file": SimpleUploadedFile(name, content)})


def text(answer):
    return answer.content.decode()


def test_a_code_shows_what_was_issued(cast, client):
    document, code, _ = issued(cast)
    said = text(page(client, code))
    for one in (
        cast.office.name,
        document.full_number,
        "2026年5月20日",
        document.title,
        "已印发",
        codes.shown(code),
    ):
        assert one in said


@pytest.mark.parametrize(
    "change",
    [{"kind": "request"}, {"unit": True}, {"subject": "cases.case"}],
    ids=lambda one: next(iter(one)),
)
def test_what_is_not_for_everybody_shows_no_title(cast, client, change):
    document, code, content = issued(cast)
    change = {"unit": cast.town.unit} if "unit" in change else change
    with guard.lifted():
        Document.objects.filter(pk=document.pk).update(**change)
    for answer in (page(client, code), upload(client, START, content)):
        assert document.title not in text(answer)
        assert document.full_number in text(answer)


def test_a_code_is_typed_as_people_type(cast, client):
    _, code, _ = issued(cast)
    answer = client.get(START, {"code": f" {codes.shown(code).lower()} "})
    assert answer.url == reverse("verify", args=[code])
    assert page(client, codes.shown(code).lower()).status_code == 200


@pytest.mark.parametrize("typed", ["12", "OOOOO-OOOOO", "公文", "x" * 5000])
def test_what_is_no_code_is_answered_with_what_one_looks_like(client, db, typed):
    answer = client.get(START, {"code": typed})
    assert (answer.status_code, "十个字母和数字" in text(answer)) == (200, True)
    assert page(client, typed[:60]).status_code == 404


def test_an_unknown_code_is_not_found_and_can_be_typed_again(client, db):
    answer = page(client, "2" * 10)
    assert (answer.status_code, "没有查到" in text(answer)) == (404, True)
    assert 'name="code"' in text(answer)


@pytest.mark.parametrize("where", ["code", "start"])
def test_the_issued_file_is_said_to_be_it(cast, client, where):
    document, code, content = issued(cast)
    answer = upload(client, reverse("verify", args=[code]) if where == "code" else START, content)
    assert "逐字节一致" in text(answer)
    assert "没有设置签名证书" in text(answer)
    assert document.full_number in text(answer)


def test_another_file_is_said_not_to_be_it(cast, client):
    _, code, _ = issued(cast)
    said = text(upload(client, reverse("verify", args=[code]), plain_pdf()))
    assert "不一致，请不要采用" in said
    assert "内容却与印发的不一致" in said
    assert "没有印发过" in text(upload(client, START, plain_pdf()))


def test_a_void_paper_is_said_to_be_void(cast, client):
    document, code, content = issued(cast)
    void(document)
    assert "已作废" in text(page(client, code))
    assert "这份公文已作废" in text(upload(client, START, content))


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"PK\x03\x04", "不是 PDF"), (b"", "文件是空的"), (b"%PDF-" + bytes(20 << 20), "超过 20 MB")],
    ids=["zip", "empty", "heavy"],
)
def test_a_file_that_cannot_be_compared_is_refused(client, db, content, says):
    answer = upload(client, START, content)
    assert (answer.status_code, says in text(answer)) == (422, True)


def test_no_file_is_said(client, db):
    assert "请选择要比对的 PDF" in text(client.post(START))


def test_a_key_that_cant_be_read_is_said_without_its_place(client, db, settings, caplog):
    settings.SIGNING_ROOTS = "/nowhere/roots.pem"
    answer = upload(client, START, plain_pdf())
    assert (answer.status_code, "签名证书设置有误" in text(answer)) == (422, True)
    assert "/nowhere" not in text(answer)
    assert "/nowhere/roots.pem" in caplog.text


def test_a_broken_pdf_is_damaged(client, db):
    assert "残缺或已损坏" in text(upload(client, START, b"%PDF-1.7 nothing"))


def test_who_asks_too_often_waits_and_nobody_else(client, db, monkeypatch):
    monkeypatch.setattr(public, "LOOKS", 2)
    monkeypatch.setattr(public, "UPLOADS", 1)
    assert [page(client, "2" * 10).status_code for _ in range(3)] == [404, 404, 429]
    assert page(client, "2" * 10)["Retry-After"] == "60"
    assert client.get("/v/2222222222/", REMOTE_ADDR="10.0.0.9").status_code == 404
    assert [upload(client, START, b"%PDF-x").status_code for _ in range(2)] == [200, 429]


def test_nothing_is_kept_by_a_browser(client, db):
    assert "no-store" in client.get(START)["Cache-Control"]


def test_a_paper_that_was_corrected_names_the_one_that_corrects_it(cast, client):
    desk = Desk(cast).start()
    first = desk.issued().draft.document
    code = codes.shown(first.content["mark"])
    assert "更正" not in text(page(client, code))
    other = Desk(cast, now=desk.now).start(text=TEXT, corrects=first)
    assert "更正" not in text(page(client, code))  # it is being written
    other.issued()
    assert "某安办〔2026〕2号（2026年6月12日）更正" in text(page(client, code))
