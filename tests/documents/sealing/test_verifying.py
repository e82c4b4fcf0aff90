"""A file against what was issued, and the command that asks."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError

from documents.models import Document
from documents.sealing.reasons import REASONS
from documents.sealing.services import mark
from documents.sealing.verifying import document_of, verify
from documents.services import produce
from foundation.journal import guard
from foundation.organization.actors import SYSTEM
from foundation.organization.schemas import fault
from tests.documents.sealing.seals import AT, registered
from tests.documents.sealing.signatures import key_file, plain_pdf, signed_pdf


@pytest.fixture
def keyed(settings):
    settings.SIGNING_KEY = str(key_file())


def issued(cast) -> tuple[Document, str, bytes]:
    document = registered(cast)
    code = mark(document=document.pk, actor=SYSTEM, at=AT)
    produce(document.pk, actor=SYSTEM, at=AT)
    document = Document.objects.get(pk=document.pk)
    return document, code, document.file.path.read_bytes()


def void(document: Document) -> None:
    """As it stands after it was called back; no act of ours voids what is issued."""
    with guard.lifted():
        Document.objects.filter(pk=document.pk).update(state="void")


def test_the_issued_file_is_the_issued_file(cast, keyed):
    document, code, content = issued(cast)
    assert document_of(code) == document
    for known in (None, document):
        found = verify(content, document=known)
        assert (found.ok, found.same, found.document) == (True, True, document)


def test_it_needs_no_signature_to_be_that(cast):
    _, _, content = issued(cast)
    found = verify(content)
    assert (found.ok, found.same, found.signed.faults) == (True, True, ("unsigned",))


def test_another_file_with_our_code_differs(cast, keyed):
    document, _, content = issued(cast)
    assert verify(plain_pdf(), document=document).faults == ("unsigned", "differs")
    assert verify(signed_pdf(), document=document).faults == ("differs",)
    spot = content.index(b"stream") + 20
    assert verify(content[:spot] + b"X" + content[spot + 1 :], document=document).faults == (
        "altered",
        "differs",
    )


def test_a_void_paper_is_told_however_true_the_copy(cast, keyed):
    document, code, content = issued(cast)
    void(document)
    assert verify(content).faults == ("void",)
    assert verify(plain_pdf(), document=document_of(code)).faults == ("unsigned", "differs", "void")


def test_a_code_leads_nowhere_before_its_paper_is_issued(cast):
    document = registered(cast)
    assert document_of(mark(document=document.pk, actor=SYSTEM, at=AT)) is None
    assert document_of("2" * 10) is None


def run(capsys, path, content=None, code=0):
    if content is not None:
        path.write_bytes(content)
    ended = None
    try:
        call_command("verify_document", str(path), "--json")
    except SystemExit as end:
        ended = end.code
    told = json.loads(capsys.readouterr().out)
    assert (ended or 0) == code
    assert fault(told, "verify_document", "输出") == ""
    return told


def sentences(*codes):
    return [REASONS[code] for code in codes]


def test_the_command_tells_what_it_is(cast, keyed, capsys, tmp_path):
    document, _, content = issued(cast)
    assert run(capsys, tmp_path / "a.pdf", content) == {"ok": True, "reasons": []}
    call_command("verify_document", str(tmp_path / "a.pdf"))
    told = capsys.readouterr().out
    assert "核验通过。" in told
    assert f"{document.full_number}《{document.title}》，与印发的文件一致" in told
    assert AT.isoformat() in told


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        (lambda content: content[:-900], ["damaged", "differs"]),
        (lambda content: content[: content.rindex(b"%%EOF", 0, -9) + 6], ["unsigned", "differs"]),
        (lambda content: content.replace(b"/Rotate 0", b"/Rotate 9") + b"% more\n%%EOF\n", None),
    ],
    ids=["cut off", "signature cut off", "something behind"],
)
def test_the_command_tells_what_is_wrong(cast, keyed, capsys, tmp_path, change, codes):
    _, _, content = issued(cast)
    told = run(capsys, tmp_path / "a.pdf", change(content), code=1)
    assert not told["ok"]
    assert codes is None or told["reasons"] == sentences(*codes)
    assert all(one.endswith("。") for one in told["reasons"])


@pytest.mark.django_db
def test_a_file_of_somebody_else_is_judged_by_its_signature(keyed, capsys, tmp_path):
    assert run(capsys, tmp_path / "a.pdf", signed_pdf())["ok"]
    assert run(capsys, tmp_path / "b.pdf", plain_pdf(), code=1)["reasons"] == sentences("unsigned")


def test_without_a_database_the_signature_alone_is_judged(keyed, capsys, tmp_path, monkeypatch):
    def gone(*_, **__):
        raise OperationalError("no such table: documents_document")

    monkeypatch.setattr("documents.sealing.verifying.Document.objects.filter", gone)
    (tmp_path / "a.pdf").write_bytes(signed_pdf())
    call_command("verify_document", str(tmp_path / "a.pdf"), "--json")
    told = capsys.readouterr()
    assert json.loads(told.out) == {"ok": True, "reasons": []}
    assert "只核对了签名" in told.err


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "says"), [(b"", "不是 PDF"), (b"PK\x03\x04", "不是 PDF"), (None, "打不开")]
)
def test_bad_input_is_a_sentence(tmp_path, content, says):
    file = tmp_path / "a.pdf"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CommandError, match=says) as error:
        call_command("verify_document", str(file))
    assert error.value.returncode == 2
