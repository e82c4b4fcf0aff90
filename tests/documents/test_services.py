"""Numbers without gaps, papers made once, issued documents that stay."""

import datetime as dt
import threading

import pytest
from django.db import connection, transaction

from documents.models import Document, Register
from documents.services import next_number, produce, register_document, void_document
from foundation.files.models import Attachment
from foundation.jobs import queue
from foundation.journal.verify import first_bad
from foundation.organization.actors import SYSTEM
from foundation.organization.models import Unit
from foundation.organization.refusals import Refused

AT = dt.datetime(2026, 5, 20, 9, tzinfo=dt.timezone(dt.timedelta(hours=8)))


@pytest.fixture
def office(db):
    return Unit.objects.create(
        code="office",
        name="甲县安全生产委员会办公室",
        short_name="县安委办",
        kind="office",
        document_code="甲安办",
    )


def register(office, **kw):
    content = {"text": "关于开展检查的通知\n各镇：\n请按时开展检查。\n甲县安全生产委员会办公室"}
    common = {"kind": "notice", "title": "关于开展检查的通知", "subject": "plans.plan", "subject_id": 1}
    return register_document(organ=office, content=content, actor=SYSTEM, at=AT, **common, **kw)


def test_numbers_follow_each_other(office):
    pks = [register(office, numbered=True) for _ in range(3)]
    numbers = [Document.objects.get(pk=pk).full_number for pk in pks]
    assert numbers == ["甲安办〔2026〕1号", "甲安办〔2026〕2号", "甲安办〔2026〕3号"]


def test_a_rollback_gives_its_number_back(office):
    with transaction.atomic():
        register(office, numbered=True)
        transaction.set_rollback(True)
    assert Document.objects.get(pk=register(office, numbered=True)).number == 1


def test_a_void_number_is_never_given_again(office):
    pk = register(office, numbered=True)
    with pytest.raises(Refused, match="理由"):
        void_document(document=pk, actor=SYSTEM, at=AT, reason=" ")
    void_document(document=pk, actor=SYSTEM, at=AT, reason="内容有误")
    assert Document.objects.get(pk=register(office, numbered=True)).number == 2


def test_an_organ_without_its_code_gets_no_number(office):
    Unit.objects.filter(pk=office.pk).update(document_code="")
    office.refresh_from_db()
    with pytest.raises(Refused, match="机关代字"):
        register(office, numbered=True)
    assert not Document.objects.exists()


def test_a_code_that_is_none_gets_no_number(office):
    office.document_code = "甲安办〔2026〕<b>"
    with pytest.raises(Refused, match="不能作代字"):
        register(office, numbered=True)
    assert not Document.objects.exists()


def test_the_paper_is_made_in_the_background_and_issued(office):
    pk = register(office, numbered=True)
    assert queue.run_due(AT) == 1
    document = Document.objects.get(pk=pk)
    assert (document.state, document.file.media_type) == ("issued", "application/pdf")
    assert Attachment.objects.get(subject="documents.document", subject_id=pk).file == document.file
    assert first_bad()[1] is None


def test_an_issued_paper_stays_as_it_is(office):
    pk = register(office)
    produce(pk, actor=SYSTEM, at=AT)
    before = Document.objects.get(pk=pk)
    produce(pk, actor=SYSTEM, at=AT + dt.timedelta(1))
    after = Document.objects.get(pk=pk)
    assert (after.file_id, after.journal_seq) == (before.file_id, before.journal_seq)


def test_a_number_outside_a_transaction_is_an_error(office, django_db_blocker):
    connection.in_atomic_block, before = False, connection.in_atomic_block
    try:
        with pytest.raises(RuntimeError, match="inside the transaction"):
            next_number(organ=office, code="甲安办", year=2026)
    finally:
        connection.in_atomic_block = before


@pytest.mark.django_db(transaction=True)
def test_registering_at_once_gives_no_number_twice_and_no_gap():
    office = Unit.objects.create(
        code="o", name="甲县安委办", short_name="安委办", kind="office", document_code="甲安"
    )
    Register.objects.create(organ=office, code="甲安", year=2026)

    def several() -> None:
        for _ in range(5):
            register(office, numbered=True)
        connection.close()

    threads = [threading.Thread(target=several) for _ in range(4)]
    [one.start() for one in threads]
    [one.join() for one in threads]
    assert sorted(Document.objects.values_list("number", flat=True)) == list(range(1, 21))
