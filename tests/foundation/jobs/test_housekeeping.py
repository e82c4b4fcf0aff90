"""Old jobs go; what is archived is signed at once."""

import datetime as dt

import pytest

from foundation.jobs.models import Job
from foundation.jobs.queue import put_periodic, run_due
from tests.foundation.ground import AT

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_jobs_that_ended_long_ago_are_deleted_and_no_others(add, settings):
    settings.JOB_DAYS = 30
    old, fresh, waiting = (
        add("note", log=add.log),
        add("note", log=add.log),
        add("hold", log=add.log, gate=add.gate),
    )
    Job.objects.filter(pk=old.pk).update(state="failed", ended=AT - 31 * DAY)
    Job.objects.filter(pk=fresh.pk).update(state="done", ended=AT - 29 * DAY)
    Job.objects.filter(pk=waiting.pk).update(created=AT - 99 * DAY, due=AT + DAY)
    put_periodic(AT)
    run_due(AT)
    assert set(Job.objects.filter(periodic=False)) == {fresh, waiting}
    assert Job.objects.get(name="jobs.clean").result == {"deleted": 1, "checkpoints": 0, "unfinished": 0}


def test_it_looks_again_a_day_later():
    put_periodic(AT)
    run_due(AT)
    assert Job.objects.get(name="jobs.clean").due == AT + DAY
