"""What each paper of a case says, and what is missing before it can be made."""

from __future__ import annotations

import pytest

from documents.models import Document
from foundation.jobs import queue
from foundation.journal.models import Entry
from foundation.organization.refusals import Refused
from tests.cast import actor
from tests.workflows.cases.fined import CODE, NUMBER
from tests.workflows.cases.referring.minutes import Minutes
from workflows.cases.models import CaseEvent, Decision, PaperDraft
from workflows.cases.papers.catalogue import PAPERS
from workflows.cases.papers.dossier import dossier_of
from workflows.cases.papers.services import about_of, draft_of, keep_draft, make_paper
from workflows.cases.parties.decisions import annul_decision

from ..test_register import NOW
from .desk import TYPED, Desk, pages_of, text_of


@pytest.fixture
def bare(cast) -> Desk:
    return Desk(cast)


@pytest.fixture
def desk(bare) -> Desk:
    return bare.whole()


def has(text: str, *words: str) -> bool:
    missing = [word for word in words if word not in text]
    assert not missing, (missing, text)
    return True


def test_the_letter_has_suspects_crime_materials_and_a_receipt_of_its_own_page(desk):
    letter = desk.make("letter")
    assert letter.full_number == "甲府移〔2026〕1号"
    assert has(
        text_of(letter), "某市公安局：", "浛洸厂", "堃某（浛洸厂主要负责人）", CODE, NUMBER, "《刑法》第一百三十四条之一",
        "涉嫌危险作业罪", "国务院令第310号", "承办人：赖安宁", "联系电话：", "3.涉案物品清单：没有", "甲镇人民政府2026年6月1日",
    )  # fmt: skip
    last = "".join(line["text"] for line in pages_of(letter)[-1]["lines"])
    assert has(last, "（回执）", "甲府移〔2026〕1号", "甲镇人民政府：", "（接收单位印章）")


def test_made_again_it_is_offered_its_number_and_takes_a_new_one_only_when_that_is_cleared(desk):
    desk.make("letter")
    kept = draft_of(desk.pk, "letter", 0)["number"]
    assert kept == "甲府移〔2026〕1号"
    assert desk.make("letter", number=kept).number is None
    assert desk.make("letter", number="").number == 2


def test_the_number_that_was_recorded_with_the_step_is_offered(desk):
    CaseEvent.objects.filter(step="handed_over").update(number="甲移〔2026〕9号")
    about = about_of(dossier_of(desk.row, NOW), PAPERS["letter"], 0)
    (line,) = [one for one in PAPERS["letter"].fields(about) if one.name == "number"]
    assert line.first(about) == "甲移〔2026〕9号"


def test_a_number_that_was_typed_is_printed_and_takes_none_of_the_register(desk):
    letter = desk.make("letter", number="某移〔2026〕7号")
    assert (letter.number, "某移〔2026〕7号" in text_of(letter)) == (None, True)
    assert desk.make("letter").number == 1


def test_the_report_tells_source_facts_evidence_law_and_opinion_without_numbers_of_people(desk):
    text = desk.text("report")
    assert has(
        text,
        "群众举报",
        "关闭报警器三日。",
        "报警主机（物证）",
        "《安全生产法》第九十九条第（四）项",
        "处理意见移送公安机关。",
    )
    assert not {CODE, NUMBER} & {text[n : n + 18] for n in range(len(text))}


def test_lists_name_things_and_materials_with_the_reason_where_one_is_absent(desk):
    assert has(desk.text("items"), "报警主机", "一台，封存在甲镇", "2026年3月20日", "接收人（签名）")
    assert has(desk.text("materials"), "涉案物品清单 无 没有", "证据：现场照片 有 视听资料")


def test_the_approval_form_has_the_report_and_the_decision_of_the_head(desk):
    assert has(
        desk.text("approval"), "危险作业罪", "2026年3月2日", "批准移送", "正职负责人", "2026年3月3日 10:20"
    )


def test_the_approval_form_of_a_referral_in_the_product_has_the_opinion_and_signature_of_its_head(cast):
    case = Minutes(cast)
    case.reports()
    case.decides(cast.town.head, "agree", "03-03 10:20", "同意移送。")
    pk = make_paper(case=case.pk, paper="approval", about=0, typed={}, actor=case.by, at=NOW)
    queue.run_due(NOW)
    assert has(text_of(Document.objects.get(pk=pk)), "关闭报警器，涉嫌危险作业罪。", "同意移送。", "周晓岚")


def test_before_anybody_decided_there_is_room_to_sign_by_hand(bare):
    for line in ("03-02 09:00 team", "03-02 15:00 reported"):
        bare.happened(line)
    assert has(bare.text("approval"), "负责人意见", "签名：")


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (
            "entity",
            ("（单位）", "罚〔2026〕1号", f"统一社会信用代码：{CODE}", "住所：某路1号", "第一百零一条"),
        ),
        (
            "person",
            ("（个人）", "罚〔2026〕2号", f"公民身份号码：{NUMBER}", "住址：某路1号", "第九十四条第一款"),
        ),
    ],
)
def test_a_decision_has_party_law_amount_in_words_and_remedies_of_the_pack(desk, who, words):
    text = desk.text("penalty", Decision.objects.get(party__kind=who).pk)
    assert has(
        text, *words, "罚款人民币30,000元（大写：叁万元整）", "15日内", "60日内向某市人民政府申请行政复议", "6个月内依法向某市人民法院",
        "2026年3月20日",
    )  # fmt: skip


def test_remedies_of_a_law_not_yet_in_force_are_not_claimed(desk):
    """行政复议法 counts from 2024 on."""
    one = Decision.objects.first()
    Decision.objects.filter(pk=one.pk).update(date="2023-06-01")
    with pytest.raises(Refused, match="没有填写“救济途径和期限”"):
        desk.make("penalty", one.pk)
    text = desk.text("penalty", one.pk, remedies="依法申请行政复议。")
    assert ("60日内" in text, "6个月内" in text, "依法申请行政复议。" in text) == (False, False, True)


def test_what_the_agency_says_against_a_refusal_names_it(desk):
    assert has(desk.text("review"), "某市公安局：", "2026年3月7日收到你单位不予立案通知书", "应当立案")
    assert has(desk.text("supervision"), "某市人民检察院：", "某市公安局不予立案通知书", "立案监督")


def test_the_recommendation_says_which_kind_of_case_it_is(desk):
    text = desk.text("recommendation")
    assert has(text, "一案双罚、行刑衔接", "罚〔2026〕1号", "罚款30,000元", "教育面广。", "安委办意见")
    assert NUMBER not in text


def test_the_index_lists_the_newest_of_each_paper_with_its_pages(desk):
    desk.make("letter")
    desk.make("letter", number="某移〔2026〕7号")
    desk.make("cover")
    assert has(desk.text("index"), "某移〔2026〕7号 涉嫌犯罪案件移送书 2026年6月1日 1-3", "报警主机")
    assert "甲府移" not in desk.text("index")


@pytest.mark.parametrize(
    ("paper", "says"),
    [("letter", "还没有登记当事人；还没有登记违法行为"), ("report", "还没有登记证据"), ("items", "还没有登记物证"),
     ("approval", "还没有提出移送书面报告"), ("recommendation", "不是一案双罚：缺少对单位的有效处罚决定。")],
)  # fmt: skip
def test_what_is_missing_is_named(bare, paper, says):
    bare.happened("03-02 09:00 suspected")
    with pytest.raises(Refused, match=says):
        bare.make(paper)


def test_what_nobody_wrote_is_named(desk):
    with pytest.raises(Refused, match="没有填写“移送给（公安机关全称）”；没有填写“涉嫌的罪名”"):
        desk.make("letter", to=" ", offence="")


def test_a_unit_without_its_code_is_asked_for_a_number(cast, desk):
    cast.town.unit.document_code = ""
    cast.town.unit.save()
    with pytest.raises(Refused, match="没有设置机关代字"):
        desk.make("letter")


@pytest.mark.parametrize("paper", ["letter", "review", "penalty"])
def test_a_paper_that_is_no_business_of_the_case_is_refused(bare, paper):
    with pytest.raises(Refused, match="不适用于本案"):
        bare.make(paper)


def test_an_annulled_decision_has_no_paper(desk):
    one = Decision.objects.first()
    annul_decision(case=desk.pk, row=one.pk, on=NOW.date(), why="复议撤销", actor=desk.by, at=NOW)
    with pytest.raises(Refused, match="不适用于本案"):
        desk.make("penalty", one.pk)


def test_a_draft_waits_for_whoever_goes_on_and_is_kept_with_what_was_made(cast, desk):
    told = {"case": desk.pk, "paper": "report", "about": 0}
    keep_draft(typed={"opinion": "再查"}, actor=desk.by, at=NOW, **told)
    assert draft_of(**told) == {"opinion": "再查"}
    make_paper(typed=TYPED["report"], actor=actor(cast.clerk), at=NOW, **told)
    assert PaperDraft.objects.get().typed == TYPED["report"]


def test_only_who_works_on_the_case_makes_its_papers(cast, desk):
    for seat in (cast.town.head, cast.other.liaison, cast.auditor):
        with pytest.raises(Refused, match="只有办案人员和安委办"):
            make_paper(case=desk.pk, paper="cover", about=0, typed={}, actor=actor(seat), at=NOW)
    assert not Document.objects.exists()


def test_the_journal_tells_which_paper_was_made_and_nothing_of_what_it_says(desk):
    letter = desk.make("letter")
    entry = Entry.objects.get(target="cases.case", verb="cases.case.paper")
    assert entry.data == {"paper": "letter", "document": letter.pk}
    assert not any(NUMBER in str(one.data) + str(one.words) for one in Entry.objects.all())


def test_no_paper_but_letter_and_decision_has_the_number_of_a_person(desk):
    for code, paper in PAPERS.items():
        if code not in ("letter", "penalty"):
            assert NUMBER not in str(desk.make(code).content), paper.name


def test_made_twice_it_is_the_same_to_the_byte(desk):
    one, two = desk.make("cover"), desk.make("cover")
    assert one.file == two.file
