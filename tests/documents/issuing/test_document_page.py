"""The page of one document: who sees what of it, and a new draft that corrects it or begins with its text."""

import pytest
from django.test import Client

from documents.models import Document, Draft
from foundation.journal.moves import create
from foundation.organization.actors import SYSTEM
from tests.cast import identity

from .desk import MORNING, Desk


@pytest.fixture
def desk(cast) -> Desk:
    return Desk(cast).start()


def at(desk: Desk) -> str:
    return f"/documents/{desk.draft.document_id}/"


def page(desk: Desk, seat) -> str:
    return identity(Client(), seat).get(at(desk)).content.decode()


def again(desk: Desk, do: str, seat=None):
    client = identity(Client(), seat or desk.cast.clerk)
    return client.post(f"{at(desk)}again/{do}/", follow=True)


def test_it_shows_its_pages_its_facts_and_every_format(desk):
    found = page(desk.issued(), desk.cast.clerk)
    facts = (
        "某安办〔2026〕1号",
        "谢长青",
        "核验码",
        "PDF/A 存档",
        "OFD",
        "Word",
        "文本",
        f"{at(desk)}pages/1.png",
    )
    assert all(words in found for words in facts)
    client = identity(Client(), desk.cast.town.head)
    picture = client.get(f"{at(desk)}pages/1.png")
    assert b"".join(picture)[:4] == b"\x89PNG"
    assert [client.get(f"{at(desk)}pages/{number}.png").status_code for number in (0, 9)] == [404, 404]


def test_pictures_of_an_issued_paper_are_handed_out_at_its_own_address_alone(desk, settings):
    client = identity(Client(), desk.issued().cast.clerk)
    b"".join(client.get(f"{at(desk)}pages/1.png"))
    (picture,) = settings.PICTURES_DIR.rglob("*.png")
    assert client.get(f"/documents/pages/{picture.stem}.png").status_code == 404


def test_the_office_sees_how_it_came_about_and_units_do_not(desk):
    desk.issued()
    inside, outside = page(desk, desk.cast.auditor), page(desk, desk.cast.town.head)
    steps = ("核稿：同意", "安办主任签发：同意", "复核", "登记编号", "用印", "印发")
    assert all(words in inside for words in steps)
    assert not any(words in outside for words in ("核稿", "办理过程", "/documents/drafts/"))


def test_before_it_is_issued_it_is_the_offices_alone(desk):
    found = page(desk.registered(), desk.cast.clerk)
    assert all(words in found for words in ("还没有印发", f"/documents/drafts/{desk.pk}/act/void/"))
    assert identity(Client(), desk.cast.town.head).get(at(desk)).status_code == 403


def test_a_void_one_says_so(desk):
    desk.registered().act("void", reason="有误。")
    assert "没有印发" in page(desk, desk.cast.clerk)


def test_a_file_that_is_no_pdf_shows_no_pages(cast):
    values = {"kind": "notice", "title": "通知", "organ": cast.office, "subject": "plans.plan", "subject_id": 1,
              "state": "issued", "issued_on": MORNING.date()}  # fmt: skip
    (pk,) = create(Document, values, actor=SYSTEM, at=MORNING)
    found = identity(Client(), cast.clerk).get(f"/documents/{pk}/").content.decode()
    assert "正在生成" in found
    assert "下载" not in found


def test_a_correction_names_what_it_corrects_and_both_show_it(desk):
    desk.issued()
    answer = again(desk, "correct")
    new = Draft.objects.latest("pk")
    assert answer.redirect_chain[-1][0] == f"/documents/drafts/{new.pk}/edit/"
    assert (new.title, new.corrects_id) == ("关于更正《关于开展检查的通知》的通知", desk.draft.document_id)
    assert (
        "各镇：\n某市安全生产委员会办公室2026年6月12日印发的《关于开展检查的通知》（某安办〔2026〕1号）有误"
        in new.text
    )
    assert new.title in page(desk, desk.cast.clerk)
    assert new.title not in page(desk, desk.cast.town.head)
    Desk(desk.cast, new.pk, desk.now).issued()
    assert "某安办〔2026〕2号" in page(desk, desk.cast.town.head)
    assert "某安办〔2026〕1号" in page(Desk(desk.cast, new.pk), desk.cast.town.head)


def test_what_is_not_issued_yet_is_not_corrected(desk):
    assert "不用另发更正" in again(desk.registered(), "correct").content.decode()
    assert Draft.objects.count() == 1


def test_a_draft_begins_with_the_text_of_an_old_one(desk):
    desk.save(cc=["市政府办"]).issued()
    again(desk, "reuse")
    new = Draft.objects.latest("pk")
    assert (new.text, new.cc, new.code, new.corrects) == (desk.draft.text, ["市政府办"], "某安办", None)


@pytest.mark.parametrize(("who", "do", "status"), [("auditor", "reuse", 403), ("clerk", "fly", 404)])
def test_only_the_office_begins_anew_and_only_so(desk, who, do, status):
    assert again(desk.issued(), do, getattr(desk.cast, who)).status_code == status


def test_a_form_is_no_text_to_begin_with(cast):
    values = {"kind": "approval_form", "title": "审批单", "organ": cast.office, "subject": "tasks.task", "subject_id": 1,
              "state": "issued", "issued_on": MORNING.date()}  # fmt: skip
    (pk,) = create(Document, values, actor=SYSTEM, at=MORNING)
    answer = identity(Client(), cast.clerk).post(f"/documents/{pk}/again/reuse/", follow=True)
    assert "系统生成的表单" in answer.content.decode()


def test_what_one_person_saves_again_and_again_is_one_line(desk):
    for n in range(3):
        desk.save(text=f"{desk.draft.text}{n}")
    found = identity(Client(), desk.cast.clerk).get(f"/documents/drafts/{desk.pk}/").content.decode()
    assert (found.count("修改文稿"), "共保存 3 次" in found) == (1, True)
