import pytest

from foundation.jobs import registry
from foundation.jobs.models import Job
from foundation.jobs.queue import claim, run_due
from foundation.jobs.services import cancel, retry
from foundation.organization.actors import SYSTEM
from foundation.organization.refusals import Refused
from tests.foundation.ground import AT, act, ada, bob, root

pytestmark = pytest.mark.django_db
State = Job.State


@pytest.fixture
def owner(add):
    seat = ada()
    add.owner = seat.pk
    return act(seat)


def state(job: Job) -> str:
    job.refresh_from_db()
    return job.state


def test_a_queued_job_that_was_cancelled_never_runs(add, owner):
    job = add("fail")
    cancel(job=job.pk, actor=owner, at=AT)
    assert state(job) == State.CANCELLED
    assert run_due(AT) == 0


def test_a_running_job_hears_of_the_cancel_at_its_next_step(add, owner, monkeypatch):
    reached = []

    def work(progress):
        progress.step(1)
        cancel(job=progress.job.pk, actor=owner, at=AT)
        reached.append("before")
        progress.step(2)
        reached.append("after")

    monkeypatch.setitem(registry.KINDS, "test.fail", registry.Kind("test.fail", "试办", 3, None, work))
    job = add("fail")
    run_due(AT)
    assert (state(job), reached, job.done_count) == (State.CANCELLED, ["before"], 1)


@pytest.mark.parametrize("service", [cancel, retry])
def test_somebody_else_may_not(add, owner, service):
    job = add("fail")
    for actor in (act(bob()), SYSTEM):
        with pytest.raises(Refused, match="只有发起"):
            service(job=job.pk, actor=actor, at=AT)
    assert state(job) == State.QUEUED


def test_an_administrator_may_also_with_a_job_of_the_system(add):
    job = add("fail")
    cancel(job=job.pk, actor=act(root()), at=AT)
    assert state(job) == State.CANCELLED


def test_what_has_ended_cannot_be_cancelled_and_what_is_open_not_retried(add, owner):
    job = add("refuse")
    with pytest.raises(Refused, match="重试"):
        retry(job=job.pk, actor=owner, at=AT)
    run_due(AT)
    with pytest.raises(Refused, match="已经结束"):
        cancel(job=job.pk, actor=owner, at=AT)


def test_a_retry_starts_afresh_with_all_tries(add, owner):
    job = add("refuse")
    run_due(AT)
    retry(job=job.pk, actor=owner, at=AT)
    assert (state(job), job.error, job.tries, job.ended) == (State.QUEUED, "", 0, None)
    assert run_due(AT) == 1


def test_a_cancelled_worker_cannot_end_the_retried_job(add, owner):
    job = add("fail")
    first = claim(AT)
    cancel(job=job.pk, actor=owner, at=AT)
    retry(job=job.pk, actor=owner, at=AT)
    assert claim(AT).claims == first.claims + 1
