"""附件2 as the unit's own records add up: by item, by form of activity, by day."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.tasks.annexes import statistics_on
from workflows.tasks.figures.drafted import Done, drafted, within
from workflows.tasks.figures.kinds import Kind, kind_of
from workflows.tasks.forms import FORMS

DAY = dt.date(2026, 6, 10)
FORM = statistics_on(DAY)
ITEMS = sorted({item for row in FORM.rows for item in row.items})
done = st.builds(
    Done, st.sampled_from([*ITEMS, "99"]), st.sampled_from(FORMS), st.dates(dt.date(2026, 5, 1), dt.date(2026, 8, 1)),
    st.integers(0, 9), st.integers(0, 500),
)  # fmt: skip


def record(item="1", form="宣讲", on=DAY, sessions=1, people=40) -> Done:
    return Done(item, form, on, sessions, people)


def test_records_of_an_item_are_added_up_in_its_row():
    assert drafted(FORM, [record(), record(people=2, sessions=3)], {})["S01"] == {"sessions": 4, "people": 42}


def test_a_row_without_a_record_is_left_to_the_unit():
    assert set(drafted(FORM, [record()], {})) == {"S01", "S17"}


def test_a_row_that_names_forms_counts_these_alone():
    found = drafted(FORM, [record("14", "隐患排查"), record("14", "应急演练")], {})
    assert found["S11"] == {"times": 1}
    assert "S13" not in drafted(FORM, [record("16", "宣讲")], {})


def test_cases_are_known_also_where_there_is_none():
    assert drafted(FORM, [], {"referral": 2})["S17"] == {"double": 0, "referral": 2}


@pytest.mark.parametrize(
    ("start", "end", "inside"),
    [(None, None, True), (DAY, DAY, True), (DAY + dt.timedelta(1), None, False), (None, DAY - dt.timedelta(1), False)],
)  # fmt: skip
def test_both_days_of_the_interval_count(start, end, inside):
    assert bool(within([record()], start, end)) is inside


def test_what_a_row_asks_for_is_there_in_the_form():
    """Its cells are cells of the row, and forms are those a record can have."""
    for row in FORM.rows:
        assert {*row.counts, *row.cases, *row.needs, *row.at_most} <= {cell.key for cell in row.cells}
        assert set(row.forms) <= set(FORMS)
        assert set(row.counts.values()) <= {"sessions", "people"}


@given(st.lists(done), st.lists(done), st.permutations(range(5)))
def test_records_add_up_whatever_their_order(some, more, order):
    """What two lists give together is what they give one by one."""
    both = drafted(FORM, some + more, {})
    first, second = drafted(FORM, some, {}), drafted(FORM, more, {})
    for code, cells in both.items():
        for key, number in cells.items():
            assert number == first.get(code, {}).get(key, 0) + second.get(code, {}).get(key, 0)
    shuffled = [(some + more)[n] for n in order if n < len(some + more)]
    rest = [one for n, one in enumerate(some + more) if n >= 5]
    assert drafted(FORM, shuffled + rest, {}) == both


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("月度活动总结和附件2《统计表》", Kind.MONTH),
        ("全程活动总结和附件2（填6月至12月累计数）", Kind.CUMULATIVE),
    ],
)
def test_a_duty_is_cumulative_where_the_plan_says_so(words, kind):
    assert kind_of(words, "") == kind
