"""版头: kept by the head of the office and the administrator, and what a draft and its paper take of one."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from documents.issuing.content import digest_of, words_of
from documents.issuing.heads.services import save_head, stop_head
from documents.layout.words import head_words, imprint_words
from documents.models import Draft, Letterhead
from documents.papers import official_of
from foundation.journal.verify import first_bad
from foundation.organization.refusals import Refused
from tests.cast import actor, identity

from .desk import MORNING, TEXT, Desk

COMMITTEE = "某市安全生产委员会"
OFFICE = f"{COMMITTEE}办公室"
HEADS = "/documents/heads/"


def save(cast, name=OFFICE, code="某安办", **said) -> int:
    given = {"start": dt.date(2026, 1, 1), "actor": actor(cast.office_head), "at": MORNING} | said
    return save_head(organ=cast.office, name=name, code=code, **given)


@pytest.fixture
def heads(cast) -> dict[str, int]:
    """As 安委办 have them."""
    cast.office.document_code = "某安办"
    cast.office.save()
    return {
        "committee": save(cast, COMMITTEE, "某安委"),
        "office": save(cast),
        "letter": save(cast, code="某安办函", kinds=["letter"]),
    }


def form(desk: Desk, **said) -> dict:
    draft = desk.draft
    return {"kind": draft.kind, "text": draft.text, "code": draft.code, "revision": draft.revision} | said


def edit(desk: Desk, **said):
    return identity(Client(), desk.cast.clerk).post(f"/documents/drafts/{desk.pk}/edit/", form(desk, **said))


def started(cast, **written) -> Desk:
    return Desk(cast).start(**{"code": ""} | written)


def test_a_draft_begins_with_the_one_for_its_kind(cast, heads):
    assert started(cast).draft.head_id == heads["office"]
    letter = started(cast, kind="letter").draft
    assert (letter.head_id, letter.code) == (heads["letter"], "某安办函")


def test_a_code_that_is_told_keeps_its_own_head_or_none(cast, heads):
    assert started(cast, code="某安委").draft.head_id == heads["committee"]
    other = started(cast, code="某安督").draft
    assert (other.head, other.code) == (None, "某安督")


def test_without_one_everything_is_as_before(cast):
    desk = started(cast, code="某安办")
    assert edit(desk).status_code == 302
    words, meta = words_of(desk.draft)
    assert (desk.draft.head, meta.organ, meta.code) == (None, OFFICE, "某安办")
    assert head_words(words, meta).organs == (f"{OFFICE}文件",)


def test_the_paper_is_from_whom_the_head_names_and_the_office_prints_it(cast, heads):
    text = TEXT.split("\n\n某市")[0]
    desk = started(cast, text=text)
    assert edit(desk, head=heads["committee"]).status_code == 302
    desk.issued()
    document = desk.draft.document
    assert (document.full_number, document.issuer) == ("某安委〔2026〕1号", COMMITTEE)
    words, meta = official_of(document.content, document)
    assert head_words(words, meta).organs == (f"{COMMITTEE}文件",)
    assert words.with_meta(meta).signed_by == (COMMITTEE,)
    assert imprint_words(words, meta).printer == OFFICE
    page = identity(Client(), cast.clerk).get(f"/documents/{document.pk}/").content.decode()
    assert f"<dd>{COMMITTEE}</dd>" in page


def test_a_mark_may_do_without_the_word_file(cast):
    save(cast, plain=True)
    words, meta = words_of(started(cast).draft)
    assert head_words(words, meta).organs == (OFFICE,)


def test_who_changes_the_kind_gets_the_head_of_that_kind_however_often_it_is_saved(cast, heads):
    desk = started(cast)
    for _ in range(2):
        assert edit(desk, kind="letter", head="").status_code == 302
        assert desk.draft.code == "某安办函"
    assert edit(desk, kind="letter", head=heads["office"]).status_code == 302
    assert desk.draft.code == "某安办"
    assert edit(desk, head="none", code="某安办").status_code == 302
    assert desk.draft.head is None


def test_a_head_for_other_kinds_is_refused_and_nothing_typed_is_lost(cast, heads):
    answer = edit(started(cast), head=heads["letter"], text="我写的")
    assert answer.status_code == 422
    assert all(words in answer.content.decode() for words in ("只用于函", "我写的"))


def test_the_numbers_of_each_code_have_no_gap(cast, heads):
    numbers = [
        started(cast, code=code).registered().draft.document.full_number for code in ("某安办", "某安委") * 2
    ]
    assert numbers == ["某安办〔2026〕1号", "某安委〔2026〕1号", "某安办〔2026〕2号", "某安委〔2026〕2号"]


def test_what_is_signed_names_its_head(cast, heads):
    desk = started(cast)
    before = digest_of(desk.draft)
    edit(desk, head=heads["committee"])
    assert digest_of(desk.draft) != before


def test_a_change_is_another_one_and_a_draft_keeps_its_own(cast, heads):
    desk = started(cast)
    client = identity(Client(), cast.office_head)
    changed = {"organ": cast.office.pk, "name": OFFICE, "code": "某安秘", "start": "2026-06-13"}
    assert client.post(f"{HEADS}{heads['office']}/", changed).url == HEADS
    old = Letterhead.objects.get(pk=heads["office"])
    assert (old.state, bool(old.stopped_on)) == ("stopped", True)
    assert desk.save(text=f"{TEXT}\n").draft.head_id == old.pk
    assert desk.signed().draft.code == "某安办"
    assert first_bad()[1] is None


def test_what_takes_anothers_place_begins_at_once(cast, heads):
    with pytest.raises(Refused, match="从今天起用"):
        save(cast, code="某安秘", former=heads["office"], start=dt.date(2099, 1, 1))
    assert Letterhead.objects.get(pk=heads["office"]).state == "in_use"


def test_one_that_is_stopped_or_not_begun_is_offered_to_nobody(cast, heads):
    save(cast, code="某安督", start=dt.date(2099, 1, 1))
    stop_head(head=heads["committee"], actor=actor(cast.administrator), at=MORNING)
    desk = started(cast)
    client = identity(Client(), cast.clerk)
    page = client.get(f"/documents/drafts/{desk.pk}/edit/").content.decode()
    assert "某安办函" in page
    assert not any(code in page for code in ("某安督", "某安委"))
    with pytest.raises(Refused, match="重新选择"):
        desk.save(head=Letterhead.objects.get(pk=heads["committee"]))


@pytest.mark.parametrize("who", ["clerk", "auditor"])
def test_others_read_and_change_nothing(cast, heads, who):
    seat = getattr(cast, who)
    client = identity(Client(), seat)
    assert OFFICE in client.get(HEADS).content.decode()
    assert "新增版头" not in client.get(HEADS).content.decode()
    one = f"{HEADS}{heads['office']}/"
    assert [client.post(one, {}).status_code, client.post(f"{one}stop/").status_code] == [403, 403]
    with pytest.raises(Refused, match="安办主任和系统管理员"):
        save(cast, code="某安督", actor=actor(seat))
    with pytest.raises(Refused, match="安办主任和系统管理员"):
        stop_head(head=heads["office"], actor=actor(seat), at=MORNING)


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"code": "某〔2026〕<b>"}, "2到10个汉字"),
        ({"code": "某安办"}, "已有名称、代字相同"),
        ({"start": "昨天"}, "日期"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(cast, heads, said, says):
    client = identity(Client(), cast.administrator)
    typed = {"organ": cast.office.pk, "name": OFFICE, "code": "某安督", "start": "2026-06-01"} | said
    answer = client.post(f"{HEADS}new/", typed)
    assert answer.status_code == 422
    assert all(words in answer.content.decode() for words in (says, OFFICE))


def test_the_list_and_the_editor_cost_the_same_with_ten_times_the_rows(cast, heads):
    desk, made = started(cast), []
    for count in (2, 20):
        for n in range(count):
            save(cast, f"{count}乡{n}")
        for seat, url in ((cast.auditor, HEADS), (cast.clerk, f"/documents/drafts/{desk.pk}/edit/")):
            with CaptureQueriesContext(connection) as queries:
                identity(Client(), seat).get(url)
            made.append(len(queries))
    assert made[:2] == made[2:]
    assert Draft.objects.count() == 1
