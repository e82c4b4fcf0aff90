"""The life of a document, as minutes of cases."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from documents.archiving.permissions import unarchived
from documents.archiving.services import Choice, archive_documents
from documents.issuing.content import digest_of, words_of
from documents.issuing.services import save_draft
from documents.models import ArchiveItem, Document, Draft
from documents.models import document as documents
from foundation.jobs import queue
from foundation.journal.guard import lifted
from foundation.journal.models import Entry
from foundation.journal.verify import first_bad
from foundation.organization.models import Appointment
from foundation.organization.refusals import Refused
from tests.cast import SINCE, Cast

from .desk import TEXT, Desk

RARE = "\U0001f44d"  # no face draws it
WIDE = "\t".join("栏" * 60)


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return Desk(cast).start()


def entry(desk: Desk, verb: str) -> Entry:
    return Entry.objects.get(target="documents.draft", target_id=desk.pk, verb=f"documents.draft.{verb}")


def second_head(desk: Desk) -> Appointment:
    person = desk.cast.other.head.person
    return Appointment.objects.create(person=person, unit=desk.cast.office, post="office_head", start=SINCE)


def test_from_the_first_word_to_the_archive(desk):
    assert desk.state == "drafting"
    assert desk.send().waits_for() == {"苏珺"}  # not who drafted it
    assert desk.decide(desk.cast.twice_office).waits_for() == {"谢长青"}
    assert desk.decide(desk.cast.office_head).state == "signed"
    assert desk.act("check", found="right").state == "checked"
    assert desk.act("register").draft.document.full_number == "某安办〔2026〕1号"
    assert desk.act("seal").state == "sealed"
    with pytest.raises(Refused, match="还在生成"):
        desk.act("issue").act("archive")
    queue.run_due(desk.now)
    assert (desk.state, desk.draft.document.state) == ("issued", "issued")
    assert desk.act("archive").state == "archived"
    assert desk.draft.document.archive_items.get().reference.endswith("-0001")
    assert first_bad()[1] is None


def test_the_item_keeps_who_drafted_signed_and_said_what(desk):
    desk.send().decide(desk.cast.twice_office, opinion="请核对日期").decide(desk.cast.office_head)
    desk.act("check", found="right").act("register").act("seal").act("issue")
    queue.run_due(desk.now)
    form = desk.act("archive").draft.document.archive_items.get().content["form"]
    said = [(one["person"], one["text"]) for one in form["opinions"] if one["signed"]]
    assert said == [("苏珺", "请核对日期"), ("谢长青", "")]
    assert ["签发人", "谢长青"] in form["facts"]


@pytest.mark.parametrize("who", ["clerk", "office_head"])
def test_what_is_arranged_among_others_ends_its_flow_too(desk, who):
    pk = desk.issued().draft.document_id
    chosen = {pk: Choice("permanent", "长期有效")}
    (item,) = archive_documents(documents=[pk], chosen=chosen, **desk.by(getattr(desk.cast, who)))
    assert (desk.state, desk.draft.process.status) == ("archived", "DONE")
    assert ArchiveItem.objects.get(pk=item).term == "permanent"
    with pytest.raises(Refused, match="已经归档"):
        archive_documents(documents=[pk], chosen={}, **desk.by(desk.cast.clerk))


def test_nobody_else_arranges_what_its_flow_would_archive(desk):
    with pytest.raises(Refused, match="安委办归档"):
        archive_documents(
            documents=[desk.issued().draft.document_id], chosen={}, **desk.by(desk.cast.auditor)
        )
    assert desk.state == "issued"


def test_the_number_comes_after_signing_and_the_date_is_the_day_of_signing(desk):
    desk.signed()
    assert not Document.objects.exists()
    desk.act("check", found="right")
    desk.now += dt.timedelta(days=3)
    document = desk.act("register").draft.document
    assert (document.number, document.issued_on) == (1, dt.date(2026, 6, 12))
    parsed, meta = words_of(desk.draft)
    assert parsed.with_meta(meta).dated == dt.date(2026, 6, 12)


def test_nobody_signs_what_they_drafted(cast):
    desk = Desk(cast).start()
    Draft.objects.filter(pk=desk.pk).update(drafted_by=cast.office_head)
    with pytest.raises(Refused, match="不能签发自己起草"):
        desk.send()
    assert desk.state == "drafting"


def test_nobody_signs_what_they_wrote_on(desk):
    save_draft(draft=desk.pk, revision=1, text=TEXT + "。", **desk.by(desk.cast.office_head))
    with pytest.raises(Refused, match="修改过"):
        desk.send()
    second_head(desk)
    assert desk.send().decide(desk.cast.twice_office).waits_for() == {"陆堃"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "文稿是空的"),
        ("标题", "还没有写正文"),
        ("标题\n\n正文。", "没有主送"),
        ("标题\n\n各镇：\n正文。\n某办\n2026年2月30日", "日历上没有"),
        (f"标题\n\n各镇：\n正文{RARE}。", "改用其他写法.*1F44D"),
        (f"标题\n\n各镇：\n正文。\n{WIDE}\n{WIDE}", "移到附件里单独成表"),
    ],
)
def test_what_cant_be_set_is_not_sent(cast, text, says):
    desk = Desk(cast).start(text=text)
    with pytest.raises(Refused, match=says):
        desk.send()
    assert desk.state == "drafting"


def test_every_named_unit_signs_before_the_head(desk):
    desk.save(cosigners=["jia", "bing"]).send().decide(desk.cast.twice_office)
    assert desk.waits_for() == {"周晓岚", "程翀"}
    desk.decide(desk.cast.town.head)
    assert desk.waits_for() == {"程翀"}
    assert desk.decide(desk.cast.department.head).waits_for() == {"谢长青"}


def test_a_joint_paper_is_signed_by_the_units_that_cosign_it(cast):
    desk = Desk(cast).start(kind="request", cosigners=["bing", "jia"], joint=True).send()
    desk.decide(cast.twice_office).decide(cast.town.head).decide(cast.department.head).decide(
        cast.office_head
    )
    desk.act("check", found="right").act("register")
    words, meta = words_of(desk.draft)
    assert meta.organs == ("某市安全生产委员会办公室", "甲镇人民政府", "某市丙局")
    assert meta.signers == ("谢长青", "周晓岚", "程翀")
    assert words.with_meta(meta).signed_by == meta.organs


def test_a_joint_paper_of_nobody_else_is_not_sent(desk):
    with pytest.raises(Refused, match="会签单位"):
        desk.save(joint=True).send()
    assert digest_of(desk.draft) != digest_of(desk.save(joint=False).draft)


def test_a_unit_that_disagrees_is_heard_with_the_others_and_sends_it_back(desk):
    desk.save(cosigners=["jia", "bing"]).send().decide(desk.cast.twice_office)
    desk.decide(desk.cast.town.head, "disagree", "本镇不具备条件。").decide(desk.cast.department.head)
    assert desk.state == "returned"


def test_a_named_unit_without_a_head_is_told_before_anybody_is_asked(desk):
    Appointment.objects.filter(pk=desk.cast.town.head.pk).update(revoked=True)
    with pytest.raises(Refused, match="会签单位甲镇没有在任的主要负责人"):
        desk.save(cosigners=["jia"]).send()


def test_what_goes_upward_is_signed_by_the_main_head_and_names_them(cast):
    Appointment.objects.create(person=cast.town.head.person, unit=cast.office, post="head", start=SINCE)
    desk = Desk(cast).start(kind="report", text=TEXT.replace("通知", "报告"))
    desk.send().decide(cast.twice_office).decide(cast.office_head)
    assert desk.state == "in_approval"
    desk.decide(Appointment.objects.get(unit=cast.office, post="head"))
    assert words_of(desk.draft)[1].signer == "周晓岚"


def test_who_is_the_main_head_is_asked_of_the_day_it_is_sent(cast):
    later = dt.date(2026, 7, 1)
    Appointment.objects.create(person=cast.town.head.person, unit=cast.office, post="head", start=later)
    desk = Desk(cast).start(kind="report")
    assert desk.signed().state == "signed"


def test_returned_it_is_changed_and_sent_again(desk):
    desk.send().decide(desk.cast.twice_office, "return", "标题不准确。")
    assert desk.state == "returned"
    desk.save(text=TEXT.replace("检查", "排查")).signed()
    assert (desk.state, desk.draft.title) == ("signed", "关于开展排查的通知")


def test_taken_back_it_can_be_written_again(desk):
    assert desk.send().act("withdraw").state == "withdrawn"
    desk.save(text=TEXT + "\n").send()
    with pytest.raises(Refused):
        desk.save(text="签批中不能改")


def test_an_editorial_change_is_kept_line_by_line(desk):
    desk.signed().act("check", found="editorial", text=TEXT.replace("按时", "按时、按要求"))
    assert desk.state == "checked"
    assert entry(desk, "amend").data["difference"] == ["- 请按时开展检查。", "+ 请按时、按要求开展检查。"]


def test_a_change_in_substance_goes_back_to_the_signer(desk):
    desk.signed().act("check", found="substantial", text=TEXT.replace("各镇", "各镇、市丙局"))
    assert (desk.state, desk.waits_for()) == ("signing_again", {"谢长青"})
    desk.now += dt.timedelta(days=1)
    assert desk.decide(desk.cast.office_head).state == "checked"
    assert desk.draft.signed_on == dt.date(2026, 6, 13)


@pytest.mark.parametrize(("gone", "asked"), [(False, {"陆堃"}), (True, {"谢长青"})])
def test_the_very_signer_reads_it_again_while_they_hold_the_post(desk, gone, asked):
    second = second_head(desk)
    desk.send().decide(desk.cast.twice_office).decide(second)
    Appointment.objects.filter(pk=second.pk).update(revoked=gone)
    assert desk.act("check", found="substantial", text=TEXT + "另").waits_for() == asked


def test_the_signer_who_says_no_to_the_change_sends_it_back_to_be_written_again(desk):
    desk.signed().act("check", found="substantial", text=TEXT + "另")
    assert desk.decide(desk.cast.office_head, "return", "不同意改动。").state == "returned"
    assert desk.send().waits_for() == {"苏珺"}  # the whole way again


def test_the_check_sends_it_back_with_a_reason(desk):
    desk.signed()
    with pytest.raises(Refused, match="理由"):
        desk.act("check", found="back")
    assert desk.act("check", found="back", reason="附件未附。").state == "returned"


@pytest.mark.parametrize("how", ["back", "returned", "withdrawn"])
def test_what_goes_back_is_signed_by_nobody(cast, how):
    desk = Desk(cast).start(kind="report").signed()
    if how == "back":
        desk.act("check", found="back", reason="附件未附。")
    else:
        desk.act("check", found="substantial", text=TEXT + "另")
        desk.act("withdraw") if how == "withdrawn" else desk.decide(cast.office_head, "return", "不同意。")
    assert (desk.draft.signer, desk.draft.signed_on) == (None, None)
    meta = words_of(desk.draft)[1]
    assert (meta.signer, meta.issued_on) == ("", None)


@pytest.mark.parametrize("found", ["editorial", "substantial"])
def test_a_change_that_changes_nothing_is_refused(desk, found):
    with pytest.raises(Refused, match="没有改动"):
        desk.signed().act("check", found=found, text=TEXT)
    assert desk.state == "signed"


@pytest.mark.parametrize("found", ["editorial", "substantial"])
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "文稿是空的"),
        ("标题", "还没有写正文"),
        (TEXT + RARE, "改用其他写法"),
        ("标题\n\n正文。", "没有主送"),
    ],
)
def test_a_change_that_cant_be_set_is_refused(desk, found, text, says):
    with pytest.raises(Refused, match=says):
        desk.signed().act("check", found=found, text=text)
    assert (desk.state, desk.draft.text) == ("signed", TEXT)


def test_what_was_signed_and_cant_be_set_gets_no_number(desk):
    desk.signed()
    Draft.objects.filter(pk=desk.pk).update(text=TEXT + RARE)
    with pytest.raises(Refused, match="改用其他写法"):
        desk.act("check", found="right")
    assert desk.act("check", found="back", reason="有不能印的字。").state == "returned"


@pytest.mark.parametrize("do", ["check", "register", "seal", "issue", "archive"])
def test_only_the_clerk_handles(desk, do):
    data = {"found": "right"} if do == "check" else {}
    for seat in (desk.cast.office_head, desk.cast.auditor, desk.cast.town.liaison):
        with pytest.raises(Refused, match="安办经办"):
            desk.act(do, seat, **data)


@pytest.mark.parametrize("do", ["register", "seal", "issue", "archive"])
def test_no_step_is_left_out(desk, do):
    with pytest.raises(Refused, match="当前“已签发”"):
        desk.signed().act(do)


def test_the_second_of_two_who_press_at_once_is_told(desk):
    desk.registered()
    with pytest.raises(Refused, match="当前“已登记编号”"):
        desk.act("register")
    assert Document.objects.count() == 1


def test_a_void_number_stays_taken(desk):
    desk.registered().act("void", reason="内容有误。")
    assert (desk.state, desk.draft.document.state) == ("void", "void")
    assert Desk(desk.cast).start().registered().draft.document.number == 2


def test_given_up_while_it_waits_for_a_signature_nobody_is_asked_any_more(desk):
    desk.send().act("void", reason="不发了。")
    assert (desk.state, desk.waits_for()) == ("void", set())
    with pytest.raises(Refused):
        desk.act("void", reason="再次作废。")


def test_what_is_issued_is_not_given_up(desk):
    with pytest.raises(Refused, match="已印发"):
        desk.issued().act("void", reason="有误。")


def test_what_was_issued_can_be_changed_by_nobody(desk):
    pk = desk.issued().draft.document_id
    document = Document.objects.get(pk=pk)
    assert document.digest == documents.digest_of(document)
    for change in (
        {"content": {}},
        {"title": "另"},
        {"number": 9},
        {"state": "void"},
        {"issued_on": "2026-01-01"},
    ):
        with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
            Document.objects.filter(pk=pk).update(**change)


def test_a_number_once_given_is_never_changed(desk):
    document = desk.registered().draft.document_id
    with pytest.raises(DatabaseError), transaction.atomic():
        Document.objects.filter(pk=document).update(number=7)


def test_a_correction_names_the_old_one_which_shows_it(desk):
    old = desk.issued().draft.document
    new = Desk(desk.cast).start(corrects=old)
    assert [one.pk for one in old.corrections.all()] == [new.pk]
    assert digest_of(new.draft) != digest_of(desk.draft)


def test_its_form_tells_through_whose_hands_it_went_and_is_archived_with_it(desk):
    desk.save(cosigners=["jia"]).send().decide(desk.cast.twice_office, opinion="已核。").decide(
        desk.cast.town.head
    )
    desk.decide(desk.cast.office_head).act("check", found="editorial", text=TEXT + "\n").act("register")
    desk.act("seal").act("issue")
    slip = Document.objects.get(subject="documents.document")
    facts = dict(slip.content["facts"])
    assert (slip.title, facts["发文字号"], facts["会签单位"]) == (
        "“关于开展检查的通知”发文处理单",
        "某安办〔2026〕1号",
        "甲镇",
    )
    assert facts["复核"].startswith("罗书言 2026年6月12日")
    assert "印发" in facts
    assert [one["step"] for one in slip.content["opinions"]] == ["核稿", "会签", "安办主任签发"]
    queue.run_due(desk.now)
    kept = desk.act("archive").draft.document.archive_items.get().content["files"]
    assert [one["role"] for one in kept] == ["正文", "审批单"]
    assert not Document.objects.filter(unarchived()).exists()


def test_it_is_not_archived_while_its_form_is_being_made(desk):
    desk.issued()
    with lifted():
        Document.objects.filter(subject="documents.document").update(state="registered")
    with pytest.raises(Refused, match="还在生成"):
        desk.act("archive")
