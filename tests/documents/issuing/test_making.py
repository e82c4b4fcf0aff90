"""A paper that can't be made: told before anything is issued; and one whose making failed later, made once more."""

import errno

import pytest
from django.test import Client

from documents import services
from foundation.jobs import queue
from foundation.jobs.models import Job
from foundation.organization.refusals import Refused
from tests.cast import identity
from tests.documents.sealing.signatures import ENDED, key_file

from .desk import Desk


@pytest.fixture
def desk(cast) -> Desk:
    return Desk(cast).start().registered()


@pytest.fixture
def bad_key(settings, tmp_path):
    def break_it() -> None:
        settings.SIGNING_KEY = str(tmp_path / "gone.p12")

    return break_it


def page(desk: Desk, seat=None) -> str:
    client = identity(Client(), seat or desk.cast.clerk)
    return client.get(f"/documents/{desk.draft.document_id}/").content.decode()


def make(desk: Desk, seat=None):
    client = identity(Client(), seat or desk.cast.clerk)
    return client.post(f"/documents/{desk.draft.document_id}/make/", follow=True)


@pytest.mark.parametrize("do", ["seal", "issue"])
def test_a_key_that_became_bad_is_told_before_the_paper_is_issued(desk, bad_key, do):
    if do == "issue":
        desk.act("seal")
    before = desk.state
    bad_key()
    with pytest.raises(Refused, match="打不开"):
        desk.act(do)
    assert (desk.state, desk.draft.document.state, Job.objects.exists()) == (before, "registered", False)
    assert desk.act("void", reason="改发纸质。").state == "void"


def test_without_fonts_nothing_is_issued(desk, request):
    desk.act("seal")
    request.getfixturevalue("no_fonts")
    with pytest.raises(Refused, match="script/fonts"):
        desk.act("issue")
    assert desk.state == "sealed"


def test_a_certificate_that_ended_meanwhile_is_told_on_the_page_and_the_paper_made_once_more(desk, settings):
    desk.act("seal").act("issue")
    settings.SIGNING_KEY = str(key_file(until=ENDED))
    queue.run_due(desk.now)
    for found in (page(desk), page_of_draft(desk)):
        assert all(words in found for words in ("PDF 没有生成", "2025年1月1日到期", "重新生成"))
    with pytest.raises(Refused, match="重新生成"):
        desk.act("archive")
    settings.SIGNING_KEY = ""
    assert "未生成成功" in listed(desk)
    assert "正在重新生成" in make(desk).content.decode()
    assert ("正在生成" in listed(desk), "未生成成功" in listed(desk)) == (True, False)
    assert "正在生成，请稍后刷新" in make(desk).content.decode()
    for job in Job.objects.filter(ended=None):
        queue.run_due(job.due)
    assert desk.draft.document.state == "issued"
    assert "没有生成" not in page(desk)
    assert desk.act("archive").state == "archived"


def listed(desk: Desk) -> str:
    return identity(Client(), desk.cast.clerk).get("/archive/").content.decode()


def page_of_draft(desk: Desk) -> str:
    client = identity(Client(), desk.cast.clerk)
    return client.get(f"/documents/drafts/{desk.pk}/").content.decode()


def test_a_full_disk_is_told_in_words_and_leaves_nothing(desk, monkeypatch):
    def full(*args, **kw):
        raise OSError(errno.ENOSPC, "no space left")

    desk.act("seal").act("issue")
    monkeypatch.setattr(services, "store", full)
    queue.run_due(desk.now)
    assert "磁盘空间不足" in page(desk)
    assert desk.draft.document.state == "registered"


def test_one_that_is_not_issued_is_not_made(desk):
    assert "还没有印发" in listed(desk)
    assert "不在等待生成" in make(desk).content.decode()
    assert not Job.objects.exists()


def test_only_the_office_and_the_organ_make_it_once_more(desk):
    desk.act("seal").act("issue")
    assert make(desk, desk.cast.auditor).status_code == 403
    assert "重新生成" not in page(desk, desk.cast.auditor)
