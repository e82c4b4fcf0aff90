"""档号 by the scheme, 件号 without gaps, a 保管期限 of its own only with a reason, and nothing archived changes."""

import threading

import pytest
from django.db import DatabaseError, connection, transaction

from documents.archiving.services import Choice, archive_document, archive_documents, void_item
from documents.archiving.snapshot import differences
from documents.models import ArchiveItem, Document
from foundation.files.models import path_of
from foundation.journal import guard
from foundation.journal.verify import first_bad
from foundation.organization.actors import SYSTEM
from foundation.organization.refusals import Refused
from tests.cast import actor, engage

from .things import AT, archived, attached, issued


def taken_out(rows) -> None:
    """Past Django, which refuses by itself what something else stands on."""
    rows._raw_delete(rows.db)


def archive(cast, pk: int, **values) -> ArchiveItem:
    return ArchiveItem.objects.get(pk=archive_document(document=pk, actor=actor(cast.clerk), at=AT, **values))


def test_an_item_gets_its_reference_by_the_scheme(cast):
    item = archived(cast)
    assert (item.reference, item.term, item.year) == ("X043-WS·2026-D30-AWB-0001", "y30", 2026)
    assert first_bad()[1] is None


def test_numbers_run_within_year_and_term(cast):
    found = [archived(cast, title, issued_on=day).reference for title, day in (
        ("通知一", AT.date()), ("工作方案的通知", AT.date()), ("通知二", AT.date()), ("通知三", AT.date().replace(year=2025)),
    )]  # fmt: skip
    assert [one.removeprefix("X043-WS·") for one in found] == [
        "2026-D30-AWB-0001", "2026-Y-AWB-0001", "2026-D30-AWB-0002", "2025-D30-AWB-0001",
    ]  # fmt: skip


def test_another_term_needs_a_reason(cast):
    pk = issued(cast)
    with pytest.raises(Refused, match="写明理由"):
        archive(cast, pk, retention="permanent")
    with pytest.raises(Refused, match="只有永久"):
        archive(cast, pk, retention="y99", reason="x")
    item = archive(cast, pk, retention="permanent", reason="涉及长期机制")
    assert (item.term, item.reason, item.reference[-10:]) == ("permanent", "涉及长期机制", "Y-AWB-0001")


def test_what_is_not_issued_or_archived_already_is_refused(cast):
    pk = issued(cast)
    archive(cast, pk)
    with pytest.raises(Refused, match="已经归档"):
        archive(cast, pk)
    from foundation.journal.moves import create

    values = {"kind": "notice", "title": "通知", "organ": cast.office, "subject": "x", "subject_id": 1, "issued_on": AT.date()}  # fmt: skip
    (draft,) = create(Document, values, actor=SYSTEM, at=AT)
    with pytest.raises(Refused, match="印发以后"):
        archive(cast, draft)


def test_only_the_office_that_issued_it_archives(cast):
    pk, foreign = issued(cast), issued(cast, organ=cast.town.unit)
    for seat in (cast.town.head, cast.auditor, cast.administrator):
        with pytest.raises(Refused, match="只有发文的安委办"):
            archive_document(document=pk, actor=actor(seat), at=AT)
    with pytest.raises(Refused, match="只有发文的安委办"):
        archive(cast, foreign)
    with pytest.raises(Refused, match="没有全宗号"):
        archive_document(document=foreign, actor=SYSTEM, at=AT)


def test_many_at_once_are_archived_in_the_order_of_their_dates_or_not_at_all(cast):
    later, first = issued(cast, "通知乙"), issued(cast, "通知甲", issued_on=AT.date().replace(day=1))
    by = {"documents": [later, first], "actor": actor(cast.clerk), "at": AT}
    with pytest.raises(Refused, match="“通知甲”"):
        archive_documents(chosen={first: Choice("y10", "")}, **by)
    assert not ArchiveItem.objects.exists()
    made = ArchiveItem.objects.filter(pk__in=archive_documents(chosen={}, **by)).order_by("number")
    assert [one.document_id for one in made] == [first, later]


def test_a_void_number_is_never_given_again(cast):
    item = archived(cast)
    with pytest.raises(Refused, match="理由"):
        void_item(item=item.pk, actor=actor(cast.clerk), at=AT, reason=" ")
    void_item(item=item.pk, actor=actor(cast.clerk), at=AT, reason="重复归档")
    again = archive(cast, item.document_id)
    assert (again.number, ArchiveItem.objects.get(pk=item.pk).state) == (2, "void")
    assert first_bad()[1] is None


@pytest.mark.parametrize(
    "values", [{"title": "改"}, {"content": {"text": "改"}}, {"number": 9}, {"state": "void"}]
)
def test_the_database_refuses_to_change_an_archived_document(cast, values):
    item = archived(cast)
    rows = Document.objects.filter(pk=item.document_id)
    with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
        rows.update(**values)


def test_the_database_refuses_to_change_or_delete_an_item(cast):
    rows = ArchiveItem.objects.filter(pk=archived(cast).pk)
    for act in (lambda: rows.update(term="y10"), lambda: rows.update(content={}), lambda: taken_out(rows)):
        with pytest.raises(DatabaseError, match="archived"), transaction.atomic():
            act()
    void_item(item=rows.get().pk, actor=actor(cast.clerk), at=AT, reason="重复归档")
    with pytest.raises(DatabaseError, match="void for good"), transaction.atomic():
        rows.update(state="archived")


@pytest.mark.parametrize("state", ["registered", "issued", "void"])
def test_the_database_refuses_to_delete_what_has_a_number(cast, state):
    with guard.lifted():
        pk = issued(cast, number=1, code="某安办", year=2026)
        Document.objects.filter(pk=pk).update(state=state)
    with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
        taken_out(Document.objects.filter(pk=pk))


def test_what_was_changed_past_the_database_is_named(cast):
    pk = issued(cast, paper=b"%PDF-1.7\n1")
    attached(pk, "表.txt", "一".encode())
    item = archive(cast, pk)
    assert differences(item) == []
    path_of(item.document.file.sha256).write_bytes(b"%PDF-1.7\n2")
    path_of(item.content["files"][1]["sha256"]).unlink()
    with guard.lifted():
        Document.objects.filter(pk=pk).update(title="改")
        ArchiveItem.objects.filter(pk=item.pk).update(content={**item.content, "form": {}})
    told = "".join(differences(ArchiveItem.objects.get(pk=item.pk)))
    for said in ("快照", "公文的标题", "被改动过，请从备份恢复", "“表.txt”不在存储中"):
        assert said in told


@pytest.mark.django_db(transaction=True)
def test_archiving_at_once_gives_no_number_twice_and_no_gap():
    cast = engage()
    pks = [issued(cast) for _ in range(12)]

    def some(mine: list[int]) -> None:
        for pk in mine:
            archive(cast, pk)
        connection.close()

    threads = [threading.Thread(target=some, args=(pks[n::3],)) for n in range(3)]
    [one.start() for one in threads]
    [one.join() for one in threads]
    assert sorted(ArchiveItem.objects.values_list("number", flat=True)) == list(range(1, 13))
