"""Where ANBAN_BROKER is set: Celery over a real Redis wakes the workers. The row stays the truth."""

from __future__ import annotations

import collections
import subprocess

import pytest
from celery import Celery
from django.db import transaction

from foundation.jobs import broker as celery
from foundation.jobs import queue
from foundation.jobs.models import Job
from tests.foundation.jobs.chores import PATIENCE, lines, wait_for

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


@pytest.fixture
def redis(tmp_path):
    """A Redis of this test's own, on a socket file."""
    socket = tmp_path / "redis.sock"
    server = subprocess.Popen(
        ["redis-server", "--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", str(tmp_path)],
        stdout=subprocess.DEVNULL,
    )
    wait_for(socket.exists)
    yield f"redis+socket://{socket}"
    server.kill()
    server.wait(PATIENCE)


def bell_at(url: str, monkeypatch) -> Celery:
    app = celery.connected(url)
    monkeypatch.setattr(queue, "WAKING", [celery.Bell(app).ring])
    return app


@pytest.fixture
def broker(redis, monkeypatch):
    """This process, and the workers it starts, know the broker; what is given is the Redis itself."""
    monkeypatch.setenv("ANBAN_BROKER", redis)
    app = bell_at(redis, monkeypatch)
    with app.connection() as connection:
        yield connection.default_channel.client
    app.close()


def ended(jobs: list[Job]) -> bool:
    return not Job.objects.filter(pk__in=[job.pk for job in jobs], ended=None).exists()


def test_a_worker_is_woken_when_the_job_is_there_to_be_seen(broker, add):
    with transaction.atomic():
        add("note", log=add.log)
        assert broker.llen("anban") == 0
    assert broker.llen("anban") == 1
    with transaction.atomic():
        add("note", log=add.log)
        transaction.set_rollback(True)
    assert broker.llen("anban") == 1


def test_two_workers_share_the_jobs_run_each_once_and_end_when_asked(broker, add, start):
    workers = [start(), start()]
    jobs = [add("note", log=add.log) for _ in range(20)]
    wait_for(lambda: ended(jobs))
    broker.flushall()  # whatever was said is forgotten
    queue.WAKING.clear()
    jobs.append(add("note", log=add.log))
    wait_for(lambda: ended(jobs))  # the beat looks by itself
    runs = collections.Counter(line.rsplit(" ", 1)[0] for line in lines(add.log))
    assert runs == {f"{word} {job.pk}": 1 for job in jobs for word in ("start", "end")}
    for worker in workers:
        worker.terminate()
    assert [worker.wait(PATIENCE) for worker in workers] == [0, 0]


def test_a_broker_that_is_away_loses_no_job_and_is_not_asked_again_at_once(add, monkeypatch, caplog):
    bell_at("redis+socket:///nowhere/redis.sock", monkeypatch)
    add("note", log=add.log)
    add("note", log=add.log)
    assert Job.objects.filter(ended=None).count() == 2
    assert len([line for line in caplog.messages if line.startswith("broker:")]) == 1
