import datetime as dt
import threading

import pytest
from django.db import connection

from foundation.jobs.models import Job
from foundation.jobs.progress import LEASE
from foundation.jobs.queue import claim
from tests.foundation.ground import AT

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)


def test_the_oldest_due_job_is_taken_first_and_each_once(add):
    jobs = [add("fail"), add("fail")]
    assert [claim(AT), claim(AT), claim(AT)] == [*jobs, None]


def test_a_certain_job_can_be_taken(add):
    add("fail")
    wanted = add("fail")
    assert claim(AT, pk=wanted.pk) == wanted
    assert claim(AT, pk=wanted.pk) is None


def test_a_job_is_not_taken_before_it_is_due(add):
    add("fail")
    assert claim(AT - SECOND) is None


def test_a_job_whose_worker_is_silent_is_taken_again_after_the_lease_not_before(add):
    job = add("fail")
    claim(AT)
    assert claim(AT + LEASE - SECOND) is None
    assert claim(AT + LEASE) == job
    job.refresh_from_db()
    assert (job.state, job.tries, job.claims) == (Job.State.RUNNING, 2, 2)


def test_an_idle_worker_asks_one_query(add, django_assert_num_queries):
    with django_assert_num_queries(1):
        claim(AT)


def test_the_worker_reads_the_index_of_open_jobs_alone(add):
    for _ in range(3):
        add("fail")
    plan = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}[connection.vendor]
    sql, params = Job.objects.due(AT).values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(plan + sql, params)
        assert "job_open" in str(cursor.fetchall())


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_take_ten_different_jobs(add):
    jobs = {add("fail").pk for _ in range(10)}
    taken, together = [], threading.Barrier(10)

    def take():
        together.wait()
        taken.append(claim(AT))
        connection.close()

    threads = [threading.Thread(target=take) for _ in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    got = [job.pk for job in taken if job]
    assert len(got) == len(set(got))
    while job := claim(AT):  # on PostgreSQL one who looked while another took may have found nothing
        got.append(job.pk)
    assert set(got) == jobs
