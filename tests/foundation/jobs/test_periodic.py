import datetime as dt

import pytest

from foundation.jobs import registry
from foundation.jobs.housekeeping import sign
from foundation.jobs.models import Job
from foundation.jobs.queue import put_periodic, run_due
from foundation.journal.checkpoints import read_checkpoint
from foundation.journal.moves import create
from foundation.organization.actors import SYSTEM
from foundation.organization.models import Unit
from tests.foundation.ground import AT
from workflows.plans.models import Plan

pytestmark = pytest.mark.django_db
ROUND = dt.timedelta(minutes=5)


@pytest.fixture(autouse=True)
def _only_the_checkpoint(monkeypatch):
    periodic = [name for name, kind in registry.KINDS.items() if kind.every]
    for name in set(periodic) - {"journal.checkpoint"}:
        monkeypatch.delitem(registry.KINDS, name)


@pytest.fixture
def files(settings):
    return lambda: sorted((settings.DATA_DIR / "checkpoints").glob("*.json"))


def happen() -> None:
    organ, _ = Unit.objects.get_or_create(code="office", defaults={"name": "安委办", "short_name": "安委办"})
    create(Plan, {"title": "方案", "text": "", "organ": organ}, actor=SYSTEM, at=AT)


def test_a_periodic_job_has_one_row_however_many_workers_start():
    put_periodic(AT)
    put_periodic(AT + ROUND)
    assert Job.objects.get(periodic=True).due == AT


def test_it_goes_back_into_the_queue_after_each_round():
    put_periodic(AT)
    assert [run_due(AT), run_due(AT), run_due(AT + ROUND)] == [1, 0, 1]
    job = Job.objects.get()
    assert (job.state, job.due, job.tries) == (Job.State.QUEUED, AT + 2 * ROUND, 0)


def test_the_journal_is_signed_when_something_happened_and_only_then(files):
    put_periodic(AT)
    run_due(AT)
    assert files() == []
    happen()
    run_due(AT + ROUND)
    run_due(AT + 2 * ROUND)
    assert len(files()) == 1
    happen()
    run_due(AT + 3 * ROUND)
    assert [len(read_checkpoint(path)) for path in files()] == [1, 2]


def test_what_is_archived_is_signed_at_once_and_not_in_five_minutes(files):
    put_periodic(AT)
    run_due(AT)
    happen()
    sign(AT)
    run_due(AT)
    assert [len(read_checkpoint(path)) for path in files()] == [1]


def test_a_round_that_fails_for_good_is_followed_by_the_next(monkeypatch, caplog):
    def broken(at):
        raise OSError("磁盘已满")

    monkeypatch.setattr("foundation.jobs.housekeeping.write_checkpoint", broken)
    happen()
    put_periodic(AT)
    job = Job.objects.get()
    for _ in range(5):
        run_due(job.due)
        job.refresh_from_db()
    assert (job.state, job.tries, job.error) == (Job.State.QUEUED, 0, "OSError: 磁盘已满")
