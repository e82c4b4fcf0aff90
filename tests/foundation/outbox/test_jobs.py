"""Whoever had a job done hears that it failed for good, and is led to it; the site's own rounds tell nobody."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from foundation.jobs.models import Job
from foundation.jobs.queue import put_periodic, run_due
from foundation.journal.verify import first_bad
from foundation.outbox.jobs import ROUND
from foundation.outbox.models import Message
from foundation.outbox.spreading import spread
from tests.cast import identity
from tests.foundation.ground import AT

pytestmark = pytest.mark.django_db
YEAR_ON = AT + dt.timedelta(days=366)


def test_a_failed_job_is_told_to_its_owner_once(cast):
    job = _retired(cast.clerk.pk)
    _retired(None)
    run_due(AT)
    assert spread(AT) == 1
    message = Message.objects.get()
    assert message.person == cast.clerk.person
    assert identity(Client(), cast.clerk).get(message.get_absolute_url()).url == job.get_absolute_url()
    assert first_bad()[1] is None


def _retired(owner: int | None) -> Job:
    """Of a kind that is no more: it fails at once."""
    return Job.objects.create(name="test.retired", owner_id=owner, due=AT, created=AT)


def test_messages_are_made_and_sent_in_rounds_that_cost_nothing_while_nothing_happens(cast):
    put_periodic(AT)
    _retired(cast.clerk.pk)
    run_due(AT)
    run_due(AT + ROUND)
    assert Message.objects.count() == 1
    assert dict(Job.objects.filter(name__startswith="outbox.").values_list("name", "result")) == {
        "outbox.spread": {"told": 1}, "outbox.send": {"resting": {}}, "outbox.clean": {"deleted": 0},
    }  # fmt: skip


def test_what_was_read_long_ago_goes_and_what_was_not_stays(cast):
    for _ in range(2):
        _retired(cast.clerk.pk)
    run_due(AT)
    spread(AT)
    Message.objects.filter(pk=Message.objects.earliest("pk").pk).update(read_at=AT)
    put_periodic(YEAR_ON)
    run_due(YEAR_ON)
    assert list(Message.objects.values_list("read_at", flat=True)) == [None]
