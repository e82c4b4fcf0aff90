"""`kill -9` beside the commit of a decision, and of whoever tells it: all of it happened, or nothing did."""

from __future__ import annotations

import pytest

from approvals import services
from approvals.models import Approval, Signer
from foundation.jobs.models import Job
from foundation.journal.verify import first_bad
from foundation.organization.actors import Actor
from foundation.organization.refusals import Refused
from tests.foundation.jobs.chores import lines, wait_for
from tests.foundation.jobs.conftest import start as worker  # noqa: F401 - fixture
from tests.pairs import WORK, Partner
from tests.partner import TOLD

from .conftest import AT

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def last(start, town) -> int:
    """An approval in which only the head's yes is missing."""
    pk = start()
    services.decide(approval_id=pk, actor=Actor.of(town.deputy), at=AT, do="agree")
    return pk


def killed(hang: str, approval: int, town) -> None:
    """A process gives the head's yes and is killed at its commit."""
    act = {"act": "decide", "seat": town.head.pk, "kw": {"approval_id": approval, "do": "agree"}}
    Partner().die(act | {"hang": hang})


def state(approval: int) -> tuple[str, int]:
    """Where it stands, and how often it is to be told."""
    return Approval.objects.get(pk=approval).state, Job.objects.filter(name=TOLD).count()


def test_before_the_commit_nothing_was_decided_and_nothing_is_told(last, town):
    killed("before", last, town)
    assert state(last) == ("pending", 0)
    assert Signer.objects.get(approval=last, state="open").appointment == town.head
    services.decide(approval_id=last, actor=Actor.of(town.head), at=AT, do="agree")
    assert Approval.objects.get(pk=last).state == "approved"
    assert first_bad()[1] is None


def test_after_the_commit_the_decision_stands_and_is_told_once(last, town):
    killed("after", last, town)
    assert state(last) == ("approved", 1)
    with pytest.raises(Refused, match="您已于"):
        services.decide(approval_id=last, actor=Actor.of(town.head), at=AT, do="agree")
    assert state(last) == ("approved", 1)
    assert first_bad()[1] is None


def test_killed_while_telling_it_is_told_by_the_next(last, town, worker, tmp_path):  # noqa: F811
    """The one who decided is killed, then whoever was telling it: the next tells it to its end, once."""
    killed("after", last, town)
    log = tmp_path / "data" / "told"
    log.parent.mkdir()
    first = worker("--lease", "1", program=("-c", WORK))
    wait_for(lambda: lines(log))
    first.kill()
    first.wait()
    (tmp_path / "data" / "gate").touch()
    second = worker("--lease", "1", program=("-c", WORK))
    wait_for(lambda: Job.objects.filter(name=TOLD, state="done").exists())
    job = Job.objects.get(name=TOLD)
    assert lines(log) == [f"{word} {job.pk} {one.pid}" for word, one in
                          [("start", first), ("start", second), ("end", second)]]  # fmt: skip
