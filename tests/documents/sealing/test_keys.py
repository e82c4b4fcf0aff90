"""Which key signs, and what is said of one that can't."""

import datetime as dt

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from documents.models import Document
from documents.sealing import keys
from documents.sealing.checking import check
from documents.sealing.services import mark
from documents.services import produce
from foundation.journal.models import Entry
from foundation.organization.actors import SYSTEM
from tests.documents.sealing.seals import AT, registered
from tests.documents.sealing.signatures import ENDED, PASSWORD, key_file, root, the_key


@pytest.fixture
def office_key(settings):
    settings.SIGNING_KEY, settings.SIGNING_PASSWORD = str(key_file(password=PASSWORD)), PASSWORD


def issued(cast, *, official=True) -> Document:
    document = registered(cast)
    if official:
        mark(document=document.pk, actor=SYSTEM, at=AT)
    produce(document.pk, actor=SYSTEM, at=AT)
    return Document.objects.get(pk=document.pk)


def test_without_a_key_papers_are_issued_unsigned(cast):
    assert keys.key() is None
    assert check(issued(cast).file.path.read_bytes(), []).faults == ("unsigned",)


def test_an_official_paper_is_signed_and_the_journal_says_by_which_certificate(cast, office_key):
    document = issued(cast)
    assert check(document.file.path.read_bytes(), keys.roots()).faults == ()
    assert Entry.objects.get(verb="documents.document.issue").data["certificate"] == keys.key().fingerprint


def test_a_paper_without_a_mark_is_not_signed(cast, office_key):
    assert check(issued(cast, official=False).file.path.read_bytes(), []).faults == ("unsigned",)


FAULTS = {
    "wrong password": (lambda path: (key_file(password=PASSWORD), "guess"), "密码不对"),
    "missing": (lambda path: (path / "gone.p12", ""), "打不开"),
    "a folder": (lambda path: (path, ""), "打不开"),
    "no pkcs12": (lambda path: (written(path, b"hello"), ""), "不是 PKCS#12"),
    "cut off": (lambda path: (written(path, key_file().read_bytes()[:900]), ""), "不是 PKCS#12"),
    "empty": (lambda path: (written(path, b""), ""), "不是 PKCS#12"),
}


def written(path, content):
    file = path / "key.p12"
    file.write_bytes(content)
    return file


@pytest.mark.parametrize("fault", FAULTS)
def test_a_key_that_cannot_be_used_is_told_and_nothing_is_half_issued(cast, settings, tmp_path, fault):
    make, says = FAULTS[fault]
    file, settings.SIGNING_PASSWORD = make(tmp_path)
    settings.SIGNING_KEY = str(file)
    document = registered(cast)
    mark(document=document.pk, actor=SYSTEM, at=AT)
    with pytest.raises(keys.BadKey, match=says):
        produce(document.pk, actor=SYSTEM, at=AT)
    document = Document.objects.get(pk=document.pk)
    assert (document.state, document.file) == ("registered", None)
    with pytest.raises(SystemCheckError, match=says):
        call_command("check")


def test_an_expired_certificate_issues_nothing_and_is_warned_of(cast, settings, capsys):
    settings.SIGNING_KEY = str(key_file(until=ENDED))
    with pytest.raises(keys.BadKey, match="2025年1月1日到期"):
        issued(cast)
    assert Document.objects.get().state == "registered"
    call_command("check")
    assert "到期" in capsys.readouterr().err


def test_a_certificate_that_ends_soon_is_warned_of(settings):
    settings.SIGNING_KEY = str(key_file(until=ENDED))
    assert "尽早换证" in keys.warning(ENDED - dt.timedelta(3))
    assert keys.warning(ENDED - dt.timedelta(60)) == ""


def test_the_demo_signs_with_a_test_key_that_says_so(settings, tmp_path):
    settings.DATA_DIR, settings.DEMO = tmp_path, True
    made = keys.key()
    assert made.testing
    assert "测试" in made.name
    assert (tmp_path / "keys/test-signing.p12").stat().st_mode & 0o777 == 0o600
    assert keys.key().fingerprint == made.fingerprint
    settings.DEMO = False
    assert keys.key() is None
    assert keys.roots() == list(made.chain)


def test_roots_come_from_their_file_where_one_is_named(settings, tmp_path):
    file = tmp_path / "roots.pem"
    file.write_bytes(root(the_key()).public_bytes(Encoding.PEM))
    settings.SIGNING_ROOTS = str(file)
    assert keys.roots() == [root(the_key())]
    for content, says in ((b"x", "不是 PEM"), (None, "打不开")):
        file.unlink() if content is None else file.write_bytes(content)
        with pytest.raises(keys.BadKey, match=says):
            keys.roots()
