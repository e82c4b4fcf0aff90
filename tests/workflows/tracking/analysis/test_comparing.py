"""Which items are the same, what a difference is called. Pure."""

import pytest

from workflows.tracking.analysis.comparing import Named, change, same_items
from workflows.tracking.analysis.measures import Share
from workflows.tracking.analysis.numbers import count, days, percent


def item(pk: int, number: str, title: str, kind="activity") -> Named:
    return Named(pk, kind, number, title)


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ([item(1, "1", "宣讲")], [item(9, "1", "宣讲")], {1: 9}),
        ([item(1, "1", "宣讲")], [item(9, "1", "主题宣讲")], {1: 9}),  # the number counts
        ([item(1, "5", "安全文化巡回文艺演出")], [item(9, "5", "公益短片和风险提示")], {}),  # not by itself
        ([item(1, "1", "宣讲"), item(2, "2", "演练")], [item(8, "1", "演练"), item(9, "2", "宣讲")], {1: 9, 2: 8}),
        ([item(1, "1", "月报", "report")], [item(9, "1", "宣讲")], {}),
        ([item(1, "1", "宣讲")], [item(8, "1", "演练"), item(9, "2", "宣讲")], {1: 9}),
        ([item(1, "3", "咨询日")], [item(9, "1", "宣讲")], {}),
    ],
)  # fmt: skip
def test_an_item_is_the_same_by_title_and_number(old, new, same):
    assert same_items(old, new) == same


@pytest.mark.parametrize(
    ("code", "old", "new", "words"),
    [
        ("in_time", percent("", Share(1, 2)), percent("", Share(11, 20)), "+5.0 个百分点"),
        ("in_time", percent("", Share(1, 2)), percent("", Share(1, 4)), "−25.0 个百分点"),
        ("whole", days("", 3.04), days("", 3.0), "持平"),
        ("step", days("", 3.0), days("", 4.26), "+1.3 天"),
        ("count", count("", 12), count("", 9), "−3"),
        ("first", percent("", Share(0, 0)), percent("", Share(1, 4)), "—"),
    ],
)
def test_a_difference_is_said_in_its_unit(code, old, new, words):
    assert change(code, old, new) == words
