"""附件2: what is read from a form, and the rules between the numbers."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.tasks.annexes import statistics_on
from workflows.tasks.statistics import Broken, Held, Kept, Place, check, findings, read, read_number

FORM = statistics_on(dt.date(2026, 6, 30))
GOOD = {"cutoff": "2026-06-30", "S01": {"sessions": "3", "people": "120"}}


def says(typed, earlier=None, **held):
    content, problems = read(FORM, typed)
    held = Held(earlier or {}, **held)
    return [p.says for p in problems + check(FORM, content["rows"], content["notes"], held)]


def test_a_good_form_has_no_problem():
    assert says(GOOD) == []


def test_empty_cells_count_as_nought():
    content, _ = read(FORM, GOOD)
    assert content["rows"]["S02"] == {"sessions": 0, "people": 0}


@pytest.mark.parametrize(
    ("typed", "number"), [("", 0), ("12", 12), (" １２ ", 12), ("1,200", 1200), ("0", 0), (7, 7)]
)
def test_numbers_as_people_write_them(typed, number):
    assert read_number(typed) == number


@pytest.mark.parametrize("typed", ["-1", "1.5", "很多", "1e3", "12场"])
def test_what_is_no_whole_number_is_named(typed):
    assert read_number(typed) is None
    problems = says(GOOD | {"S01": {"people": typed, "sessions": "1"}})
    assert f"S01 参加填的是“{typed}”，请填 0 或正整数。" in problems


@pytest.mark.parametrize("typed", ["1000000001", "９" * 12, "9" * 5000])
def test_what_is_absurd_is_named(typed):
    assert read_number("1,000,000,000") == 10**9
    assert read_number(typed) is None
    says_ = f"S01 参加填的是“{typed[:20]}”，大得不合常理（最多 1,000,000,000），请核对。"
    assert says_ in says(GOOD | {"S01": {"people": typed, "sessions": "1"}})


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"S01": {"people": "5"}}, "S01 参加大于 0，场次不能是 0。"),
        ({"S11": {"times": "1", "found": "2", "fixed": "3"}}, "S11 整改不能多于发现隐患。"),
        ({"S09": {"firms": "1", "leading": "2"}}, "S09 “五带头”企业不能多于企业。"),
        ({"S16": {"received": "1", "confirmed": "2"}}, "S16 查实不能多于受理。"),
    ],
)
def test_numbers_that_contradict_each_other(row, problem):
    assert problem in says({"cutoff": "2026-06-30"} | row)


def test_a_form_of_noughts_needs_a_reason():
    assert "统计表全部为 0" in says({"cutoff": "2026-06-30"})[0]
    assert says({"cutoff": "2026-06-30", "S01": {"note": "本月无活动"}}) == []


def test_the_cumulative_figure_is_not_below_the_monthly_one():
    assert says(GOOD, {"S01": {"sessions": 4, "people": 100}}) == [
        "S01 场次累计 3，少于上次报送的 4，请核对。"
    ]


def test_a_figure_that_jumps_asks_for_a_reason():
    earlier = {"S01": {"sessions": 3, "people": 30}}
    assert "超过 3 倍" in says(GOOD, earlier)[0]
    noted = GOOD | {"S01": GOOD["S01"] | {"note": "新增三场大讲堂"}}
    assert says(noted, earlier) == []


def test_a_month_may_be_less_than_the_last_one_but_a_fall_asks_for_a_reason():
    earlier = {"S01": {"sessions": 10, "people": 300}}
    assert says(GOOD, earlier, counts_on=False) == [
        "S01 场次由上次的 10 降到 3，不到三分之一，请在说明栏写明原因。"
    ]
    assert says(GOOD, {"S01": {"sessions": 9, "people": 360}}, counts_on=False) == []
    noted = GOOD | {"S01": GOOD["S01"] | {"note": "集中在上月"}}
    assert says(noted, earlier, counts_on=False) == []


def test_another_number_than_the_records_add_up_to_asks_for_a_reason():
    drafted = {"S01": {"sessions": 4, "people": 120}}
    assert says(GOOD, drafted=drafted) == ["S01 场次填的是 3，活动记录合计 4；不一致的，请在说明栏写明原因。"]
    assert says(GOOD | {"S01": GOOD["S01"] | {"note": "一场重复登记"}}, drafted=drafted) == []
    assert says(GOOD, drafted={"S01": {"sessions": 3, "people": 120}}) == []


def test_an_empty_cell_beside_records_is_another_number():
    assert "S02 场次填的是 0，活动记录合计 1" in says(GOOD, drafted={"S02": {"sessions": 1}})[0]


def test_cases_are_those_the_office_accepted_and_no_reason_makes_them_others():
    typed = GOOD | {"S17": {"double": "2", "note": "另有一件"}}
    assert says(typed, cases={"double_penalty": 1}) == [
        "S17 “一案双罚”填的是 2，截至统计日办公室已采用的案例是 1 件。"
    ]
    assert says(typed, cases={"double_penalty": 2}) == []
    assert says(GOOD, cases={"referral": 1}) != []


def test_a_row_that_the_office_let_stand_is_asked_for_nothing():
    held = {"drafted": {"S01": {"sessions": 4}}, "settled": frozenset({"S01"})}
    assert says(GOOD, {"S01": {"sessions": 9, "people": 999}}, **held) == []


def test_every_finding_names_its_cell_and_its_rule():
    content, _ = read(FORM, {"cutoff": "2026-06-30", "S01": {"people": "5"}})
    (found,) = findings(FORM, content["rows"], content["notes"], Held())
    assert (found.rule, found.row, found.key) == (Broken.NEEDS, "S01", "people")


KEPT = {"S13": {"times": Kept(12, False, (Place("志愿服务和敲门行动", "/x"),)), "homes": Kept(300, True)}}


def test_another_number_than_a_register_holds_asks_for_a_reason():
    typed = GOOD | {"S13": {"times": "10", "homes": "300"}}
    assert says(typed, kept=KEPT) == [
        "S13 行动填的是 10，登记册（志愿服务和敲门行动）有 12；请采用登记册的数，或在说明栏写明原因。"
    ]
    assert says(typed | {"S13": typed["S13"] | {"note": "两次未在平台登记"}}, kept=KEPT) == []
    assert says(typed | {"S13": {"times": "12", "homes": "300"}}, kept=KEPT) == []


def test_of_a_register_that_holds_a_part_more_is_no_contradiction():
    more = GOOD | {"S13": {"times": "12", "homes": "301"}}
    assert says(more, kept=KEPT) == []
    assert "S13 入户填的是 299" in says(GOOD | {"S13": {"times": "12", "homes": "299"}}, kept=KEPT)[0]


def test_a_register_fills_only_what_the_records_say_nothing_of():
    """They tell of the same activities: never both."""
    held = Held(drafted={"S13": {"times": 10}, "S01": {"sessions": 1}}, kept=KEPT)
    assert held.known == {"S13": {"times": 10, "homes": 300}, "S01": {"sessions": 1}}


@pytest.mark.parametrize("cutoff", ["", "2026-06-31", "六月底"])
def test_the_cutoff_is_a_day(cutoff):
    assert "请填写统计截至日期，如 2026-06-30。" in says(GOOD | {"cutoff": cutoff})


def test_the_form_is_marked_as_not_verified():
    assert not FORM.verified
    assert len({row.code for row in FORM.rows}) == len(FORM.rows)


@given(st.dictionaries(st.sampled_from([row.code for row in FORM.rows]), st.one_of(st.text(), st.none(), st.dictionaries(st.text(), st.text()))))  # fmt: skip
def test_whatever_is_typed_gives_whole_numbers(typed):
    content, _ = read(FORM, typed)
    assert all(number >= 0 for cells in content["rows"].values() for number in cells.values())
