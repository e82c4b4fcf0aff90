import datetime as dt

import pytest
from django.utils import timezone

from foundation.jobs import queue, registry
from foundation.jobs.models import Job
from foundation.jobs.progress import LEASE, Progress
from foundation.jobs.queue import claim, pause, run, run_due
from tests.foundation.ground import AT
from tests.foundation.jobs.chores import lines

pytestmark = pytest.mark.django_db
State = Job.State


def held(job: Job, at: dt.datetime) -> Progress:
    claimed = claim(at, pk=job.pk)
    assert claimed is not None
    return Progress(claimed, clock=lambda: at)


def seen(job: Job, *fields: str) -> tuple:
    job.refresh_from_db()
    return tuple(getattr(job, field) for field in fields)


def test_a_job_that_ends_keeps_its_result(add):
    job = add("note", log=add.log)
    assert run_due(AT) == 1
    assert seen(job, "state", "ended", "done_count", "total", "message") == (State.DONE, AT, 1, 2, "一半")
    assert set(job.result) == {"by"}
    assert run_due(AT + LEASE) == 0


def test_a_job_that_fails_waits_longer_each_time_and_is_given_up(add, caplog):
    job, at = add("fail"), AT
    for tries in (1, 2):
        assert run_due(at) == 1
        assert seen(job, "state", "tries", "due") == (State.QUEUED, tries, at + pause(tries))
        assert run_due(job.due - dt.timedelta(seconds=1)) == 0
        at = job.due
    run_due(at)
    assert seen(job, "state", "ended", "error") == (State.FAILED, at, "RuntimeError: 磁盘已满")
    assert caplog.text.count("磁盘已满") >= 3


def test_a_long_job_lets_those_pass_that_wait_once_it_got_on(add):
    job, _ = add("long", log=add.log), add("note", log=add.log)
    while taken := claim(timezone.now()):
        run(queue.held(taken, lease=LEASE, stopping=bool))
    assert [line.rsplit(" ", 1)[0] if "part" not in line else line for line in lines(add.log)] == [
        "part 1", f"start {job.pk + 1}", f"end {job.pk + 1}", "part 2", "part 3",
    ]  # fmt: skip
    assert seen(job, "state", "claims", "tries") == (State.DONE, 2, 1)


def test_a_job_that_waits_says_how_many_come_first(add):
    first, second = add("note", log=add.log), add("note", log=add.log)
    assert (first.ahead, second.ahead) == (0, 1)
    assert claim(AT, pk=first.pk)
    assert second.ahead == Job.objects.get(pk=second.pk).ahead == 1  # it runs, and comes first all the same


def test_the_pause_doubles_up_to_an_hour():
    assert [pause(n).total_seconds() for n in (1, 2, 3)] == [10, 20, 40]
    assert pause(60) == dt.timedelta(hours=1)


def test_a_refusal_is_an_answer_and_not_tried_again(add):
    job = add("refuse")
    run_due(AT)
    assert seen(job, "state", "error", "tries") == (State.FAILED, "没有可以导出的任务。", 1)


def test_a_job_that_kills_its_workers_is_given_up(add):
    job = add("note", log=add.log)
    for tries in range(3):
        claim(AT + tries * LEASE)  # and the worker dies
    run_due(AT + 3 * LEASE)
    assert seen(job, "state") == (State.FAILED,)
    assert "中断" in job.error
    assert lines(add.log) == []


def test_a_job_of_an_older_version_is_given_up_with_a_sentence(add, monkeypatch):
    job = add("fail")
    monkeypatch.delitem(registry.KINDS, "test.fail")
    run_due(AT)
    assert seen(job, "state", "error") == (State.FAILED, "这项后台任务已停用，请联系系统管理员。")
    assert job.title == "test.fail"


@pytest.mark.django_db(transaction=True)
def test_a_result_that_is_no_json_fails_the_job_not_the_worker(add, monkeypatch, caplog):
    kind = registry.Kind("test.fail", "试办", 1, None, lambda progress: {"at": object()})
    monkeypatch.setitem(registry.KINDS, "test.fail", kind)
    job = add("fail")
    run_due(AT)
    assert seen(job, "state") == (State.FAILED,)


def test_a_worker_that_was_thought_dead_changes_nothing(add):
    job = add("note", log=add.log)
    late = held(job, AT)
    held(job, AT + LEASE)
    assert run(late) == "given up"
    assert seen(job, "state", "claims", "done_count") == (State.RUNNING, 2, 0)


def test_a_step_pushes_the_lease(add):
    job = add("note", log=add.log)
    progress = held(job, AT)
    progress.clock = lambda: AT + LEASE / 2
    progress.step(1)
    assert seen(job, "due") == (AT + LEASE * 1.5,)


def test_a_worker_that_is_asked_to_end_gives_the_job_back_untried(add):
    job = add("note", log=add.log)
    progress = held(job, AT)
    progress.stopping = lambda: True
    assert run(progress) == "queued"
    assert seen(job, "state", "due", "tries") == (State.QUEUED, AT, 0)
    run_due(AT)
    assert seen(job, "state") == (State.DONE,)


def test_every_write_after_the_claim_asks_whether_it_still_holds(add):
    """Cancelled while it ran without steps: the end doesn't overwrite that."""
    job = add("refuse")
    progress = held(job, AT)
    Job.objects.filter(pk=job.pk).update(state=State.CANCELLED, ended=AT)
    assert queue.run(progress) == "given up"
    assert seen(job, "state", "error") == (State.CANCELLED, "")
