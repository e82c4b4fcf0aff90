"""Lines: nothing lost, no mark where it must not stand, never wider than the room."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.layout.breaking import EM, LOOSEST, break_lines, elastic, give_up, spacing
from documents.layout.characters import NEVER_FIRST, NEVER_LAST, clusters, last_resorts, listed
from documents.layout.setting import Piece, set_paragraph

ROOM = 28_000
WORDS = [
    "安全生产",
    "隐患",
    "“五进”",
    "（含街道）",
    "《安全生产法》",
    "，",
    "。",
    "；",
    "、",
    "2026年",
    "12.5万元",
    "Excel",
    "——",
    "……",
    "镇",
]
sentences = st.lists(st.sampled_from(WORDS), max_size=60).map("".join)
anything = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200)


def em(text):
    return [500 if " " <= char <= "~" else 1000 for char in text]


def lines_of(text, **options):
    return [text[span.start : span.end] for span in break_lines(text, em(text), room=ROOM, **options)]


@given(anything, st.integers(0, 4000))
def test_nothing_is_lost_or_repeated(text, indent):
    assert "".join(lines_of(text, indent=indent)) == text


@given(anything, st.integers(0, 4000))
def test_no_line_is_wider_than_its_room(text, indent):
    for number, span in enumerate(break_lines(text, em(text), room=ROOM, indent=indent)):
        width = sum(em(text[span.start : span.end].rstrip(" ") or " ")) - span.squeeze
        assert width <= ROOM - (0 if number else indent)


@given(sentences)
def test_a_break_never_leaves_a_mark_where_it_must_not_stand(text):
    lines = lines_of("镇" + text)
    doubled = any(a in NEVER_FIRST and b in NEVER_FIRST for a, b in pairwise(text))
    for before, after in pairwise(lines):
        if not doubled:
            assert after[0] not in NEVER_FIRST
            assert before[-1] not in NEVER_LAST


@given(sentences)
def test_squeezing_takes_no_more_than_marks_can_give(text):
    for span in break_lines(text, em(text), room=ROOM):
        line = text[span.start : span.end]
        assert span.squeeze <= sum(give_up(line, em(line)))


@given(sentences.filter(lambda text: len(text) > 30))
def test_a_spread_line_is_exactly_as_wide_as_its_room(text):
    for span in break_lines(text, em(text), room=ROOM):
        line = text[span.start : span.end]
        if span.full and line == line.rstrip(" "):
            gaps = spacing(line, em(line), room=27_638, squeeze=span.squeeze)
            assert sum(em(line)) + sum(gaps) == 27_638


def test_spacing_in_steps_is_right_to_half_a_step():
    line = "各有关部门和单位要切实提高认识，落实“安全第一”的要求（含"
    assert abs(sum(em(line)) + sum(spacing(line, em(line), room=27_638, step=2.05)) - 27_638) <= 1.03


def test_spacing_leaves_latin_words_and_numbers_alone():
    gaps = spacing("填写Excel2026年", em("填写Excel2026年"), room=12_000)
    assert gaps[2:10] == [0] * 8


def test_a_number_stays_with_its_unit_and_a_word_whole():
    assert clusters("于6月12日投12.5万元，约200台用Excel") == [
        *("于", "6月", "12日", "投", "12.5万元", "，", "约", "200台", "用", "Excel")
    ]


QUANTITIES = [
    *("24小时", "15公里", "3平方米", "1,234.56万元", "2.5亿元", "10个工作日", "3个月", "5例", "100万余元", "1,200多人次"),
    *("-5℃", "+40℃", "-5℃～+40℃", "0.5～1.0米", "2026—2030年", "第3—5号", "12.5%～13%", "9:00—17:30", "12日—18日"),
    *("10 kV", "100 m²", "5mg/m³", "37.5 ℃", "50Hz", "6·18", "Ⅲ级", "￥500元", "±5%", "≥90%", "№12", "CO₂", "PM2.5"),
    *("GB/T 9704—2012", "GB 50016—2014", "AQ/T 9006—2010", "〔2026〕12号", "第十二条", "第3季度", "0763-2222222", "1-3个月"),
]  # fmt: skip


@pytest.mark.parametrize("quantity", QUANTITIES)
def test_a_quantity_is_never_divided(quantity):
    assert clusters(f"自{quantity}止") == ["自", quantity, "止"]
    for before in range(18, 29):
        text = "甲" * before + quantity + "乙" * 40
        assert any(quantity in line for line in lines_of(text))


@pytest.mark.parametrize(
    "word", ["12@example.com", "123abc", "1,234abc", "2026-A", "H1N1", "COVID-19", "https://a.cn/1?b=2%20c"]
)
def test_a_word_that_begins_or_ends_like_a_number_is_whole(word):
    assert clusters(f"自{word}，") == ["自", word, "，"]


def test_a_number_of_a_document_and_a_dash_are_never_divided():
    assert clusters("按〔2026〕12号——……") == ["按", "〔2026〕12号", "——", "……"]


def test_a_comma_after_the_28th_character_is_squeezed_in():
    text = "一（二）三（四）" + "五" * 20 + "，" + "六" * 20
    first = break_lines(text, em(text), room=ROOM)[0]
    assert text[first.start : first.end].endswith("，")
    assert first.squeeze == 1000


def test_a_comma_after_28_characters_without_marks_takes_one_down_with_it():
    text = "五" * 28 + "，" + "六" * 20
    assert lines_of(text)[0] == "五" * 27


def test_an_address_longer_than_a_line_is_divided_all_the_same():
    assert all(len(line) <= 56 for line in lines_of("https://example.com/" + "a" * 200))


HAN = st.text("安全生产隐患排查治理镇街企业责任落实要求", min_size=1, max_size=9)
PHRASE = st.one_of(HAN, HAN, HAN.map("“{}”".format), HAN.map("《{}》".format), HAN.map("（{}）".format))
chinese = st.lists(
    st.tuples(PHRASE, st.sampled_from("，。、；：")).map("".join), min_size=8, max_size=60
).map("".join)


@given(chinese)
def test_no_line_of_chinese_but_the_last_is_over_28_or_under_26_and_a_half(text):
    for span in break_lines(text, em(text), room=ROOM)[:-1]:
        width = sum(em(text[span.start : span.end])) - span.squeeze
        assert 26_500 <= width <= ROOM


numbered = st.lists(st.one_of(chinese, st.sampled_from(QUANTITIES)), min_size=8, max_size=60).map("".join)


@given(numbered, st.integers(0, 4000))
def test_lines_with_quantities_are_whole_and_even_too(text, indent):
    spans = break_lines(text, em(text), room=ROOM, indent=indent)
    assert "".join(text[span.start : span.end] for span in spans) == text
    for number, span in enumerate(spans[:-1]):
        line = text[span.start : span.end].rstrip(" ")
        room = ROOM - (0 if number else indent)
        lacks = room - sum(em(line)) + span.squeeze
        assert 0 <= lacks <= LOOSEST * len(elastic(line))  # so it is spread to the whole room


@pytest.mark.parametrize("length", range(1, 10))
def test_what_stands_before_an_address_is_not_torn_apart(length):
    text = "请登录" * length + "https://www.example.gov.cn/" + "abcdefgh/" * 12
    for span in break_lines(text, em(text), room=ROOM)[:-1]:
        line = text[span.start : span.end]
        assert ROOM - sum(em(line)) <= EM / 2 * len(elastic(line))


def test_a_line_that_would_be_torn_apart_is_left_short():
    short, *_ = set_paragraph([Piece("请登" + "a" * 23 + "查看" + "b" * 23 + "乙" * 30)])
    assert short.html.endswith(f">请登{'a' * 23}查看</p>")


def test_a_quantity_longer_than_a_line_is_divided_all_the_same():
    assert [len(line) for line in lines_of("1" * 70 + "万元")] == [56, 16]


def test_where_a_quantity_is_divided_at_the_last():
    assert last_resorts("-5℃～-10℃") == [4]
    assert last_resorts("GB/T 9704—2012") == [5, 10]
    assert last_resorts("〔2026〕12号") == [6]
    assert last_resorts("1,234.56万元") == []


NAMES = "出席：欧阳建国、李某、英德市应急管理局张某、" * 9


def test_a_name_is_whole_where_it_fits_on_a_line():
    assert listed("：张三、李四；王五") == ["：", "张三、", "李四；", "王五"]
    lines = lines_of(NAMES, pieces=listed)
    assert len(lines) > 5
    assert all(line[-1] in "、：" for line in lines)
    assert lines_of("甲" * 30, pieces=listed) == ["甲" * 28, "甲甲"]


def test_an_address_fills_the_line_up_to_one_of_its_marks():
    first, second, *_ = lines_of(
        "请登录https://www.example.gov.cn/anquan/2026/06/report_download.html?id=1填报。"
    )
    assert first == "请登录https://www.example.gov.cn/anquan/2026/06/report_"
    assert second.startswith("download.html")


def test_a_unit_with_a_superscript_and_a_sign_before_a_figure_stay_with_it():
    assert clusters("浓度≤0.5mg/m³，120㎡") == ["浓", "度", "≤0.5mg/m³", "，", "120㎡"]


def test_a_line_of_one_character_before_a_long_word_is_printed():
    strips = set_paragraph([Piece("录" + "a" * 90)], indent=27)
    assert "录" in strips[0].html
