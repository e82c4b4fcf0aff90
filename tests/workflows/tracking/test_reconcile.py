"""`reconcile`: nothing differs after everything that people do; what is forged past the journal is named."""

import datetime as dt
import json
from io import StringIO

import jsonschema
import pytest
from django.core.management import call_command

from documents.models import Register
from foundation.jobs import queue
from foundation.journal.moves import transition
from tests.cast import actor
from tests.house import ROOT
from workflows.tasks import services as acting
from workflows.tasks.content import digest_of
from workflows.tasks.models import Extension, Submission, Task
from workflows.tracking.assessment import keeping
from workflows.tracking.models import Assessment, Slip
from workflows.tracking.supervision import services
from workflows.tracking.supervision.sweep import PAPERS, sweep

from .conftest import CHINA, NOW, SENT, move

SCHEMA = json.loads((ROOT / "docs/schemas/reconcile.json").read_text())


def reconcile() -> tuple[dict, int]:
    out = StringIO()
    code = 0
    try:
        call_command("reconcile", "--json", stdout=out)
    except SystemExit as ended:
        code = int(str(ended.code))
    found = json.loads(out.getvalue())
    jsonschema.validate(found, SCHEMA)
    return found, code


@pytest.fixture
def busy(campaign, cast, monkeypatch):
    """A sweep, an answered slip, an extension agreed to and one that waits, a version handed in, scores that were fixed."""
    monkeypatch.setattr("workflows.tracking.reconciling.BLOCK", 2)
    late, near = campaign.tasks["jia", "1"], campaign.tasks["jia", "2"]
    liaison, clerk = actor(cast.town.liaison), actor(cast.clerk)
    sweep(at=NOW)
    queue.run_due(NOW, but=[PAPERS])
    services.answer(slip=Slip.objects.get(task=late).pk, reply="周一补报。", actor=liaison, at=NOW)
    move(Task.receive, late, near, campaign.tasks["jia", "3"], seat=cast.town.liaison, at=SENT)
    for task, until in ((near, dt.date(2026, 6, 24)), (campaign.tasks["jia", "3"], dt.date(2026, 8, 20))):
        acting.ask_extension(task=task, until=until, reason="顺延。", actor=liaison, at=NOW)
    acting.agree_extension(task=near, until=dt.date(2026, 6, 23), actor=clerk, at=NOW)
    sweep(at=dt.datetime(2026, 6, 22, 8, 30, tzinfo=CHINA))
    content = {"summary": "讲了三个案例。", "highlights": "", "attachments": []}
    digest, by = digest_of(content), {"actor": liaison, "at": NOW}
    transition(Task.submit, late, data={"version": 1}, note={"digest": digest}, **by).all_or_refuse()
    handed = {"task_id": late, "version": 1, "content": content, "digest": digest}
    Submission.objects.create(author=cast.town.liaison, at=NOW, **handed)
    keeping.fix(
        plan=campaign.plan, actor=actor(cast.office_head), at=dt.datetime(2027, 1, 5, 9, tzinfo=CHINA)
    )
    return campaign


def test_of_a_large_county_it_says_that_it_goes_on(busy, monkeypatch):
    monkeypatch.setattr("workflows.tracking.management.commands.reconcile.OFTEN", 10)
    said = StringIO()
    call_command("reconcile", stdout=StringIO(), stderr=said)
    first, *more = said.getvalue().splitlines()
    assert first.startswith("已核对 ")
    assert more


def test_nothing_differs_after_what_people_do(busy):
    found, code = reconcile()
    assert (found["different"], code) == ([], 0)
    assert found["checked"] > 30


@pytest.mark.parametrize(
    ("forge", "what"),
    [
        (
            lambda tasks: Task.objects.filter(pk=tasks["jia", "1"]).update(state="archived"),
            "tasks.task.state",
        ),
        (
            lambda tasks: Task.objects.filter(pk=tasks["jia", "2"]).update(due_on=dt.date(2026, 9, 1)),
            "tasks.task.due_on",
        ),
        (
            lambda tasks: Task.objects.filter(pk=tasks["yi", "1"]).update(due_on=dt.date(2026, 9, 1)),
            "tasks.task.due_on",
        ),
        (
            lambda tasks: Task.objects.filter(pk=tasks["jia", "1"]).update(first_submitted_at=SENT),
            "tasks.task.first_submitted_at",
        ),
        (lambda tasks: Task.objects.filter(pk=tasks["jia", "1"]).update(version=3), "tasks.task.version"),
        (lambda tasks: Slip.objects.filter(number=1).update(state="closed"), "tracking.slip.state"),
        (lambda tasks: Register.objects.update(last=99), "tracking.slip.number"),
        (
            lambda tasks: Extension.objects.filter(state="agreed").update(granted_on=None),
            "tasks.extension.granted_on",
        ),
        (
            lambda tasks: Submission.objects.update(content={"summary": "讲了四个案例。"}),
            "tasks.submission.content",
        ),
        (
            lambda tasks: Submission.objects.update(
                content={"summary": "另一份"}, digest=digest_of({"summary": "另一份"})
            ),
            "tasks.submission.content",
        ),
        (lambda tasks: Assessment.objects.update(results=[]), "tracking.assessment.results"),
    ],
)
def test_what_is_forged_is_named(busy, forge, what):
    forge(busy.tasks)
    found, code = reconcile()
    assert code == 1
    assert what in {one["what"] for one in found["different"]}
