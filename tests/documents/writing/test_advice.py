"""Advice on a text: each rule by an example, silence on good texts, and fixes that cure."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.layout import Meta
from documents.writing.advice import advise, fix_all

TODAY = dt.date(2026, 6, 12)
META = Meta(organ="英德市安全生产委员会办公室")
GOOD = """关于报送“安全生产月”活动阶段小结的通知

各镇（街），市安委会各成员单位：
根据《关于开展2026年“安全生产月”活动的通知》（英安办〔2026〕8号），现就报送阶段小结有关事项通知如下。
一、报送内容
（一）活动开展情况。对照方案20项任务，逐项说明。参训人数不少于1,200人次。
（二）存在问题。每个单位不少于2条。
二、报送要求
请于2026年6月18日（星期四）17:30前报送，邮箱：awb@example.gov.cn，网址：https://example.gov.cn/a?b=1。
1.照片3张以上；
2.主题为“人人讲安全 个个会应急”。

附件：1.阶段小结提纲
2.统计表

英德市安全生产委员会办公室
2026年6月12日
（联系人：安委办，电话：0763-2222222）

附件1
阶段小结提纲

一、总体情况

附件2
统计表

序号\t单位\t数量
1\t浛洸镇\t3
"""


def codes(text: str, meta: Meta = META, **known) -> list[str]:
    return [one.code for one in advise(text, meta, today=TODAY, **known)]


def body(line: str) -> str:
    return f"关于检查的通知\n\n各镇：\n{line}"


def test_a_good_text_is_left_alone():
    found = codes(GOOD)
    assert found == ["level_skipped"]  # 1. straight under 二、


@pytest.mark.parametrize(
    ("line", "code", "right"),
    [
        ("按英安办[2026]8号执行。", "number_brackets", "按英安办〔2026〕8号执行。"),
        ("按英安办(2026)8号执行。", "number_brackets", "按英安办〔2026〕8号执行。"),
        ("按英安办【2026】8号执行。", "number_brackets", "按英安办〔2026〕8号执行。"),
        ("按英安办（2026）8号执行。", "number_brackets", "按英安办〔2026〕8号执行。"),
        ("按英安办〔2026〕第8号执行。", "number_ordinal", "按英安办〔2026〕8号执行。"),
        ("按英安办〔2026〕008号执行。", "number_zeros", "按英安办〔2026〕8号执行。"),
        ("按英安办〔26〕8号执行。", "number_year", "按英安办〔2026〕8号执行。"),
        ("请认真落实,抓好整改。", "half_width", "请认真落实，抓好整改。"),
        ("请认真落实.", "half_width", "请认真落实。"),
        ("各镇(街)要落实。", "half_width", "各镇（街）要落实。"),
        ('开展"安全生产月"活动。', "straight_quotes", "开展“安全生产月”活动。"),
        ("开展'安全生产月'活动。", "straight_quotes", "开展“安全生产月”活动。"),
        ("开展“学习'五进'精神”活动。", "straight_quotes", "开展“学习‘五进’精神”活动。"),
        ("开展「安全生产月」活动。", "corner_quotes", "开展“安全生产月”活动。"),
        ("认真落实。。", "doubled", "认真落实。"),
        ("认真落实，。", "doubled", "认真落实。"),
        ("消防、用电...等。", "dots", "消防、用电……等。"),
        ("各镇 要落实。", "blank", "各镇要落实。"),
        ("请于2026.6.18前报送。", "date_form", "请于2026年6月18日前报送。"),
        ("请于2026-06-18前报送。", "date_form", "请于2026年6月18日前报送。"),
        ("二〇二六年六月十八日召开会议。", "date_numerals", "2026年6月18日召开会议。"),
        ("二〇二六年三月召开会议。", "date_numerals", "2026年3月召开会议。"),
        ("2026年06月18日召开会议。", "date_zero", "2026年6月18日召开会议。"),
        ("6月18日（星期五）召开会议。", "weekday_wrong", "6月18日（星期四）召开会议。"),
        ("一.报送内容", "mark_dot", "一、报送内容"),
        ("一 报送内容", "mark_dot", "一、报送内容"),
        ("（一）、报送内容", "mark_double", "（一）报送内容"),
        ("1、报送内容", "mark_comma", "1.报送内容"),
        ("一、内容\n三、要求", "number_order", "一、内容\n二、要求"),
        ("一、内容\n一、要求", "number_order", "一、内容\n二、要求"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found_and_can_be_put_right(line, code, right):
    assert code in codes(body(line))
    assert fix_all(body(line), META, today=TODAY) == body(right)
    assert code not in codes(body(right))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (body("26年6月18日召开会议。"), "date_year"),
        (body("26年6月召开会议。"), "date_year"),
        (body("（一）内容\n正文。\n（二）要求"), "level_skipped"),
        (body("正文。\n附件：提纲\n\n安委办\n2026年6月12日\n\n附件2\n提纲\n\n内容。"), "annex_unnamed"),
        (body("请于6月31日前报送。"), "date_impossible"),
        (body("请于2026年6月1日前报送。"), "deadline_past"),
        (body("一、内容\n（1）照片"), "level_skipped"),
        (body("各镇（街要落实。"), "unbalanced"),
        (body("各镇”要落实。"), "unbalanced"),
        (body("联系人𠀋\U0001f44d。"), "undrawable"),
        (body("请填写附件2。"), "annex_missing"),
        (body("正文。\n附件：提纲"), "annex_missing"),
        (body("正文。\n\n安委办\n2026年6月12日\n\n附件1\n提纲\n\n内容。"), "annex_unnamed"),
        ("检查通知\n\n各镇：\n正文。", "title_form"),
        ("关于检查的请示\n\n各镇：\n正文。", "title_kind"),
        ("安全生产月活动方案\n\n各镇：\n正文。", "title_kind"),
        ("关于检查，整改的通知\n\n各镇：\n正文。", "title_marks"),
        (f"关于{'安全生产大检查和' * 12}的通知\n\n各镇：\n正文。", "title_long"),
        ("关于检查的通知\n\n各镇（街），各有关单位\n正文。", "to_colon"),
    ],
)
def test_what_only_the_writer_can_put_right_is_found(text, code):
    assert code in codes(text)


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("请示", "关于经费的请示\n\n市政府、市财政局：\n现请示如下。", "one_to"),
        ("请示", "关于经费等问题的请示\n\n市政府：\n现请示如下。", "one_matter"),
        ("请示", "关于经费的请示\n\n市政府：\n妥否，请批示。\n当否，请批复。", "one_matter"),
        ("报告", "关于检查的报告\n\n市政府：\n检查已完成。妥否，请批示。", "report_asks"),
    ],
)
def test_upward_papers_have_rules_of_their_own(kind, text, code):
    assert code in codes(text, Meta(kind=kind, organ="安委办"))


def test_annexes_listed_in_the_middle_of_the_text_are_no_headings():
    text = body("一、内容\n附件：1.甲表\n2.乙表\n3.丙表\n请照此报送。\n二、要求")
    assert not {"level_skipped", "number_order"} & {*codes(text)}


@pytest.mark.parametrize(
    "line", ["1.照片\n2.表格", "第一部分\n（一）内容", "It's 3' wide，可以。", "从业20年6个月。"]
)
def test_what_only_looks_wrong_is_left_alone(line):
    assert not {"level_skipped", "straight_quotes", "date_year"} & {*codes(body(line))}


def test_an_annex_that_was_uploaded_is_not_missing():
    assert "annex_missing" not in codes(body("正文。\n附件：阶段小结提纲"), files=["阶段小结提纲.docx"])


def test_a_text_without_an_office_wants_signature_and_date():
    assert "unsigned" in codes(body("正文。"), Meta())
    assert "unsigned" not in codes(body("正文。"))


def test_the_date_is_compared_with_that_of_the_signing():
    text = body("正文。\n\n安委办\n2026年6月12日")
    (found,) = advise(text, Meta(organ="安委办", issued_on=dt.date(2026, 6, 15)), today=TODAY)
    assert (found.code, found.line, found.fix) == ("date_differs", 7, "2026年6月15日")


@pytest.mark.parametrize(
    "file", sorted(Path("tests/plans/fixtures").glob("*.txt")), ids=lambda file: file.stem
)
def test_advice_stays_within_the_text(file):
    text = file.read_text()
    for one in advise(text, META, today=TODAY):
        assert 0 <= one.start <= one.end <= len(text.split("\n")[one.line - 1])


PIECES = st.sampled_from(
    ["安全", "生产", ",", "。", "，", "(", ")", "（", "）", '"', "“", "”", " ", "2026.6.1", "英安办[2026]第08号", "6月18日（星期一）", "'", "二〇二六年三月",
     "一、", "（一）", "1、", "\n", "\n", "附件：", "附件1", "。。", "...", "\t", "：", "2026年06月12日", "各镇"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=30).map(lambda pieces: "关于检查的通知\n\n" + "".join(pieces)))
def test_after_all_fixes_no_advice_has_one_left(text):
    for one in advise(text, META, today=TODAY):
        assert 0 <= one.start <= one.end <= len(text.split("\n")[one.line - 1])
    better = fix_all(text, META, today=TODAY)
    assert [one for one in advise(better, META, today=TODAY) if one.fix is not None] == []
