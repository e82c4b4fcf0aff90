"""A batch as a job: copies, numbers, what fails, what stops, and what goes on."""

import datetime as dt
import errno
import io
import zipfile

import pikepdf
import pytest
from django.db import DatabaseError, transaction

from documents.archiving.permissions import unarchived
from documents.batches import making, running, services
from documents.batches.gathering import merged, zip_of
from documents.models import Document, Register
from documents.permissions import reads_document
from documents.sealing.verifying import verify
from foundation.files.services import attachments_of
from foundation.jobs.models import Job
from foundation.jobs.progress import Cancelled
from foundation.jobs.services import retry
from foundation.journal.verify import first_bad
from foundation.organization.refusals import Refused
from tests.cast import actor
from tests.documents.sealing.seals import AT

from .deeds import begun, prepared, run, states, table

pytestmark = pytest.mark.django_db
RARE = "\U0001f44d"  # no face draws it


def copies_of(batch) -> dict[str, Document]:
    rows = Document.objects.filter(subject=services.LABEL, subject_id=batch.pk)
    return {row.unit.code: row for row in rows.select_related("unit", "file")}


@pytest.fixture
def small(monkeypatch):
    """Chunks of one copy."""
    monkeypatch.setattr(running, "CHUNK", 1)


def test_every_unit_gets_a_copy_with_its_words_its_table_and_the_one_number(cast):
    batch = begun(cast, prepared(cast))
    found = copies_of(batch)
    assert batch.state == "done"
    assert {row.full_number for row in found.values()} == {batch.source.full_number}
    assert "甲镇人民政府：\n请你镇按附件报送" in found["jia"].content["text"]
    assert [one["title"] for one in found["jia"].content["annexes"]] == ["甲镇任务清单"]
    assert "annexes" not in found["yi"].content
    assert Register.objects.get().last == 1
    assert first_bad()[1] is None


def test_numbers_of_their_own_follow_each_other_only_when_asked_for(cast):
    batch = begun(cast, prepared(cast, numbering="own"))
    assert sorted(row.number for row in copies_of(batch).values()) == [2, 3, 4]
    assert all(row.original_id is None for row in copies_of(batch).values())


def test_a_unit_reads_its_own_copy_and_no_other(cast):
    copies = copies_of(begun(cast, prepared(cast)))
    mine = Document.objects.filter(
        reads_document.q(cast.town.liaison.pk, AT.date()), pk__in=[c.pk for c in copies.values()]
    )
    assert [row.unit.code for row in mine] == ["jia"]


def test_a_copy_is_verified_as_what_was_issued(cast):
    copy = copies_of(begun(cast, prepared(cast)))["yi"]
    found = verify(copy.file.path.read_bytes())
    assert (found.same, found.document) == (True, copy)


def test_copies_of_one_number_are_no_items_of_the_archive(cast):
    batch = begun(cast, prepared(cast))
    assert list(Document.objects.filter(unarchived())) == [batch.source]


def test_what_cant_be_set_says_why_and_stops_nobody_else(cast):
    batch = begun(cast, prepared(cast, numbering="own", table=table(jia=[["1", RARE]])))
    assert states(batch) == {"jia": "failed", "yi": "made", "bing": "made"}
    assert "U+1F44D" in batch.items.get(unit__code="jia").problem
    assert Register.objects.get().last == 3  # the source and two copies


def test_what_failed_is_made_again_alone_with_another_table(cast):
    batch = begun(cast, prepared(cast, table=table(jia=[["1", RARE]])))
    others = {row.pk for row in copies_of(batch).values()}
    item = batch.items.get(unit__code="jia").pk
    fresh = table(jia=[["1", "检查"]])
    services.run_again(batch=batch.pk, items=[item], table=fresh, actor=actor(cast.clerk), at=AT)
    run()
    assert set(states(batch).values()) == {"made"}
    assert others < {row.pk for row in copies_of(batch).values()}
    assert len(attachments_of(services.LABEL, [batch.pk])[batch.pk]) == 1  # the merged file was replaced


def test_a_full_disk_leaves_whole_copies_or_none_and_the_job_goes_on_later(cast, small, monkeypatch):
    batch, stored = prepared(cast), []
    store = making.store

    def full(*args, **kw):
        if stored:
            raise OSError(errno.ENOSPC, "no space left")
        stored.append(1)
        return store(*args, **kw)

    monkeypatch.setattr(making, "store", full)
    begun(cast, batch)
    job = Job.objects.get(name=services.JOB)
    assert (job.state, "磁盘空间不足" in job.error) == ("failed", True)
    assert sorted(states(batch).values()) == ["made", "waiting", "waiting"]
    assert not Document.objects.filter(subject=services.LABEL).exclude(state="issued").exists()
    monkeypatch.setattr(making, "store", store)
    retry(job=job.pk, actor=actor(cast.clerk), at=AT)
    run()
    assert len(copies_of(batch)) == 3


def test_a_full_disk_takes_no_number(cast, monkeypatch):
    def full(*args, **kw):
        raise OSError(errno.ENOSPC, "no space left")

    batch = prepared(cast, numbering="own")
    monkeypatch.setattr(making, "store", full)
    begun(cast, batch)
    assert Register.objects.get().last == 1


def test_a_worker_that_was_killed_is_followed_where_it_stood(cast, small, monkeypatch):
    batch, made = prepared(cast), []
    make = running.make_copies

    def killed(*args, **kw):
        if made:
            raise KeyboardInterrupt
        made.append(make(*args, **kw))

    monkeypatch.setattr(running, "make_copies", killed)
    with pytest.raises(KeyboardInterrupt):
        begun(cast, batch)
    first = copies_of(batch)
    monkeypatch.setattr(running, "make_copies", make)
    run(dt.timedelta(minutes=5))  # the lease of the dead one has run out
    assert len(first) == 1
    assert {row.pk for row in first.values()} < {row.pk for row in copies_of(batch).values()}
    assert len(copies_of(batch)) == 3


def test_a_cancel_is_heard_between_two_chunks_and_what_is_issued_stays(cast, small, monkeypatch):
    batch, steps = prepared(cast), []

    def step(progress, done, total=None, message=""):
        steps.append(message)
        if done:
            raise Cancelled

    monkeypatch.setattr("foundation.jobs.progress.Progress.step", step)
    begun(cast, batch)
    assert sorted(states(batch).values()) == ["made", "waiting", "waiting"]
    assert "还要约" in steps[-1]


def test_what_was_issued_before_a_batch_was_given_up_stays(cast, small, monkeypatch):
    batch, made = prepared(cast), []
    make = running.make_copies

    def one(*args, **kw):
        if made:
            raise Cancelled
        made.append(make(*args, **kw))

    monkeypatch.setattr(running, "make_copies", one)
    begun(cast, batch)
    given_up = {"batch": batch.pk, "reason": "原文有误", "actor": actor(cast.clerk), "at": AT}
    with pytest.raises(Refused, match="停下"):
        services.give_up(**given_up)
    Job.objects.filter(name=services.JOB).update(state="cancelled", ended=AT)
    services.give_up(**given_up)
    assert sorted(states(batch).values()) == ["dropped", "dropped", "made"]
    monkeypatch.setattr(running, "make_copies", make)
    retry(job=Job.objects.get(name=services.JOB).pk, actor=actor(cast.clerk), at=AT)
    run()
    assert len(copies_of(batch)) == 1


def test_the_merged_file_has_a_bookmark_for_each_unit_and_each_font_once(cast):
    batch = begun(cast, prepared(cast))
    (file,) = attachments_of(services.LABEL, [batch.pk])[batch.pk]
    with pikepdf.open(file.file.path) as whole, whole.open_outline() as outline:
        assert [one.title for one in outline.root] == ["甲镇", "乙镇", "市丙局"]
        assert len({page.obj.Resources.objgen for page in whole.pages}) == 1
        assert len(whole.pages) % 2 == 0
    assert merged(batch) == file.file.path.read_bytes()


def test_the_zip_names_each_file_by_code_and_unit_and_is_the_same_each_time(cast):
    batch = begun(cast, prepared(cast, to=("jia", "yi")))
    first = b"".join(zip_of(batch))
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert package.namelist() == ["jia-甲镇.pdf", "yi-乙镇.pdf"]
        assert package.read("yi-乙镇.pdf") == copies_of(batch)["yi"].file.path.read_bytes()
    assert b"".join(zip_of(batch)) == first


def test_a_job_that_runs_again_after_its_end_does_nothing(cast):
    batch = begun(cast, prepared(cast))
    seq = batch.journal_seq
    Job.objects.filter(name=services.JOB).update(state="queued", ended=None)
    run()
    batch.refresh_from_db()
    assert batch.journal_seq == seq


def test_a_copy_keeps_its_number_and_what_it_is_a_copy_of(cast):
    copy = copies_of(begun(cast, prepared(cast)))["jia"]
    for change in ({"original": None}, {"number": 9}):
        with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
            Document.objects.filter(pk=copy.pk).update(**change)
