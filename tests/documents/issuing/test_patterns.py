"""范本: kept by the office in versions, and what a draft takes of one."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from documents.issuing.patterns.services import begin_with, save_pattern, stop_pattern
from documents.models import Draft, Pattern
from foundation.journal.verify import first_bad
from foundation.organization.refusals import Refused
from tests.cast import actor, identity

from .desk import MORNING, TEXT, Desk

NEW = "/documents/drafts/new/"


@pytest.fixture
def clerk(cast):
    return identity(Client(), cast.clerk)


def save(cast, name="会议通知", **said) -> int:
    given = {"kind": "circular", "text": TEXT, "cc": ["市政府办"]} | said
    return save_pattern(organ=cast.office, name=name, actor=actor(cast.clerk), at=MORNING, **given)


def begin(cast, pattern: int) -> Draft:
    act = {"organ": cast.office, "actor": actor(cast.clerk), "at": MORNING}
    return Draft.objects.get(pk=begin_with(pattern=pattern, **act))


def test_a_draft_begins_with_what_the_pattern_says(cast, clerk):
    cast.office.document_code = "某安办"
    cast.office.save()
    pattern = save(cast)
    assert "会议通知" in clerk.get(NEW).content.decode()
    assert clerk.post(NEW, {"pattern": pattern}).url == f"/documents/drafts/{Draft.objects.get().pk}/edit/"
    draft = Draft.objects.get()
    assert (draft.kind, draft.text, draft.cc, draft.code) == ("circular", TEXT, ["市政府办"], "某安办")
    assert "会议通知 第1版" in clerk.get(f"/documents/drafts/{draft.pk}/").content.decode()


def test_a_change_is_a_new_version_and_a_draft_keeps_what_it_took(cast, clerk):
    old = save(cast)
    draft = begin(cast, old)
    form = {"name": "会议通知", "kind": "notice", "text": "另\u200b\r\n● 文", "cc": "甲、乙"}
    assert clerk.post(f"/documents/patterns/{old}/", form).url == "/documents/patterns/"
    new = Pattern.objects.get(state="in_use")
    assert (new.version, new.former_id, new.text, new.cc) == (2, old, "另\n文", ["甲", "乙"])
    draft.refresh_from_db()
    assert (draft.text, draft.pattern_id) == (TEXT, old)
    assert "第 1 版" in clerk.get(f"/documents/patterns/{new.pk}/").content.decode()
    assert "已有新版" in clerk.get(f"/documents/patterns/{old}/").content.decode()
    assert first_bad()[1] is None


def test_two_who_change_one_at_once_make_one_version(cast):
    old = save(cast)
    save(cast, former=old)
    with pytest.raises(Refused, match="已有新版"):
        save(cast, name="另", former=old)
    assert Pattern.objects.count() == 2


def test_a_name_is_used_once(cast, clerk):
    save(cast)
    answer = clerk.post("/documents/patterns/new/", {"name": "会议通知", "kind": "notice", "text": "我写的"})
    assert answer.status_code == 422
    assert all(words in answer.content.decode() for words in ("已有名为“会议通知”的范本", "我写的"))


def test_a_code_is_a_code_wherever_it_is_typed(cast, clerk):
    wrong = "某安办〔2026〕<b>"
    form = {"name": "会议通知", "kind": "notice", "text": "我写的", "code": wrong}
    answer = clerk.post("/documents/patterns/new/", form)
    assert answer.status_code == 422
    assert all(words in answer.content.decode() for words in ("2到10个汉字", "我写的"))
    with pytest.raises(Refused, match="不能作代字"):
        save(cast, code=wrong)
    with pytest.raises(Refused, match="不能作代字"):
        Desk(cast).start(code=wrong)
    with pytest.raises(Refused, match="不能作代字"):
        Desk(cast).start().save(code=wrong)
    assert not Pattern.objects.exists()


def test_a_draft_with_a_code_from_before_is_not_sent(cast):
    desk = Desk(cast).start()
    Draft.objects.filter(pk=desk.pk).update(code="某安办〔2026〕<b>")
    with pytest.raises(Refused, match="不能作代字"):
        desk.send()


def test_the_code_of_a_pattern_is_kept_when_its_draft_is_saved(cast, clerk):
    draft = begin(cast, save(cast, code="某安办函"))
    form = {"kind": "notice", "text": TEXT, "code": "某安办函", "revision": draft.revision}
    assert clerk.post(f"/documents/drafts/{draft.pk}/edit/", form).status_code == 302
    draft.refresh_from_db()
    assert (draft.code, draft.kind) == ("某安办函", "notice")


def test_one_that_is_stopped_begins_nothing_and_its_name_is_free(cast, clerk):
    pattern = save(cast)
    assert "已停用" in clerk.post(f"/documents/patterns/{pattern}/stop/", follow=True).content.decode()
    answer = clerk.post(NEW, {"pattern": pattern})
    assert (answer.status_code, "重新选择" in answer.content.decode()) == (422, True)
    with pytest.raises(Refused):
        stop_pattern(pattern=pattern, actor=actor(cast.clerk), at=MORNING)
    save(cast)


def test_others_than_the_office_keep_none(cast):
    with pytest.raises(Refused, match="安委办维护"):
        save_pattern(
            organ=cast.office, name="会议通知", kind="notice", actor=actor(cast.town.head), at=MORNING
        )


def test_the_list_costs_the_same_with_ten_times_the_rows(cast, clerk):
    made = []
    for count in (2, 20):
        for n in range(count):
            save(cast, f"{count}-{n}")
        with CaptureQueriesContext(connection) as queries:
            clerk.get("/documents/patterns/")
        made.append(len(queries))
    assert made[0] == made[1] <= 5
