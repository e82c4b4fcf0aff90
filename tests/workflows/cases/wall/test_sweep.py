"""What comes due is written down once, whoever looks or not."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation.jobs.models import Job
from foundation.jobs.queue import put_periodic, run_due
from foundation.journal.models import Entry
from foundation.journal.verify import first_bad
from tests.workflows.cases.test_counting import at
from tests.workflows.cases.test_register import NOW, Told
from workflows.cases.models import CaseClock, CaseEvent
from workflows.cases.register import strike_event
from workflows.cases.wall import sweep as sweeping
from workflows.cases.wall.sweep import sweep


@pytest.fixture
def told(cast) -> Told:
    told = Told(cast)
    told.referred()
    return told


def lapses(told: Told) -> list[dict]:
    entries = Entry.objects.filter(target="cases.case", target_id=told.pk, verb="cases.case.overdue")
    return [one.data for one in entries.order_by("seq")]


def test_a_clock_lapses_the_moment_after_its_last(told):
    assert sweep(at=at("03-04 10:20")) == 0
    assert sweep(at=at("03-04 10:21")) == 1
    assert lapses(told) == [{"rule": "T2a", "name": "向同级公安机关移送", "above": True}]
    assert CaseClock.objects.get(rule="T2a").lapsed_at == at("03-04 10:21")
    assert first_bad()[1] is None


def test_it_lapses_once_however_often_it_is_swept(told):
    assert [sweep(at=NOW) for _ in range(3)] == [1, 0, 0]
    assert len(lapses(told)) == 1


def test_it_lapses_once_though_its_end_was_recorded_and_struck_out(told):
    sweep(at=NOW)
    end = told.happened("05-04 09:00 handed_over")
    assert CaseClock.objects.get(rule="T2a").live is False
    strike_event(case=told.pk, event=end, why="记错案件", actor=told.by, at=NOW)
    assert CaseClock.objects.get(rule="T2a").live is True
    assert sweep(at=NOW) == 0
    assert len(lapses(told)) == 1


def test_it_lapses_once_though_its_beginning_was_struck_out_and_recorded_again(told):
    sweep(at=NOW)
    begin = CaseEvent.objects.get(case=told.pk, step="approved")
    strike_event(case=told.pk, event=begin.pk, why="记错文号", actor=told.by, at=NOW)
    told.happened("03-03 10:20 approved head")
    assert sweep(at=NOW) == 0
    assert len(lapses(told)) == 1
    assert CaseClock.objects.filter(rule="T2a").count() == 1


def test_what_was_done_in_time_never_lapses(told):
    told.happened("03-04 09:00 handed_over")
    assert sweep(at=at("03-04 12:00")) == 0


def test_every_clock_of_a_case_is_written_down_by_itself(told):
    for line in ("03-01 09:00 filed", "03-16 09:00 informed", "03-18 09:00 heard", "03-20 09:00 decided"):
        told.happened(line)
    assert sweep(at=NOW) == 3
    assert sorted(one["rule"] for one in lapses(told)) == ["P61", "P78", "T2a"]


def test_two_clocks_of_one_rule_are_two_lapses(told):
    told.happened("03-10 09:00 preserved")
    told.happened("03-11 09:00 preserved")
    sweep(at=NOW)
    assert [one["rule"] for one in lapses(told)].count("P56") == 2


def test_more_than_a_round_holds_are_swept_in_several(told, cast, monkeypatch):
    Told(cast).referred()
    Told(cast).referred()
    monkeypatch.setattr(sweeping, "ROUND", 2)
    assert sweep(at=NOW) == 3
    assert Entry.objects.filter(verb="cases.case.overdue").count() == 3


def test_the_job_sweeps_every_ten_minutes(told):
    put_periodic(NOW)
    Job.objects.exclude(name="cases.sweep").delete()  # 督办扫描 sweeps the wall too
    run_due(NOW)
    job = Job.objects.get(name="cases.sweep")
    assert (job.result, (job.due - NOW).total_seconds()) == ({"lapsed": 1}, 600)


def test_ten_times_the_cases_are_swept_in_as_many_statements(cast):
    asked = []
    for count in (2, 20):
        for _ in range(count):
            Told(cast).referred()
        with CaptureQueriesContext(connection) as queries:
            assert sweep(at=NOW) == count
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 9
