"""Two people on one task at the same moment: one is first, the other hears it, nothing is done twice."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from approvals import services as approvals
from approvals.models import Approval
from approvals.routing.defaults import ensure_routes
from foundation.journal.models import Entry
from foundation.journal.verify import first_bad
from foundation.organization.refusals import Refused
from tests.cast import actor, engage
from workflows.tasks import services
from workflows.tasks.models import Submission, Task

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db):
    ensure_routes()
    return engage()


def at_once(*calls) -> list[str]:
    """Run them in threads that start together; "done" or the sentence of the refusal."""
    barrier, answers = threading.Barrier(len(calls)), [""] * len(calls)

    def run(number, call):
        try:
            barrier.wait()
            call()
            answers[number] = "done"
        except Refused as refused:
            answers[number] = str(refused)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(answers, key="done".__ne__)


def test_two_submissions_make_one_version(ready):
    about = {"task": ready.pk, "version": 0, **ready.by(None)}
    first, second = at_once(*[lambda: services.submit(**about)] * 2)
    assert first == "done"
    assert "单位审批中" in second or "没有重复提交" in second
    assert (Submission.objects.count(), Approval.objects.count()) == (1, 1)
    assert first_bad()[1] is None


def test_two_receipts_are_written_once(case):
    about = {"tasks": case.pk, **case.by(None)}
    answers = at_once(*[lambda: services.receive(**about).all_or_refuse()] * 4)
    assert answers.count("done") == 1
    assert Entry.objects.filter(verb="tasks.task.receive").count() == 1


def test_a_submission_and_a_cancellation_leave_no_approval_behind(ready, cast):
    submit = {"task": ready.pk, "version": 0, **ready.by(None)}
    cancel = {"task": ready.pk, "reason": "方案调整", "actor": actor(cast.clerk), "at": ready.at}
    at_once(lambda: services.submit(**submit), lambda: services.cancel(**cancel))
    pending = Approval.objects.filter(state="pending").count()
    assert (Task.objects.get(pk=ready.pk).state, pending) in [("cancelled", 0), ("unit_review", 1)]
    assert first_bad()[1] is None


def test_a_withdrawal_and_a_decision_do_not_both_happen(ready, cast):
    ready.submit()
    withdraw = {"task": ready.pk, **ready.by(None)}
    agree = {"approval_id": ready.pending.pk, "do": "agree", **ready.by(cast.town.deputy)}
    answers = at_once(lambda: services.withdraw(**withdraw), lambda: approvals.decide(**agree))
    assert answers.count("done") == 1
    assert first_bad()[1] is None


def test_two_drafts_at_once_keep_the_first(received):
    def save(text):
        about = {"task": received.pk, "content": {"summary": text}, "revision": 0, **received.by(None)}
        return lambda: services.save_draft(**about)

    first, second = at_once(save("一"), save("二"))
    assert (first, "保存过这件任务的草稿" in second) == ("done", True)
