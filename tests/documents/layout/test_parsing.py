"""Plain text to its parts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.layout import Paragraph, Table, UnreadableText, parse

TEXT = """关于报送阶段小结的通知

各镇（街）：
现通知如下。
一、报送内容
（一）活动情况。逐项说明。
1.进度
（1）照片
附件：1.提纲
2.统计表

英德市安委办
2026年6月12日
（联系人：张三）

附件1
提纲

一、总体情况

附件2
统计表

序号\t单位\t数量
1\t浛洸镇\t3
"""


def test_title_addressee_signature_date_and_remark_are_found():
    read = parse(TEXT)
    assert (read.title, read.to) == ("关于报送阶段小结的通知", "各镇（街）：")
    assert (read.signed_by, read.dated) == (("英德市安委办",), date(2026, 6, 12))
    assert read.remarks == ("（联系人：张三）",)


def test_the_four_levels_are_recognised():
    assert [block.level for block in parse(TEXT).blocks] == [0, 1, 2, 3, 4]


def test_the_names_of_annexes_are_listed_without_their_numbers():
    assert parse(TEXT).attached == ("提纲", "统计表")


def test_annex_sections_have_title_and_blocks():
    first, second = parse(TEXT).annexes
    assert (first.label, first.title, first.blocks) == ("附件1", "提纲", (Paragraph("一、总体情况", 1),))
    assert isinstance(second.blocks[0], Table)
    assert second.blocks[0].rows == (("1", "浛洸镇", "3"),)


def test_a_table_between_bars_is_a_table_too():
    (table,) = parse("标题\n\n|序号|名称|\n|---|---|\n|1|宣讲|").blocks
    assert table.rows == (("1", "宣讲"),)


def test_a_title_on_two_lines_is_one():
    assert parse("2026年“安全生产月”和“安全生产\n英德行”活动方案\n\n正文。").title.endswith(
        "安全生产英德行”活动方案"
    )


def test_a_sentence_that_mentions_annexes_stays_in_the_text():
    read = parse("标题\n\n附件：请按要求填写。\n各单位要重视。")
    assert read.attached == ()
    assert len(read.blocks) == 2


@pytest.mark.parametrize(
    ("line", "tabbed"),
    [
        ("关于报送阶段小结的通知", "关于报送\t阶段小结的通知"),
        ("各镇（街）：", "各镇\t各部门："),
        ("附件：1.提纲", "附件：\t1.提\t纲"),
        ("（联系人：张三）", "（联系人：\t张三）"),
        ("附件1\n提纲", "附件1\n提\t纲"),
        ("2026年6月12日", "2026年6月1\t日"),
        ("（1）照片", "（1）照片\n出席：\t甲\t乙"),
    ],
)
def test_a_tab_that_divides_no_cells_is_a_blank(line, tabbed):
    plain = TEXT.replace(line, tabbed.replace("\t", " "), 1)
    assert parse(TEXT.replace(line, tabbed, 1)) == parse(plain)


def test_an_annex_that_begins_with_its_table_has_no_title():
    (annex,) = parse("标题\n\n正文。\n\n附件\n\n序号\t单位\n1\t浛洸镇").annexes
    assert (annex.title, annex.blocks[0].rows) == ("", (("1", "浛洸镇"),))


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_who_attended_and_the_names_of_annexes_stand_in_either_order(order):
    parts = ("附件：1.提纲\n2.统计表", "出席：甲\n列席：乙\n列席：乙")
    read = parse("纪要\n\n正文。\n\n" + "\n\n".join(parts[at] for at in order))
    assert (read.attached, len(read.blocks)) == (("提纲", "统计表"), 1)
    assert read.attendance == (("出席", "甲"), ("列席", "乙"), ("列席", "乙"))
    assert len({*read.source.attached, *read.source.attendance}) == 5


@pytest.mark.parametrize("gap", [" ", "　　", "        "])
@pytest.mark.parametrize("day", ["2026年6月12日", "2026 年 6 月 12 日", "二〇二六年六月十二日"])
@pytest.mark.parametrize("end", ["", "\n（联系人：张三）", "\n\n附件：甲方案\n正文。"])
def test_an_office_and_the_date_on_one_line_sign(gap, day, end):
    read = parse(f"标题\n\n正文。\n英德市安委办{gap}{day}{end}")
    assert (read.signed_by, read.dated, len(read.blocks)) == (("英德市安委办",), date(2026, 6, 12), 1)
    assert (len(read.remarks), len(read.annexes)) == ("联系人" in end, "附件" in end)


def test_offices_and_the_date_on_one_line_sign_all():
    assert parse("标题\n\n正文。\n甲局　　乙局　　2026年6月12日").signed_by == ("甲局", "乙局")


@pytest.mark.parametrize(
    "line", ["请于2026年6月12日", "材料报送安委办，时间 2026年6月12日", "甲 2026年6月12日"]
)
def test_a_line_that_ends_with_a_date_after_anything_else_is_text(line):
    read = parse(f"标题\n\n正文。\n{line}")
    assert (read.signed_by, read.dated, read.blocks[-1].text) == ((), None, line)


def test_an_office_of_a_long_name_signs():
    name = "英德市安全生产委员会道路交通安全专业委员会联合工作专班办公室"
    assert parse(f"标题\n\n正文。\n\n{name}\n2026年6月12日").signed_by == (name,)


@pytest.mark.parametrize(
    "title", ["附件2 统计表", "附件2　统计表", "附 件 2 统计表", "附件二 统计表", "附件2：统计表"]
)
def test_the_title_of_an_annex_may_stand_beside_its_label(title):
    first, second = parse(TEXT.replace("附件2\n统计表", title)).annexes
    assert (first.title, len(first.blocks)) == ("提纲", 1)
    assert (second.title, len(second.blocks)) == ("统计表", 1)


@pytest.mark.parametrize("line", ["附件2 中的表由各镇填写。", "附件2 如下：", "附件2统计表见后"])
def test_a_sentence_that_begins_with_the_name_of_an_annex_begins_none(line):
    (annex,) = parse(TEXT.partition("附件2")[0] + line).annexes
    assert annex.blocks[-1].text == line


def test_addressees_on_several_lines_are_one():
    read = parse(TEXT.replace("各镇（街）：", "各镇（街），\n市安委会成员单位、\n有关企业："))
    assert (read.to, len(read.blocks)) == ("各镇（街），市安委会成员单位、有关企业：", 5)


def test_a_sentence_over_two_lines_is_no_addressee():
    read = parse("标题\n\n为做好有关工作，\n现通知如下：\n正文。")
    assert (read.to, len(read.blocks)) == ("", 3)


def test_a_date_that_cannot_be_is_refused():
    with pytest.raises(UnreadableText, match="2026年6月31日"):
        parse("标题\n\n正文。\n\n安委办\n2026年6月31日")


def test_an_empty_text_is_refused():
    with pytest.raises(UnreadableText, match="第一行写标题"):
        parse("\ufeff\n  \n")


LINES = st.sampled_from([*TEXT.splitlines(), "|a|b|", "附件", "附件：", "2026年1月1日", "abc", "（甲）"])


@given(st.lists(LINES, max_size=25))
def test_every_line_lands_somewhere(lines):
    """Marks of structure may go (bars, numbers of the annex list); letters and Han characters may not."""
    read = parse("标题\n\n" + "\n".join(lines))
    seen = repr(read).replace("\\t", "")
    for line in lines:
        for part in line.replace("|", "\t").split("\t"):
            bare = part.removeprefix("附件：").lstrip("0123456789.")
            assert bare.strip("附件： ") in seen or "年" in part
