"""The pages of a draft: what each person is offered, and that an act from a page does what the service does."""

import pytest
from django.test import Client

from approvals.models import Approval
from documents.models import Draft
from foundation.jobs import queue
from tests.cast import identity
from tests.documents.sealing.seals import seal

from .desk import TEXT, Desk


@pytest.fixture
def desk(cast) -> Desk:
    return Desk(cast).start()


@pytest.fixture
def clerk(cast):
    return identity(Client(), cast.clerk)


def page(desk: Desk, seat, path: str = "") -> str:
    return identity(Client(), seat).get(f"/documents/drafts/{desk.pk}/{path}").content.decode()


def act(client, desk: Desk, do: str, **fields) -> str:
    answer = client.post(f"/documents/drafts/{desk.pk}/act/{do}/", fields, follow=True)
    return answer.content.decode()


def test_a_whole_life_by_the_pages(desk, clerk):
    assert "已送签" in act(clerk, desk, "send", cosigners=["jia"])
    desk.decide(desk.cast.twice_office).decide(desk.cast.town.head).decide(desk.cast.office_head)
    assert "已复核" in act(clerk, desk, "check", found="right", text=TEXT, revision=desk.draft.revision)
    assert "某安办〔2026〕1号" in act(clerk, desk, "register")
    assert "已用印" in act(clerk, desk, "seal", seal="")
    assert "已印发" in act(clerk, desk, "issue")
    assert desk.state == "issued"


def test_the_step_under_way_stands_out(desk):
    assert '<strong aria-current="step">起草</strong>' in page(desk, desk.cast.clerk)
    desk.signed()
    assert '<strong aria-current="step">复核</strong>' in page(desk, desk.cast.auditor)


@pytest.mark.parametrize(("who", "offered"), [("clerk", True), ("office_head", False), ("auditor", False)])
def test_only_who_may_is_offered_the_act(desk, who, offered):
    desk.signed()
    assert ("act/check/" in page(desk, getattr(desk.cast, who))) is offered


def test_a_signer_opens_the_draft_and_its_proof_and_others_of_the_unit_do_not(desk):
    desk.save(cosigners=["jia"]).send().decide(desk.cast.twice_office)
    assert "请按时开展检查" in page(desk, desk.cast.town.head)
    assert identity(Client(), desk.cast.town.deputy).get(f"/documents/drafts/{desk.pk}/").status_code == 403


def test_the_approval_shows_the_text(desk):
    desk.send()
    shown = identity(Client(), desk.cast.twice_office).get(f"/approvals/{Approval.objects.get().pk}/")
    assert all(words in shown.content.decode() for words in ("请按时开展检查", "版面 PDF"))


def test_who_cosigns_a_joint_paper_sees_that_their_unit_signs_it_too(desk):
    desk.save(cosigners=["jia"], joint=True).send().decide(desk.cast.twice_office)
    shown = identity(Client(), desk.cast.town.head).get(f"/approvals/{Approval.objects.get().pk}/")
    assert "某市安全生产委员会办公室、甲镇人民政府</dd>" in shown.content.decode()


def test_the_proof_is_a_pdf_that_says_draft(desk, clerk):
    answer = clerk.get(f"/documents/drafts/{desk.pk}/proof/")
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


@pytest.mark.parametrize(
    ("tail", "says"),
    [("某办\n2026年2月30日", "日历上没有"), ("\n".join(["\t".join("栏" * 60)] * 2), "用最小的字也排不下")],
)
def test_a_text_that_cant_be_set_says_so_instead_of_a_proof(cast, clerk, tail, says):
    desk = Desk(cast).start(text=f"标题\n\n正文。\n{tail}")
    answer = clerk.get(f"/documents/drafts/{desk.pk}/proof/", follow=True)
    assert says in answer.content.decode()


def test_without_fonts_it_says_so_instead_of_a_proof(desk, clerk, no_fonts):
    answer = clerk.get(f"/documents/drafts/{desk.pk}/proof/", follow=True)
    assert "script/fonts" in answer.content.decode()


def test_what_was_typed_at_the_check_is_kept_when_it_is_refused(desk, clerk):
    desk.signed()
    answer = clerk.post(
        f"/documents/drafts/{desk.pk}/act/check/",
        {"found": "back", "text": "我改的", "reason": "", "revision": 1},
    )
    assert answer.status_code == 422
    assert all(words in answer.content.decode() for words in ("退回要写明理由", "我改的"))


def test_a_check_of_a_text_that_changed_meanwhile_is_refused_and_kept(desk, clerk):
    read = clerk.get(f"/documents/drafts/{desk.signed().pk}/act/check/").context["form"]
    desk.act("check", found="back", reason="改标题。").save(text=f"{TEXT}\n（此件公开发布）").signed()
    sent = {"found": "editorial", "text": "我改的", "revision": read["revision"].value()}
    answer = clerk.post(f"/documents/drafts/{desk.pk}/act/check/", sent)
    assert (answer.status_code, desk.state) == (422, "signed")
    assert all(words in answer.content.decode() for words in ("罗书言 09:", "保存过这份文稿", "我改的"))


def test_what_is_typed_at_the_check_is_tidied_as_in_the_editor(desk, clerk):
    sent = {"found": "editorial", "text": f"{TEXT}\u200b\r\n● 附注", "revision": desk.signed().draft.revision}
    clerk.post(f"/documents/drafts/{desk.pk}/act/check/", sent)
    assert desk.draft.text == f"{TEXT}\n附注"


def test_an_act_whose_time_is_not_there_says_where_the_draft_stands(desk, clerk):
    assert "当前“起草中”" in page(desk, desk.cast.clerk, "act/seal/")
    answer = clerk.post(f"/documents/drafts/{desk.pk}/act/seal/", {"seal": ""})
    assert (answer.status_code, Draft.objects.get().state) == (422, "drafting")


def test_a_seal_of_another_organ_is_not_offered(desk, clerk):
    desk.registered()
    assert clerk.post(f"/documents/drafts/{desk.pk}/act/seal/", {"seal": "99"}).status_code == 422


def test_of_a_joint_paper_each_organ_is_offered_its_seal(desk, clerk):
    cast, named = desk.cast, {"posts": [], "seats": [desk.cast.clerk]}
    own, theirs = seal(cast, **named), seal(cast, organ=cast.town.unit, name="甲镇印章", **named)
    assert "已送签" in act(clerk, desk, "send", cosigners=["jia"], joint="on")
    desk.decide(cast.twice_office).decide(cast.town.head).decide(cast.office_head)
    desk.act("check", found="right").act("register")
    assert "甲镇用印" in page(desk, cast.clerk, "act/seal/")
    assert clerk.post(f"/documents/drafts/{desk.pk}/act/seal/", {"seal": theirs}).status_code == 422
    assert "已用印" in act(clerk, desk, "seal", seal=own, seal_jia=theirs)
    found = page(desk, cast.clerk)
    assert "联合行文" in found
    document = clerk.get(f"/documents/{desk.draft.document_id}/").content.decode()
    assert "办公室印章" in document
    assert "甲镇印章" in document


def test_an_act_nobody_knows_is_not_there(desk, clerk):
    assert clerk.get(f"/documents/drafts/{desk.pk}/act/fly/").status_code == 404


def test_a_unit_finds_what_was_issued_without_a_way_to_its_draft(desk):
    desk.registered().act("seal")
    town = identity(Client(), desk.cast.town.liaison)
    assert "关于开展检查的通知" not in town.get("/archive/").content.decode()
    desk.act("issue")
    queue.run_due(desk.now)
    found = town.get("/archive/").content.decode()
    assert "某安办〔2026〕1号" in found
    assert f"/documents/drafts/{desk.pk}/" not in found
