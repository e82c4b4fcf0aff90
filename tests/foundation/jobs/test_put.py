import pytest
from django.db import transaction

from foundation.jobs.models import Job
from foundation.jobs.queue import put
from tests.foundation.ground import AT


@pytest.mark.django_db
def test_a_job_is_queued_and_due_at_once(add):
    job = add("note", log="x")
    assert Job.objects.due(AT).get() == job
    assert (job.state, job.args) == (Job.State.QUEUED, {"log": "x"})


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_decision_that_was_rolled_back_never_was(add):
    with transaction.atomic():
        add("note", log="x")
        transaction.set_rollback(True)
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_a_job_that_nobody_registered_is_an_error():
    with pytest.raises(LookupError, match="not registered"):
        put("test.unheard", args={}, owner=None, at=AT)
