"""The ladder as a pure function: T counted in working days, never twice, late runs, pauses."""

import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from foundation.organization.calendar import DAY, WorkCalendar
from foundation.organization.dated import BadData, checked
from workflows.tracking.supervision.ladder import SLIP, come, last_due_day, position
from workflows.tracking.supervision.reading import ladder_for, ladders, read

SATURDAY = dt.date(2023, 7, 1)
LADDER = ladders()[0]
PLAIN = WorkCalendar()
ISSUED = dt.date(2023, 5, 20)


def codes(rungs) -> list[str]:
    return [rung.code for rung in rungs]


def on(today, due_on=SATURDAY, done=(), still=(), since=ISSUED, calendar=PLAIN):
    return come(LADDER, due_on, since=since, today=today, calendar=calendar, done=done, still=still)


@pytest.mark.parametrize(
    ("day", "n"),
    [("2023-06-29", -2), ("2023-06-30", -1), ("2023-07-01", -1), ("2023-07-02", -1), ("2023-07-03", 0), ("2023-07-04", 1),
     ("2023-07-08", 4), ("2023-07-09", 4), ("2023-07-12", 7)],
)  # fmt: skip
def test_t_0_is_the_first_working_day_after_the_due_day(day, n):
    assert position(SATURDAY, dt.date.fromisoformat(day), PLAIN) == n


def test_a_day_of_the_holiday_table_is_not_counted():
    free = WorkCalendar({dt.date(2023, 7, 3): False})
    assert position(SATURDAY, dt.date(2023, 7, 4), free) == 0


@pytest.mark.parametrize(
    ("day", "taken"),
    [("2023-06-22", ["T-7"]), ("2023-06-28", ["T-3"]), ("2023-06-30", ["T-1"]), ("2023-07-03", []), ("2023-07-04", ["T+1"]),
     ("2023-07-06", ["T+3"]), ("2023-07-12", ["T+7"])],
)  # fmt: skip
def test_every_rung_has_its_day(day, taken):
    today = dt.date.fromisoformat(day)
    before = [rung.code for rung in LADDER.rungs if rung.offset < position(SATURDAY, today, PLAIN)]
    assert codes(on(today, done=before).take) == taken


def test_a_late_run_sends_the_last_reminder_and_passes_the_others():
    found = on(dt.date(2023, 6, 30))
    assert (codes(found.take), codes(found.passed)) == (["T-1"], ["T-7", "T-3"])


def test_a_late_run_sends_no_reminder_of_what_is_late_but_every_slip():
    found = on(dt.date(2023, 7, 7))
    assert (codes(found.take), codes(found.passed)) == (["T+1", "T+3"], ["T-7", "T-3", "T-1"])


def test_rungs_before_the_task_was_issued_are_not_owed():
    found = on(dt.date(2023, 6, 30), since=dt.date(2023, 6, 29))
    assert (codes(found.take), codes(found.passed)) == (["T-1"], [])
    assert codes(on(dt.date(2023, 7, 7), since=dt.date(2023, 7, 6)).take) == ["T+3"]


def test_nothing_goes_out_while_an_extension_is_decided_and_those_days_are_not_counted():
    asked = (dt.date(2023, 6, 30), dt.date(2023, 7, 6))  # refused on a Thursday, when it would have been T+3
    assert on(dt.date(2023, 7, 6), still=[asked]) == on(dt.date(2023, 6, 30), still=[asked])
    assert codes(on(dt.date(2023, 7, 7), still=[asked]).take) == []  # T+0
    assert codes(on(dt.date(2023, 7, 10), still=[asked]).take) == ["T+1"]


days = st.integers(0, 40).map(lambda n: SATURDAY - DAY * 20 + DAY * n)
calendars = st.dictionaries(days, st.booleans(), max_size=15).map(WorkCalendar)
spans = st.lists(
    st.tuples(days, st.integers(0, 6)).map(lambda one: (one[0], one[0] + DAY * one[1])), max_size=2
)
runs = st.lists(days, max_size=40).map(sorted)


def played(runs, calendar, still=(), since=ISSUED):
    """The rungs taken run by run, and all that were taken or passed."""
    done: set[str] = set()
    taken = []
    for today in runs:
        found = on(today, done=done, still=still, since=since, calendar=calendar)
        done |= {*codes(found.take), *codes(found.passed)}
        taken.append(found.take)
    return taken, done


@given(runs, calendars, spans, days)
def test_never_twice_and_only_upwards(runs, calendar, still, since):
    taken, _ = played(runs, calendar, still, since)
    offsets = [rung.offset for found in taken for rung in found]
    assert offsets == sorted(set(offsets))


@given(days, calendars, spans)
def test_daily_sweeps_and_one_late_sweep_send_the_same_slips(last, calendar, still):
    assume(not any(first <= last <= to for first, to in still))
    daily, once = (
        played(runs, calendar, still)[0]
        for runs in ([ISSUED + DAY * n for n in range((last - ISSUED).days + 1)], [last])
    )
    assert _slips(daily) == _slips(once)


def _slips(taken) -> list[str]:
    return [rung.code for found in taken for rung in found if rung.kind == SLIP]


@given(runs, calendars, spans)
def test_at_most_one_reminder_a_run_and_none_when_late(runs, calendar, still):
    for today, found in zip(runs, played(runs, calendar, still)[0], strict=True):
        reminders = [rung for rung in found if rung.kind != SLIP]
        assert len(reminders) <= (today <= SATURDAY)


@given(days, calendars, spans)
def test_t_never_falls(day, calendar, still):
    assert position(SATURDAY, day, calendar, still) <= position(SATURDAY, day + DAY, calendar, still)


@given(days, calendars)
def test_what_is_due_later_than_the_last_due_day_has_come_to_nothing(today, calendar):
    last = last_due_day(LADDER, today, calendar)
    assert on(today, due_on=last + DAY, calendar=calendar) == on(
        today, due_on=last + DAY * 30, calendar=calendar
    )
    assert position(last, today, calendar) >= LADDER.rungs[0].offset


def test_the_ladder_in_force_on_the_due_day_holds(monkeypatch):
    newer = [_version(), _version(effective_from="2025-01-01")]
    found = read(newer, "x.yaml")
    monkeypatch.setattr("workflows.tracking.supervision.reading.ladders", lambda: found)
    assert [ladder_for(dt.date(year, 6, 1)).effective_from.year for year in (2020, 2024, 2025)] == [
        2023,
        2023,
        2025,
    ]


def _version(**changed) -> dict:
    rungs = [{"offset": -1, "kind": "remind", "to": ["liaison"]},
             {"offset": 1, "kind": "slip", "to": ["head"], "colour": "blue", "reply": 3, "asks": "请补报。"}]  # fmt: skip
    return {"effective_from": "2023-01-01", "verified": False, "basis": "暂定", "sweep_at": "08:30", "rungs": rungs} | changed  # fmt: skip


def _coloured(*colours: str) -> list[dict]:
    asked = {"kind": "slip", "to": ["head"], "reply": 3, "asks": "请补报。"}
    return [asked | {"offset": n, "colour": colour} for n, colour in enumerate(colours, 1)]


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({}, "应是列表"),
        ([], "至少要有 1 项"),
        ([_version(effective_from="明年")], "不是日期"),
        ([_version(), _version()], "同一天"),
        ([_version(colour="red")], "不认识的键"),
        ([_version(rungs=[{"offset": 1, "kind": "slip", "to": ["head"], "colour": "red"}])], "T+1 是督办单"),
        ([_version(rungs=[{"offset": 1, "kind": "remind", "to": ["head"]}])], "T+1 是提醒"),
        ([_version(rungs=_version()["rungs"][::-1])], "T-1 排错了"),
        ([_version(rungs=_coloured("red"))], "缺级"),
        ([_version(rungs=_coloured("blue", "red"))], "缺级或颠倒：blue、red"),
        ([_version(rungs=_coloured("blue", "yellow", "blue"))], "不能跳级"),
    ],
)
def test_a_bad_file_is_told_with_its_fault(values, says):
    with pytest.raises(BadData, match=says.replace("+", r"\+")):
        read(checked(values, "ladder", "ladders.yaml"), "ladders.yaml")
