"""What an item asks for, and how a 补充通知 changes it: pure."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from workflows.plans.terms import differences, moved, terms

DAYS = st.none() | st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31)).map(dt.date.isoformat)
ASKED = terms("组织一次演练。", ["report", "records"], [[1, "", "2026-06-30"], [2, "下半年", None]])


def test_equal_terms_have_no_difference():
    assert differences(ASKED, terms(ASKED.text, ["records", "report"], ASKED.due)) == []


def test_every_difference_is_told_in_words():
    after = terms("组织两次演练。", [], [[1, "", "2026-07-10"], [2, "下半年", "2026-12-01"]])
    told = [(one.label, one.before, one.after) for one in differences(ASKED, after)]
    assert told == [
        ("内容", "组织一次演练。", "组织两次演练。"),
        ("应交材料", "活动记录、书面材料（另附可编辑版本）", "不交材料"),
        ("截止", "2026年6月30日", "2026年7月10日"),
        ("下半年截止", "未定", "2026年12月1日"),
    ]


@given(own=DAYS, old=DAYS, new=DAYS)
def test_nobody_with_a_day_of_their_own_gets_less_time(own, old, new):
    day = moved(own, old, new)
    assert day in (own, new)
    if own == old:
        assert day == new
    elif own and new:
        assert day == max(own, new)
