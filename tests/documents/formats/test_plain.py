"""Plain text: the paper's words in its order."""

from dataclasses import replace

from documents.formats.plain import render_text
from documents.layout import Column, Meta, Table, parse
from tests.documents.papers import META, notice

TAIL = "\n附件1\n统计表\n\n项目\t数量\n检查\t3\n整改\t2\n"


def lines(text: str, meta: Meta = META) -> list[str]:
    return render_text(parse(text), meta).decode().splitlines()


def test_head_body_annex_and_imprint_follow_each_other():
    found = lines(notice(1, tail=TAIL))
    assert found[:5] == [
        "英德市安全生产委员会办公室文件",
        "英安办〔2026〕12号",
        "",
        "关于做好有关工作的通知",
        "",
    ]
    assert found[5:7] == ["各镇（街）：", "一、工作要求"]
    assert found[8:12] == ["", "英德市安全生产委员会办公室", "2026年6月12日", ""]
    assert found[12:18] == ["附件1", "统计表", "", "项目\t数量", "检查\t3", "整改\t2"]
    assert found[-2:] == [
        "抄送：清远市安全生产委员会办公室，各新闻单位。",
        "英德市安全生产委员会办公室　2026年6月12日印发",
    ]


def test_what_goes_upward_names_who_signed_it():
    assert "英安办〔2026〕12号　签发人：张三" in lines(notice(1), replace(META, kind="请示", signer="张三"))


def test_the_number_is_of_the_year_of_the_text_where_nobody_said_another():
    assert lines(notice(1), replace(META, issued_on=None))[1] == "英安办〔2026〕12号"


def test_a_paper_without_an_office_has_neither_head_nor_imprint():
    assert lines("标题\n\n正文。\n", Meta()) == ["标题", "", "正文。"]


def test_columns_that_stand_in_groups_have_a_line_above():
    columns = (Column("单位"), Column("户", group="检查"), Column("次", group="检查"))
    table = Table(columns=columns, rows=(("甲\n镇", "1", "2"),), unit="单位：户")
    found = render_text(replace(parse("表\n\n正文。"), blocks=(table,)), Meta()).decode().splitlines()
    assert found[2:] == ["单位：户", "\t检查\t", "单位\t户\t次", "甲 镇\t1\t2"]


def test_remarks_are_kept_where_nobody_signs():
    assert (
        render_text(parse("纪要\n\n正文。\n（联系人：某某）"), Meta())
        .decode()
        .endswith("正文。\n（联系人：某某）\n")
    )
