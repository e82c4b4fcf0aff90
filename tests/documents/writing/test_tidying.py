"""Pasted text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.layout import parse
from documents.writing.tidying import tidy


@pytest.mark.parametrize(
    ("pasted", "text"),
    [
        ("标题\r\n正文\r二\v三", "标题\n正文\n二\n三"),
        ("安全\u00a0生产\u00ad月\u200b", "安全 生产月"),
        ("1.\t活动情况", "1.活动情况"),
        ("一、 \t 报送内容", "一、报送内容"),
        ("\t全市活动", "全市活动"),
        ("\uf0b7 宣讲", "宣讲"),
        ("序号\t单位\n1.\t浛洸镇", "序号\t单位\n1.\t浛洸镇"),
        ("　　正文　 ", "　　正文"),
        ("1.甲\x07\x00", "1.甲"),
    ],
)
def test_pasted_text_is_made_fit(pasted, text):
    assert tidy(pasted).text == text


def test_what_was_taken_out_is_said():
    assert tidy("甲\x07\n• 乙").notes == (
        "去掉了 1 个看不见的控制字符。",
        "去掉了 1 处项目符号：公文用一、（一）1.（1）标层次。",
    )
    assert tidy("甲").notes == ()


def test_the_numbers_of_a_pasted_list_are_headings_and_no_table():
    read = parse(tidy("标题\n\n一、\t内容\n二、\t要求").text)
    assert [block.level for block in read.blocks] == [1, 1]


@given(st.text())
def test_tidied_text_stays_as_it_is(text):
    once = tidy(text).text
    assert tidy(once).text == once
    assert once.split("\n") == once.splitlines() or once.endswith("\n") or not once
