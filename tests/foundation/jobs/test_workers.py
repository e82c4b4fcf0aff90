"""Real worker processes on the test's own database: killed, side by side, asked to end."""

import collections
import signal

import pytest

from foundation.jobs.models import Job
from tests.foundation.jobs.chores import PATIENCE, lines, wait_for

pytestmark = pytest.mark.django_db(transaction=True)


def ended(job: Job) -> bool:
    job.refresh_from_db()
    return job.ended is not None


def test_a_job_whose_worker_is_killed_is_done_by_the_next(add, start, tmp_path):
    job = add("hold", log=add.log, gate=add.gate)
    first = start("--lease", "1")
    wait_for(lambda: lines(add.log))
    first.kill()
    assert first.wait(PATIENCE) == -signal.SIGKILL
    (tmp_path / "gate").touch()
    second = start("--lease", "1")
    wait_for(lambda: ended(job))
    assert (job.state, job.claims) == (Job.State.DONE, 2)
    assert lines(add.log) == [f"{word} {job.pk} {pid.pid}" for word, pid in
                              [("start", first), ("start", second), ("end", second)]]  # fmt: skip


def test_two_workers_run_every_job_once_and_never_together(add, start):
    jobs = [add("note", log=add.log) for _ in range(40)]
    workers = [start("--idle-exit"), start("--idle-exit")]
    assert [worker.wait(PATIENCE) for worker in workers] == [0, 0]
    runs = collections.Counter(line.rsplit(" ", 1)[0] for line in lines(add.log))
    assert runs == {f"{word} {job.pk}": 1 for job in jobs for word in ("start", "end")}
    assert set(Job.objects.filter(periodic=False).values_list("state", "claims")) == {("done", 1)}


def test_a_step_longer_than_the_lease_keeps_the_job(add, start, tmp_path):
    """It takes no steps of its own: the heartbeat renews, so the second worker finds nothing to take."""
    job = add("hold", log=add.log, gate=add.gate, steps=False)
    start("--lease", "0.5")
    wait_for(lambda: lines(add.log))
    job.refresh_from_db()
    begun = job.due
    start("--lease", "0.5")
    wait_for(lambda: job.refresh_from_db() or (job.due - begun).total_seconds() > 1.5)
    (tmp_path / "gate").touch()
    wait_for(lambda: ended(job))
    assert (job.state, job.claims, len(lines(add.log))) == (Job.State.DONE, 1, 2)


def test_a_worker_asked_to_end_gives_the_job_in_hand_back(add, start):
    job = add("hold", log=add.log, gate=add.gate)
    worker = start()
    wait_for(lambda: lines(add.log))
    worker.terminate()
    assert worker.wait(PATIENCE) == 0
    job.refresh_from_db()
    assert (job.state, job.tries) == (Job.State.QUEUED, 0)


def test_a_worker_asked_to_end_finishes_a_job_that_takes_no_steps(add, start, tmp_path):
    job = add("hold", log=add.log, gate=add.gate, steps=False)
    worker = start()
    wait_for(lambda: lines(add.log))
    worker.terminate()
    (tmp_path / "gate").touch()
    assert worker.wait(PATIENCE) == 0
    job.refresh_from_db()
    assert job.state == Job.State.DONE


def test_the_command_ends_after_one_job_and_logs_a_line_for_it(add, start):
    add("fail")
    add("fail")
    worker = start("--once")
    _, log = worker.communicate(timeout=PATIENCE)
    assert worker.returncode == 0
    assert next(line for line in log.splitlines() if line.startswith("test.fail ")).split()[2] == "queued"
    assert sorted(Job.objects.filter(periodic=False).values_list("tries", flat=True)) == [0, 1]


def test_the_products_own_command_signs_the_journal(start):
    worker = start("--idle-exit", program=("manage.py", "work"))
    _, log = worker.communicate(timeout=PATIENCE)
    assert (worker.returncode, log.split()[0]) == (0, "journal.checkpoint")
