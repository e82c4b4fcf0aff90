"""What stands in a cell of somebody's spreadsheet, and what is made of it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.registers.kind import TYPES, Column
from workflows.registers.values import Known, Wrong, key_of, names_of, read_row, read_value

from .rows import kind

UNITS = names_of([("jia", ["甲镇人民政府", "甲镇"]), ("yi", ["乙镇", "城关"]), ("bing", ["市丙局", "城关"])])
KNOWN = Known(UNITS, frozenset({"4", "6"}), dt.date(2026, 6, 15))


def value(type_: str, text: str, **more):
    return read_value(Column("one", "一", type_, **more), text, KNOWN)


@pytest.mark.parametrize(
    ("type_", "text", "found"),
    [
        ("integer", "１，２００", 1200),
        ("integer", "1200次", 1200),
        ("integer", "12.0", 12),
        ("integer", "0", 0),
        ("integer", "", None),
        ("money", "500.00", 500),
        ("date", "2026/6/2", "2026-06-02"),
        ("date", "2026年6月2日", "2026-06-02"),
        ("date", "20260602", "2026-06-02"),
        ("date", "２０２６－０６－０２ 09:30:00", "2026-06-02"),
        ("instant", "2026-06-02T09:05", "2026-06-02 09:05"),
        ("instant", "2026.6.2 9时5分", "2026-06-02 09:05"),
        ("instant", "2026-06-02", "2026-06-02 00:00"),
        ("unit", " 甲 镇 ", "jia"),
        ("unit", "JIA", "jia"),
        ("item", "第４项", "4"),
        ("url", "https://a.example/x?y=1", "https://a.example/x?y=1"),
        ("text", " 两 句 ", "两 句"),
    ],
)
def test_it_reads_what_people_and_systems_write(type_, text, found):
    assert value(type_, text, unit="次" if "次" in text else "") == found


@pytest.mark.parametrize(
    ("type_", "text", "says"),
    [
        ("integer", "-3", "不能是负数"),
        ("integer", "1e400", "大得不合常理"),
        ("integer", "99999999999", "大得不合常理"),
        ("integer", "NaN", "不是数"),
        ("integer", "十二", "不是数"),
        ("integer", "2.5", "请填整数"),
        ("money", "2.5", "不带角分"),
        ("date", "2026-02-30", "没有这一天"),
        ("date", "6月2日", "写成 2026-06-12"),
        ("date", "46175", "写成 2026-06-12"),
        ("date", "2062-06-02", "不合常理"),
        ("date", "2026-06-02 大约", "不是日期"),
        ("instant", "2026-06-02 25:00", "没有这个时刻"),
        ("unit", "某镇", "没有“某镇”这个单位"),
        ("unit", "城关", "可以指几个单位"),
        ("item", "5", "没有第“5”项"),
        ("url", "www.example", "不是网址"),
        ("url", "javascript:alert(1)", "不是网址"),
        ("text", "长" * 201, "最多 200 字"),
    ],
)
def test_what_it_cant_read_is_a_sentence_that_says_what_to_write(type_, text, says):
    with pytest.raises(Wrong, match=says):
        value(type_, text)


@given(st.sampled_from(TYPES), st.text(max_size=40))
def test_any_text_is_read_or_refused_and_a_number_is_never_negative(type_, text):
    try:
        found = value(type_, text, choices=("甲", "乙"))
    except Wrong:
        return
    assert found is None or isinstance(found, str) or (isinstance(found, int) and 0 <= found <= 10**9)


def test_what_was_read_reads_the_same_again():
    for type_, text in (("date", "2026/6/2"), ("instant", "2026/6/2 9:05"), ("integer", "1,200")):
        once = value(type_, text)
        assert value(type_, str(once)) == once


def test_a_row_needs_what_it_must_have_and_keeps_the_order_of_its_days():
    cells, wrong = read_row(
        kind("broadcast"), {"day": "2026-06-02", "slot": "晚八点", "unit": "甲镇", "material": "2026-06-02"}, KNOWN
    )  # fmt: skip
    assert wrong == {
        "subject": "请填写主题。",
        "material": "素材提交截止应早于播出日期（2026-06-02）。",
    }
    assert cells["unit"] == "jia"


def test_blanks_and_width_make_no_other_row():
    slot = {"day": "2026-06-02", "slot": "８ 点"}
    assert key_of(kind("broadcast"), slot) == key_of(kind("broadcast"), slot | {"slot": "8点"})
    assert key_of(kind("broadcast"), slot) != key_of(kind("broadcast"), slot | {"day": "2026-06-03"})
