"""Adding up: whose figures count, what is missing, and that every total is the sum of its cells."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from workflows.tasks.annexes import statistics_on
from workflows.tasks.figures.consolidation import (
    Accepted,
    Owed,
    Report,
    columns_of,
    consolidate,
    due_for,
)
from workflows.tasks.figures.kinds import Kind
from workflows.tasks.statistics import Kept

DUE, LATER = dt.date(2026, 7, 1), dt.date(2026, 12, 1)
CUTOFF = dt.date(2026, 6, 30)
FORM = statistics_on(CUTOFF)
CELLS = {row.code: [cell.key for cell in row.cells] for row in FORM.rows}
numbers = st.dictionaries(
    st.sampled_from(sorted(CELLS)), st.dictionaries(st.sampled_from(["sessions", "people", "pieces"]), st.integers(0, 10**6))
)  # fmt: skip
given_units = st.lists(
    st.tuples(numbers, st.sampled_from(["accepted", "in_review", "returned", ""]), st.booleans()), max_size=6
)


def owed(n: int, kind=Kind.MONTH, due=DUE, expected=True) -> Owed:
    return Owed(f"u{n}", n if kind == Kind.MONTH else 100 + n, kind, due, expected)


def report(n: int, rows=None, kind=Kind.MONTH, due=DUE, **more) -> Report:
    task = n if kind == Kind.MONTH else 100 + n
    told = {"version": 1, "cutoff": CUTOFF, "form": FORM.effective_from.isoformat()} | more
    return Report(f"u{n}", task, kind, due, rows={"S01": {"sessions": 2, "people": 60}} if rows is None else rows, **told)  # fmt: skip


def add_up(owes, reports, period=Kind.MONTH, cutoff=CUTOFF, cases=None):
    return consolidate(FORM, period, cutoff, owes, reports, cases or {})


def rules(found) -> set[tuple[str, str]]:
    return {(one.code, one.rule) for one in found.warnings}


def world(units):
    owes = [owed(n, expected=expected) for n, (_, _, expected) in enumerate(units)]
    return owes, [report(n, rows, status=status) for n, (rows, status, _) in enumerate(units)]


@given(given_units)
def test_every_total_is_the_sum_of_its_cells(units):
    found = add_up(*world(units))
    assert set(found.totals) == {column.code for column in columns_of(FORM)}
    for code, total in found.totals.items():
        assert total == sum(line.cells[code] for line in found.lines)


@given(given_units, st.randoms())
def test_the_order_of_units_and_reports_changes_no_number(units, chance):
    owes, reports = world(units)
    there = add_up(owes, reports)
    mixed_owes, mixed = list(owes), list(reports)
    chance.shuffle(mixed_owes)
    chance.shuffle(mixed)
    found = add_up(mixed_owes, mixed)
    assert found.totals == there.totals
    assert {one.unit: one.cells for one in found.lines} == {one.unit: one.cells for one in there.lines}
    assert set(found.missing) == set(there.missing)
    assert set(found.warnings) == set(there.warnings)


@given(given_units, numbers)
def test_another_unit_adds_its_cells(units, rows):
    owes, reports = world(units)
    more = len(units)
    before = add_up(owes, reports)
    after = add_up([*owes, owed(more)], [*reports, report(more, rows)])
    for column in columns_of(FORM):
        added = rows.get(column.row, {}).get(column.key, 0)
        assert after.totals[column.code] == before.totals[column.code] + added


@given(given_units)
def test_whoever_owes_a_report_is_either_counted_or_missing(units):
    found = add_up(*world(units))
    counted, missing = {one.unit for one in found.lines}, {one.unit for one in found.missing}
    assert not counted & missing
    assert counted | missing == {f"u{n}" for n, (_, _, expected) in enumerate(units) if expected}


def test_a_unit_that_was_let_off_is_not_missing():
    assert add_up([owed(1, expected=False)], []).missing == []
    assert [one.unit for one in add_up([owed(1)], []).missing] == ["u1"]


def test_what_the_office_refused_counts_nothing_and_is_missing():
    found = add_up([owed(1)], [report(1, status="")])
    assert (found.lines, [one.unit for one in found.missing]) == ([], ["u1"])


def test_the_last_version_up_to_the_cutoff_counts():
    after = CUTOFF + dt.timedelta(days=1)
    versions = [
        report(1, {"S07": {"pieces": 1}}, status="returned"),
        report(1, {"S07": {"pieces": 2}}, version=2),
        report(1, {"S07": {"pieces": 3}}, version=3, cutoff=after),
    ]
    assert add_up([owed(1)], versions).totals["S07.pieces"] == 2
    assert add_up([owed(1)], versions, cutoff=after).totals["S07.pieces"] == 3
    assert add_up([owed(1)], versions, cutoff=CUTOFF - dt.timedelta(days=1)).lines == []


def test_month_and_cumulative_are_two_tables():
    owes = [owed(1), owed(1, Kind.CUMULATIVE, LATER)]
    reports = [report(1), report(1, {"S01": {"sessions": 5, "people": 170}}, Kind.CUMULATIVE, LATER)]
    assert add_up(owes, reports).totals["S01.sessions"] == 2
    assert add_up(owes, reports, Kind.CUMULATIVE).totals["S01.sessions"] == 5


def test_the_report_is_the_next_that_is_due_or_the_last():
    days = [dt.date(2026, 7, 1), dt.date(2026, 8, 1), None]
    assert due_for(days, dt.date(2026, 6, 30)) == dt.date(2026, 7, 1)
    assert due_for(days, dt.date(2026, 7, 2)) == dt.date(2026, 8, 1)
    assert due_for(days[:2], dt.date(2027, 1, 1)) == dt.date(2026, 8, 1)
    assert due_for([], CUTOFF) is None


def test_what_is_cumulative_is_held_against_every_month():
    owes = [owed(1), owed(1, Kind.CUMULATIVE, LATER)]
    reports = [report(1), report(1, {"S01": {"sessions": 1, "people": 60}}, Kind.CUMULATIVE, LATER)]
    assert rules(add_up(owes, reports, Kind.CUMULATIVE)) == {("S01.sessions", "fewer")}


def test_a_month_is_held_against_the_last_one():
    august = dt.date(2026, 8, 1)
    owes = [owed(1), Owed("u1", 7, Kind.MONTH, august)]
    last = report(1, {"S01": {"sessions": 1, "people": 10}})
    now = Report(
        "u1",
        7,
        Kind.MONTH,
        august,
        1,
        dt.date(2026, 7, 31),
        last.form,
        {"S01": {"sessions": 1, "people": 40}},
    )
    found = add_up(owes, [last, now], cutoff=now.cutoff)
    assert (found.due, rules(found)) == (august, {("S01.people", "jump")})


def test_cases_count_as_they_were_accepted_by_the_unit_s_own_cutoff():
    late = Accepted(CUTOFF + dt.timedelta(days=1), "referral")
    cases = {"u1": [Accepted(CUTOFF, "double_penalty"), late]}
    right = {"S17": {"double": 1, "referral": 0}, "S01": {"sessions": 1, "people": 1}}
    assert add_up([owed(1)], [report(1, right)], cases=cases).warnings == []
    assert rules(add_up([owed(1)], [report(1)], cases=cases)) == {("S17.double", "cases")}


def test_contradictions_and_other_forms_are_told_with_their_cell():
    wrong = {"S11": {"times": 1, "found": 2, "fixed": 3}, "S01": {"people": 5}}
    found = add_up([owed(1)], [report(1, wrong, form="2020-01-01")])
    assert rules(found) == {("", "form"), ("S11.fixed", "at_most"), ("S01.people", "needs")}


def test_each_report_is_held_against_the_registers_of_its_own_days():
    """A month from the day after the last one; what is cumulative from the first day of the campaign."""
    asked = []

    def registers(unit, start, end):
        asked.append((unit, start, end))
        return {"S13": {"times": Kept(12)}}

    july = dt.date(2026, 7, 31)
    owes = [owed(1), Owed("u1", 7, Kind.MONTH, dt.date(2026, 8, 1)), owed(1, Kind.CUMULATIVE, LATER)]
    now = Report(
        "u1",
        7,
        Kind.MONTH,
        dt.date(2026, 8, 1),
        1,
        july,
        FORM.effective_from.isoformat(),
        {"S13": {"times": 10}},
    )
    reports = [report(1), now, report(1, {"S01": {"sessions": 2, "people": 60}}, Kind.CUMULATIVE, LATER)]
    found = consolidate(FORM, Kind.MONTH, july, owes, reports, {}, None, registers)
    assert ("S13.times", "register") in rules(found)
    consolidate(FORM, Kind.CUMULATIVE, july, owes, reports, {}, None, registers)
    assert asked == [("u1", CUTOFF + dt.timedelta(days=1), july), ("u1", None, CUTOFF)]
