import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.plans.reading.dates import Bearing, find_dates


def found(words: str, bearing: Bearing | None = Bearing(2024)):  # noqa: B008 - frozen
    dates, troubles = find_dates(words, (0, len(words)), bearing)
    shown = [(d.kind, str(d.start or ""), str(d.end or ""), d.approx, words[slice(*d.source)]) for d in dates]
    return shown, [(t.kind, words[slice(*t.span)]) for t in troubles]


@pytest.mark.parametrize(
    ("words", "kind", "start", "end", "approx"),
    [
        ("6月16日", "on", "2024-06-16", "2024-06-16", False),
        ("2025年6月16日", "on", "2025-06-16", "2025-06-16", False),
        ("六月十六日", "on", "2024-06-16", "2024-06-16", False),
        ("二〇二五年六月三日", "on", "2025-06-03", "2025-06-03", False),
        ("2024-06-16", "on", "2024-06-16", "2024-06-16", False),
        ("6月15日前后", "on", "2024-06-15", "2024-06-15", True),
        ("6月30日前", "by", "", "2024-06-30", False),
        ("6 月 10 日（星期一）17:00前", "by", "", "2024-06-10", False),
        ("2024年5月底前", "by", "", "2024-05-31", False),
        ("11月中旬前", "by", "", "2024-11-20", False),
        ("年底前", "by", "", "2024-12-31", False),
        ("6月1日至6月30日", "period", "2024-06-01", "2024-06-30", False),
        ("6月2日至30日", "period", "2024-06-02", "2024-06-30", False),
        ("6月1-7日", "period", "2024-06-01", "2024-06-07", False),
        ("3月15日—3月25日", "period", "2024-03-15", "2024-03-25", False),
        ("6—8月", "period", "2024-06-01", "2024-08-31", False),
        ("6月至12月", "period", "2024-06-01", "2024-12-31", False),
        ("12月至次年3月", "period", "2024-12-01", "2025-03-31", False),
        ("11月1日至2月10日", "period", "2024-11-01", "2025-02-10", False),
        ("即日起至7月15日", "period", "", "2024-07-15", False),
        ("6月1日起", "period", "2024-06-01", "", False),
        ("2024—2026年", "period", "2024-01-01", "2026-12-31", False),
        ("2025年上半年", "period", "2025-01-01", "2025-06-30", False),
        ("第三季度", "period", "2024-07-01", "2024-09-30", False),
        ("三季度末前", "by", "", "2024-09-30", False),
        ("5、6月份", "period", "2024-05-01", "2024-06-30", False),
        ("6月2—6月30日", "period", "2024-06-02", "2024-06-30", False),
        ("6月1日0时至6月30日", "period", "2024-06-01", "2024-06-30", False),
        ("2024.6.1-6.30", "period", "2024-06-01", "2024-06-30", False),
        ("6月的第三周", "period", "2024-06-15", "2024-06-21", True),
        ("10月31日止", "by", "", "2024-10-31", False),
        ("从现在起至7月15日", "period", "", "2024-07-15", False),
        ("年内", "by", "", "2024-12-31", False),
        ("6月", "period", "2024-06-01", "2024-06-30", False),
        ("6月上旬", "period", "2024-06-01", "2024-06-10", True),
        ("4月中下旬", "period", "2024-04-11", "2024-04-30", True),
        ("2月下旬", "period", "2024-02-21", "2024-02-29", True),
    ],
)
def test_a_phrase_means_these_days(words, kind, start, end, approx):
    assert found(f"{words}完成") == ([(kind, start, end, approx, words)], [])


def test_a_label_makes_a_day_a_deadline():
    assert found("完成时限：6月16日")[0][0][:3] == ("by", "", "2024-06-16")


def test_every_day_of_a_list_is_one_event():
    assert [d[1] for d in found("6月9日、20日，6月25日到场")[0]] == ["2024-06-09", "2024-06-20", "2024-06-25"]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("6月31日", "impossible_date"),
        ("6月1日至6月31日", "impossible_date"),
        ("13月1日", "impossible_date"),
        ("每月25日前", "recurring"),
        ("每周五前", "recurring"),
        ("活动结束后5个工作日内", "relative"),
        ("每年6月20日、12月10日前", "recurring"),
        ("次月5日前", "recurring"),
        ("3年内", "relative"),
        ("提前3天", "relative"),
        ("节前", "season"),
        ("春节、元宵等重要节点前", "season"),
    ],
)
def test_a_phrase_without_days_is_a_trouble(words, kind):
    assert found(f"{words}报送") == ([], [(kind, words)])


def test_without_a_year_nothing_is_guessed():
    assert found("6月1日", None) == ([], [("no_year", "6月1日")])


@pytest.mark.parametrize(
    "words",
    ["12个月", "第22个“安全生产月”", "一月一次", "每周一次", "2.5万", "65条举措", "各环节前", "前三季度"],
)
def test_other_numbers_are_no_dates(words):
    assert found(words) == ([], [])


def test_a_list_of_days_names_the_month_once():
    assert [day[1] for day in found("6月9、16、23日")[0]] == ["2024-06-09", "2024-06-16", "2024-06-23"]


def test_what_is_handed_in_before_a_day_is_no_premise():
    assert found("6月5日前提交")[0] == [("by", "", "2024-06-05", False, "6月5日前")]


def test_months_before_the_turn_lie_in_the_next_year():
    assert found("4月10日前", Bearing(2024, turns=6))[0][0][2] == "2025-04-10"


@given(day=st.dates(dt.date(2001, 1, 1), dt.date(2098, 12, 31)), length=st.integers(0, 200))
def test_any_range_is_read_back(day, length):
    end = day + dt.timedelta(length)
    words = f"{day.year}年{day.month}月{day.day}日至{end.year}年{end.month}月{end.day}日"
    assert found(words, None) == ([("period", str(day), str(end), False, words)], [])
