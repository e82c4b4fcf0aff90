"""The campaign's procedure, from draft to archive, and what viewflow's traps would do to it."""

import pytest
from viewflow.workflow.models import Task as FlowTask

from approvals import services as approvals
from approvals.acting import acting
from approvals.models import Approval
from foundation.jobs.models import Job
from foundation.journal.models import Entry
from foundation.journal.verify import first_bad
from foundation.organization.refusals import Refused
from workflows.campaigns import services
from workflows.campaigns.dispatch import dispatch_tasks
from workflows.campaigns.flows import CampaignFlow
from workflows.campaigns.models import CampaignProcess
from workflows.plans.models import Plan
from workflows.tasks.models import Task

from .conftest import AT


def state(pk):
    return Plan.objects.get(pk=pk).state


def pending():
    return Approval.objects.get(state="pending").pk


@pytest.fixture
def sent(plan, county):
    services.send_for_approval(plan=plan, actor=county.clerk, at=AT)
    return plan


@pytest.fixture
def approved(sent, county):
    approvals.decide(approval_id=pending(), actor=county.head, at=AT, do="agree", opinion="同意")
    return sent


def test_the_draft_waits_for_its_approval(sent):
    assert state(sent) == "in_approval"
    assert FlowTask.objects.get(flow_task=CampaignFlow.review).status == "SCHEDULED"


def test_a_yes_leads_to_dispatch(approved):
    assert state(approved) == "approved"
    assert first_bad()[1] is None


def test_a_return_leads_back_to_the_draft_and_it_can_be_sent_again(sent, county):
    approvals.decide(approval_id=pending(), actor=county.head, at=AT, do="return", opinion="补第 3 项单位")
    assert state(sent) == "draft"
    services.send_for_approval(plan=sent, actor=county.clerk, at=AT)
    assert (state(sent), Approval.objects.count()) == ("in_approval", 2)


def test_a_no_leads_back_too(sent, county):
    approvals.decide(approval_id=pending(), actor=county.head, at=AT, do="disagree", opinion="不办")
    assert state(sent) == "draft"


def test_the_clerk_takes_it_back(sent, county):
    services.take_back(plan=sent, actor=county.clerk, at=AT)
    assert state(sent) == "draft"


def test_whoever_drafted_it_does_not_approve_it(plan, county):
    Plan.objects.update(drafted_by=county.head.post)
    with pytest.raises(Refused, match="审批人都已跳过"):
        services.send_for_approval(plan=plan, actor=county.clerk, at=AT)
    assert state(plan) == "draft"


def test_only_the_office_sends_it(plan, county):
    from .conftest import appoint

    outsider = appoint(county.jia, "liaison", "外人")
    with pytest.raises(Refused, match="安委办"):
        services.send_for_approval(plan=plan, actor=outsider, at=AT)
    assert state(plan) == "draft"


def test_sending_twice_is_refused_with_the_state(sent, county):
    with pytest.raises(Refused, match="审批中"):
        services.send_for_approval(plan=sent, actor=county.clerk, at=AT)


def run(plan, county):
    services.start_running(plan=plan, actor=county.clerk, at=AT)
    dispatch_tasks(plan=plan, actor=county.clerk, at=AT)


def test_archiving_waits_for_open_tasks(approved, county):
    run(approved, county)
    services.begin_closing(plan=approved, actor=county.clerk, at=AT)
    with pytest.raises(Refused, match="还有 5 件任务没有办结"):
        services.archive(plan=approved, actor=county.head, at=AT)
    services.resume(plan=approved, actor=county.clerk, at=AT)
    assert state(approved) == "running"


def test_the_whole_way_to_the_archive(approved, county):
    run(approved, county)
    Task.objects.filter(state="issued").delete()
    services.begin_closing(plan=approved, actor=county.clerk, at=AT)
    services.archive(plan=approved, actor=county.head, at=AT)
    assert state(approved) == "archived"
    assert Job.objects.filter(name="journal.checkpoint", due=AT).exists()
    assert CampaignProcess.objects.get(plan=approved).status == "DONE"
    moves = Entry.objects.filter(target="plans.plan", to__gt="").order_by("seq").values_list("to", flat=True)
    assert list(moves) == ["draft", "in_approval", "approved", "running", "closing", "archived"]


def test_cancelling_the_node_voids_its_approval(sent, county):
    with acting(county.head, AT):
        activation = FlowTask.objects.get(flow_task=CampaignFlow.review)
        CampaignFlow.review.activation_class(activation).cancel()
    assert Approval.objects.get().state == "void"
    with pytest.raises(Approval.DoesNotExist):
        pending()


def test_reviving_the_node_asks_again(sent, county):
    with acting(county.clerk, AT):
        task = FlowTask.objects.get(flow_task=CampaignFlow.review)
        activation = CampaignFlow.review.activation_class(task)
        activation.cancel()
        activation.revive()
    assert list(Approval.objects.order_by("pk").values_list("state", flat=True)) == ["void", "pending"]
    approvals.decide(approval_id=pending(), actor=county.head, at=AT, do="agree")
    assert state(sent) == "approved"
