"""收尾: the list says what is left, the summary has the system's numbers, everything ends in one package."""

from __future__ import annotations

import pytest
from django.urls import reverse

from documents.models import ArchiveItem, ArchivePackage, Draft
from foundation.jobs.models import Job
from foundation.jobs.queue import run_due
from foundation.organization.refusals import Refused
from tests.cast import actor
from tests.documents.archiving.things import issued
from workflows.campaigns.supplements.services import start_supplement
from workflows.plans.models import Plan
from workflows.tasks.models import Task
from workflows.tracking.closing.checklist import checklist
from workflows.tracking.closing.packing import start_packing
from workflows.tracking.closing.summary import summary_of

from ..conftest import NOW, move


@pytest.fixture(autouse=True)
def _addresses(settings):
    settings.ROOT_URLCONF = "config.urls"


@pytest.fixture
def plan(campaign) -> Plan:
    return Plan.objects.get(pk=campaign.plan)


@pytest.fixture
def papers(campaign, cast) -> list[int]:
    """A notice of the campaign and one about a task of it, both issued."""
    task = campaign.tasks["jia", "1"]
    return [
        issued(cast, "关于下达任务的通知", subject="plans.plan", subject_id=campaign.plan, content={}),
        issued(cast, "关于重报材料的通知", subject="tasks.task", subject_id=task, content={}),
    ]


def left(plan: Plan) -> dict[str, int]:
    return {one.label: one.count for one in checklist(plan) if one.count}


def test_the_list_counts_what_is_left_and_shrinks_as_it_is_done(plan, campaign, cast, papers):
    assert left(plan) == {"未办结的任务": 5, "没有定稿的考核": 1, "没有归档的公文": 2}
    move(Task.cancel, *campaign.tasks.values(), seat=cast.clerk, at=NOW)
    assert left(plan) == {"没有定稿的考核": 1, "没有归档的公文": 2}


def test_a_supplement_that_was_never_issued_is_still_open(plan, cast):
    start_supplement(plan=plan.pk, reason="调整期限", actor=actor(cast.clerk), at=NOW)
    assert left(plan)["没有印发的补充通知"] == 1


def test_ten_times_the_tasks_take_the_same_queries(plan, django_assert_num_queries):
    with django_assert_num_queries(11):
        checklist(plan)


def test_the_summary_has_the_numbers_of_the_system(plan, campaign, cast):
    move(Task.receive, campaign.tasks["jia", "1"], seat=cast.town.liaison, at=NOW)
    Task.objects.filter(pk=campaign.tasks["jia", "1"]).update(state="accepted", first_submitted_at=NOW)
    text = "\n".join(summary_of(plan))
    assert (
        "方案的3个事项下达到3个单位，共5件任务，审核通过1件，同意免报0件；超期报送1件，重新报送0件。" in text
    )
    assert "1.开展第1项活动：3个单位，应完成3件，通过1件。" in text
    assert "没有发出督办单。" in text


def test_the_office_drafts_it_and_a_unit_does_not_see_the_list(plan, cast, sign_in):
    clerk = sign_in(cast.clerk)
    page = clerk.get(reverse("closing", args=[plan.pk])).content.decode()
    assert "还有 2 类事项没有办完" in page
    assert clerk.post(reverse("closing_summary", args=[plan.pk])).status_code == 302
    assert Draft.objects.get().kind == "report"
    assert sign_in(cast.town.head).get(reverse("closing", args=[plan.pk])).status_code == 403
    assert "起草总结" not in sign_in(cast.auditor).get(reverse("closing", args=[plan.pk])).content.decode()


def test_everything_is_archived_and_put_into_one_package_once(plan, cast, papers, sign_in):
    Plan.objects.filter(pk=plan.pk).update(state="closing")
    assert sign_in(cast.clerk).post(reverse("closing_package", args=[plan.pk])).status_code == 302
    run_due(NOW)
    assert ArchiveItem.objects.filter(document__in=papers).count() == 2
    (package,) = ArchivePackage.objects.all()
    assert (package.title, len(package.items), bool(package.sha256)) == ("安全生产月活动方案归档包", 2, True)
    Job.objects.filter(name="tracking.closing").update(
        state="queued", ended=None
    )  # its worker died at the end
    run_due(NOW)
    assert ArchivePackage.objects.count() == 1
    assert "没有归档的公文" not in left(plan)


def test_a_campaign_that_runs_is_not_packed(plan, cast):
    with pytest.raises(Refused, match="先开始收尾"):
        start_packing(plan=plan.pk, actor=actor(cast.clerk), at=NOW)
    with pytest.raises(Refused, match="安委办"):
        start_packing(plan=plan.pk, actor=actor(cast.town.liaison), at=NOW)
