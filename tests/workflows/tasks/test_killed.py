"""`kill -9` beside the commit of what people do with a task, and of the worker that makes its papers."""

from __future__ import annotations

import pytest
from django.utils import timezone

from approvals.models import Approval
from approvals.routing.defaults import ensure_routes
from documents.models import Document
from foundation.jobs.models import Job
from foundation.journal.verify import first_bad
from tests.cast import engage
from tests.foundation.jobs.chores import wait_for
from tests.foundation.jobs.conftest import start as worker  # noqa: F401 - fixture
from tests.pairs import Partner
from workflows.tasks.services.office import PAPERS

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db):
    ensure_routes()
    made = engage()
    made.office.document_code = "某安办"
    made.office.save()
    return made


def killed(hang: str, act: str, seat, at, **kw) -> None:
    order = {"act": act, "seat": seat.pk, "kw": kw, "at": at.isoformat(), "hang": hang}
    Partner().die(order)


@pytest.fixture
def with_head(ready, cast):
    ready.submit()
    ready.agree(cast.town.deputy)
    return ready


def inbox(seat, at) -> int:
    return Approval.objects.todo_of(seat, timezone.localdate(at)).count()


def test_before_the_commit_it_still_waits_for_the_head(with_head, cast):
    pk = with_head.pending.pk
    killed("before", "decide", cast.town.head, with_head.tick(), approval_id=pk, do="agree")
    assert with_head.state == "unit_review"
    assert (inbox(cast.town.head, with_head.at), inbox(cast.clerk, with_head.at)) == (1, 0)


def test_after_the_commit_it_waits_for_the_office_once(with_head, cast):
    """Nobody was told in memory: the next one's inbox is the decision itself, in one transaction."""
    pk = with_head.pending.pk
    killed("after", "decide", cast.town.head, with_head.tick(), approval_id=pk, do="agree")
    assert with_head.state == "office_review"
    assert (inbox(cast.town.head, with_head.at), inbox(cast.clerk, with_head.at)) == (0, 1)
    with_head.office_agrees()
    assert with_head.state == "accepted"
    assert first_bad()[1] is None


def test_an_archive_and_its_worker_are_killed_and_the_paper_is_made_once(with_head, cast, worker):  # noqa: F811
    """The archiving process dies after its commit, a worker dies over the papers: there is one 审批单, and it is there."""
    with_head.agree(cast.town.head)
    with_head.office_agrees()
    killed("after", "archive", cast.clerk, with_head.tick(), tasks=with_head.pk)
    assert with_head.state == "archived"
    first = worker("--lease", "1", program=("manage.py", "work"))
    wait_for(lambda: Job.objects.filter(name="documents.produce", state="running").exists())
    first.kill()
    first.wait()
    worker("--lease", "1", program=("manage.py", "work"))
    wait_for(lambda: not Job.objects.filter(periodic=False, ended=None).exists())
    assert Document.objects.get().state == "issued"
    assert Job.objects.get(name="documents.produce").claims == 2
    assert set(Job.objects.filter(periodic=False).values_list("name", "state")) == {
        (PAPERS, "done"), ("documents.produce", "done"), ("journal.checkpoint", "done"),
    }  # fmt: skip
    assert first_bad()[1] is None
