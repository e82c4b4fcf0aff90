"""The one way to move a state: set-wise, guarded, with a reason for every row that stayed."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation.journal import verbs
from foundation.journal.models import Entry
from foundation.journal.moves import create, record, transition
from foundation.journal.verify import first_bad
from foundation.organization.actors import SYSTEM
from foundation.organization.models import Appointment
from foundation.organization.refusals import Refused
from workflows.plans.models import Plan
from workflows.tasks.models import Task

from .conftest import AT


def test_it_moves_all_and_writes_one_entry_each(tasks, liaison):
    moved = transition(Task.receive, tasks, actor=liaison, at=AT)
    assert (moved.ids, moved.missed()) == (tasks, {})
    assert set(Task.objects.values_list("state", "journal_seq")) == {("received", 2)}
    assert Entry.objects.filter(verb="tasks.task.receive", source="issued", to="received").count() == 3


def test_it_names_the_state_of_rows_that_cannot_move(tasks, liaison):
    transition(Task.receive, tasks[:1], actor=liaison, at=AT)
    moved = transition(Task.receive, tasks, actor=liaison, at=AT)
    assert moved.ids == tasks[1:]
    assert moved.missed() == {tasks[0]: "当前状态为“已签收”，不能这样办理。"}


def test_it_refuses_who_may_not_and_says_why(tasks):
    moved = transition(Task.receive, tasks, actor=SYSTEM, at=AT)
    assert set(moved.missed().values()) == {"只有本单位的联络员可以签收。"}
    with pytest.raises(Refused, match="联络员"):
        moved.all_or_refuse()


def test_it_refuses_a_post_that_has_ended(tasks, liaison):
    Appointment.objects.filter(pk=liaison.post).update(end=AT.date())
    tomorrow = AT + dt.timedelta(days=1)
    assert transition(Task.receive, tasks, actor=liaison, at=tomorrow).ids == []


def test_it_says_that_a_row_is_gone(tasks, liaison):
    assert transition(Task.receive, 999_999, actor=liaison, at=AT).missed() == {999_999: "已不存在。"}


def test_the_first_submission_fixes_its_time(tasks, liaison):
    transition(Task.receive, tasks, actor=liaison, at=AT)
    transition(Task.submit, tasks[0], actor=liaison, at=AT, data={"version": 1})
    transition(Task.unit_return, tasks[0], actor=SYSTEM, at=AT)
    transition(Task.submit, tasks[0], actor=liaison, at=AT + dt.timedelta(1), data={"version": 2})
    task = Task.objects.get(pk=tasks[0])
    assert (task.version, task.first_submitted_at, task.changed) == (2, AT, AT + dt.timedelta(1))


def test_a_record_keeps_the_state(tasks, liaison):
    record(Task, tasks, "urge", actor=liaison, at=AT, data={"by": "phone"})
    assert set(Task.objects.values_list("state", "journal_seq")) == {("issued", 2)}
    assert first_bad() == (1 + 3 + 3, None)


def test_without_a_source_one_row_is_created(town, db):
    (pk,) = create(Plan, {"title": "甲", "text": "乙", "organ": town}, actor=SYSTEM, at=AT)
    assert Plan.objects.get(pk=pk).created == AT


def test_an_unregistered_verb_is_an_error(tasks, liaison):
    with pytest.raises(LookupError, match=r"tasks\.task\.dance"):
        record(Task, tasks, "dance", actor=liaison, at=AT)


def test_every_verb_has_a_chinese_sentence():
    assert verbs.says("tasks.task.receive") == "签收任务"
    assert all(any("\u4e00" <= c <= "\u9fff" for c in says) for says in verbs.VERBS.values())


def test_a_direct_call_is_refused(tasks):
    with pytest.raises(RuntimeError, match=r"moves\.transition"):
        Task.objects.get(pk=tasks[0]).receive()


def test_floats_are_refused(tasks, liaison):
    with pytest.raises(TypeError, match="Decimal"):
        record(Task, tasks, "urge", actor=liaison, at=AT, data={"hours": 1.5})


@pytest.mark.parametrize("count", [1, 500])
def test_its_statements_do_not_grow_with_the_rows(make_tasks, liaison, count):
    pks = make_tasks(count)
    with CaptureQueriesContext(connection) as caught:
        transition(Task.receive, pks, actor=liaison, at=AT)
    assert len(caught) == (1 if connection.vendor == "postgresql" else 2)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_move_a_row_once(tasks, liaison):
    barrier, done = threading.Barrier(2), []

    def receive() -> None:
        barrier.wait()
        done.append(transition(Task.receive, tasks, actor=liaison, at=AT).ids)
        connection.close()

    threads = [threading.Thread(target=receive) for _ in range(2)]
    [one.start() for one in threads]
    [one.join() for one in threads]
    assert sorted(pk for ids in done for pk in ids) == tasks
    assert first_bad()[1] is None
