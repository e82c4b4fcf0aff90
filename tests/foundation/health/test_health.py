"""运行状况: 200 or 503 for machines, sentences for whoever keeps the site."""

import datetime as dt
import shutil
from collections import namedtuple

import pytest
from django.db import connection
from django.utils import timezone

from foundation.health import checks
from foundation.jobs.models import Job
from foundation.journal.models import Book
from foundation.journal.moves import record
from foundation.organization.actors import SYSTEM
from tests.cast import identity

Usage = namedtuple("Usage", "total used free")
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def alive(db):
    """A worker that took up a job a moment ago."""
    now = timezone.now()
    values = {"due": now + MINUTE, "created": now, "started": now, "periodic": True}
    return Job.objects.create(name="outbox.spread", **values)


def told(client):
    answer = client.get("/health/")
    return answer.status_code, answer.json()


def test_all_is_well_for_anybody_who_asks(alive, client):
    everything = dict.fromkeys(("database", "migrations", "worker", "outbox", "disk"), "ok")
    assert told(client) == (200, {"status": "ok", "checks": everything})


@pytest.mark.parametrize("started", [None, 4 * MINUTE])
def test_no_worker_is_a_failure(alive, client, started):
    Job.objects.update(started=started and timezone.now() - started)
    code, answer = told(client)
    assert (code, answer["status"], answer["checks"]["worker"]) == (503, "fail", "fail")


def test_a_worker_in_the_middle_of_a_long_job_is_alive(alive, client):
    Job.objects.update(started=timezone.now() - 60 * MINUTE, state=Job.State.RUNNING)
    assert told(client)[1]["checks"]["worker"] == "ok"


def test_jobs_that_failed_want_a_look_and_the_site_goes_on(alive, client):
    now = timezone.now()
    Job.objects.create(name="x", due=now, created=now, ended=now, state=Job.State.FAILED)
    code, answer = told(client)
    assert (code, answer["checks"]["worker"]) == (200, "warn")


def test_what_happened_and_nobody_was_told_of_is_a_failure(alive, client):
    book = Book.objects.create(name="jobs")
    record(Book, book.pk, "job.fail", actor=SYSTEM, at=timezone.now() - 20 * MINUTE, data={}, state="name")
    assert told(client)[1]["checks"]["outbox"] == "fail"


@pytest.mark.parametrize(("free", "status"), [(50, "ok"), (9, "warn"), (1, "fail")])
def test_the_disk_fills_up(alive, client, monkeypatch, free, status):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(100, 100 - free, free))
    assert told(client)[1]["checks"]["disk"] == status


def test_a_migration_that_was_not_run_is_a_failure(alive, client, monkeypatch):
    monkeypatch.setattr(checks, "FITS", [])
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'journal'")
    assert told(client)[1]["checks"]["migrations"] == "fail"


def test_what_cannot_be_asked_is_a_failure_without_a_word_of_why(alive, client, monkeypatch, caplog):
    def gone(path):
        raise OSError("/secret/place")

    monkeypatch.setattr(shutil, "disk_usage", gone)
    answer = client.get("/health/")
    assert answer.status_code == 503
    assert b"secret" not in answer.content
    assert "/secret/place" in caplog.text


def test_the_page_says_it_in_sentences_and_administration_names_what_fails(alive, cast, client):
    Job.objects.update(started=None)
    identity(client, cast.administrator)
    assert "从来没有启动" in client.get("/administration/health/").content.decode()
    assert "后台进程" in client.get("/administration/").content.decode()
