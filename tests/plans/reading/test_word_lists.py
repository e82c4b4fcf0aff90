"""The numbers Word draws are part of what is read."""

import pytest

from foundation.files.text.word_lists import drawn
from tests.foundation.files.word_files import abstract, level, listed, num, plain, text_of
from tests.plans.reading.helpers import LEXICON, who
from workflows.plans.reading import read

OFFICIAL = abstract(
    0,
    level(0, "chineseCounting", "%1、"),
    level(1, "chineseCountingThousand", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimalEnclosedCircle", "%4"),
)


def test_a_plan_numbered_by_word_reads_like_a_typed_one():
    tree = [
        (0, "工作目标"),
        (0, "重点任务"),
        (1, "县教育局6月5日前开展演练"),
        (1, "各乡镇巡查"),
        (2, "查道路"),
    ]
    text = text_of(
        plain("青禾县2025年活动方案"), *(listed(w, 1, d) for d, w in tree), lists=OFFICIAL + num(1, 0)
    )
    assert text.startswith(
        "青禾县2025年活动方案\n一、工作目标\n二、重点任务\n（一）县教育局6月5日前开展演练\n（二）各乡镇巡查\n1.查道路"
    )
    plan = read(text, LEXICON)
    assert [(i.number, i.section) for i in plan.items] == [
        ("一", ("重点任务",)),
        ("二", ("重点任务",)),
    ]
    assert who(plan.items[0].responsible) == [("lead", "education")]


def test_a_deeper_level_begins_anew_below_each_heading():
    depths = [0, 1, 1, 0, 1, 2, 1, 2]
    text = text_of(*(listed("", 1, d) for d in depths), lists=OFFICIAL + num(1, 0))
    assert text.split("\n")[:8] == ["一、", "（一）", "（二）", "二、", "（一）", "1.", "（二）", "1."]


def test_a_level_may_count_on_through_the_plan():
    lists = abstract(
        0, level(0, "decimal", "%1、"), level(1, "decimal", "%2.", more='<w:lvlRestart w:val="0"/>')
    )
    text = text_of(*(listed("", 1, d) for d in (0, 1, 0, 1)), lists=lists + num(1, 0))
    assert text.split("\n")[:4] == ["1、", "1.", "2、", "2."]


def test_two_lists_of_one_kind_count_on_and_an_override_begins_anew():
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    lists = abstract(0, level(0, "decimal", "%1.")) + num(1, 0) + num(2, 0) + num(3, 0, again)
    text = text_of(*(listed("", n) for n in (1, 1, 2, 3, 3)), lists=lists)
    assert text.split("\n")[:5] == ["1.", "2.", "3.", "5.", "6."]


def test_a_number_can_name_the_levels_above_it():
    legal = level(1, "decimal", "%1.%2", more="<w:isLgl/>")
    lists = abstract(0, level(0, "chineseCounting", "第%1条", start=3), legal) + num(1, 0)
    text = text_of(listed("总则", 1), listed("范围", 1, 1), listed("原则", 1, 1), lists=lists)
    assert text.split("\n")[:3] == ["第三条总则", "3.1范围", "3.2原则"]


def test_the_list_of_a_style_is_found_through_what_it_rests_on():
    base = '<w:style w:type="paragraph" w:styleId="H"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    child = '<w:style w:type="paragraph" w:styleId="C"><w:basedOn w:val="H"/></w:style>'
    lists = abstract(
        0, level(0, "decimal", "%1、"), level(1, "decimal", "（%2）", more='<w:pStyle w:val="H"/>')
    )
    paragraph = '<w:p><w:pPr><w:pStyle w:val="C"/>{}</w:pPr><w:r><w:t>查隐患</w:t></w:r></w:p>'
    off = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    text = text_of(paragraph.format(""), paragraph.format(off), lists=lists + num(1, 0), styles=base + child)
    assert text.split("\n")[:2] == ["（1）查隐患", "查隐患"]


def test_bullets_are_no_numbers():
    text = text_of(listed("巡查", 1), lists=abstract(0, level(0, "bullet", "●")) + num(1, 0))
    assert text.startswith("巡查")


def test_numbers_in_table_cells_count_rows():
    row = "<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    rows = "".join(row.format(listed("", 1), plain(w)) for w in ("演练", "培训"))
    lists = abstract(0, level(0, "decimal", "%1")) + num(1, 0)
    assert text_of(f"<w:tbl>{rows}</w:tbl>", lists=lists).startswith("1\n演练\n2\n培训")


def test_a_list_nobody_defined_draws_nothing():
    assert text_of(listed("巡查", 7)).startswith("巡查")


@pytest.mark.parametrize(
    ("n", "form", "sign"),
    [
        (12, "chineseCounting", "十二"),
        (105, "chineseCountingThousand", "一百零五"),
        (20, "japaneseCounting", "二十"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (3, "ideographTraditional", "丙"),
        (2, "ideographZodiac", "丑"),
        (10, "ideographDigital", "一〇"),
        (7, "decimalEnclosedCircle", "⑦"),
        (21, "decimalEnclosedCircle", "21"),
        (4, "decimalEnclosedParen", "⑷"),
        (12, "decimalFullWidth", "１２"),
        (3, "decimalZero", "03"),
        (28, "lowerLetter", "bb"),
        (2, "upperLetter", "B"),
        (9, "lowerRoman", "ix"),
        (44, "upperRoman", "XLIV"),
        (6, "somethingNew", "6"),
    ],
)
def test_a_number_is_drawn_as_word_draws_it(n, form, sign):
    assert drawn(n, form) == sign
