"""What viewflow would let happen in the campaign's own flow; docs/invariants/flows.md lists the traps."""

from __future__ import annotations

import pytest
from django.db.models import ProtectedError
from django.urls import get_resolver
from viewflow.workflow import PROCESS
from viewflow.workflow.base import Flow
from viewflow.workflow.lock import SelectForUpdateLock
from viewflow.workflow.models import Task as FlowTask
from viewflow.workflow.nodes import Obsolete
from viewflow.workflow.nodes.job import AbstractJob
from viewflow.workflow.nodes.timer import Timer

from approvals import services as approvals
from approvals.acting import acting
from approvals.models import Approval
from foundation.jobs.models import Job
from foundation.organization.models import Appointment, Person
from foundation.organization.refusals import Refused
from tests.cast import identity
from tests.house import name, sources
from workflows.campaigns import services
from workflows.campaigns.flows import CampaignFlow
from workflows.campaigns.models import CampaignProcess
from workflows.campaigns.starting import start_dispatch
from workflows.plans.models import Duty, Plan

from .conftest import AT, appoint

# Every name a node ever had: they stand in databases for ever. A node that goes leaves an Obsolete.
RELEASED = {
    "start",
    "edit",
    "review",
    "send_back",
    "approve",
    "dispatch",
    "running",
    "closing",
    "is_finished",
    "end",
}
STEPS = ("send_for_approval", "start_running", "begin_closing", "resume", "archive")


def go(plan: int, county, upto: str) -> None:
    """Take the campaign on until the step `upto` is next."""
    for step in STEPS[: STEPS.index(upto)]:
        if step != "resume":
            getattr(services, step)(plan=plan, actor=county.clerk, at=AT)
        if step == "send_for_approval":
            agree(county)


def agree(county) -> None:
    pending = Approval.objects.get(state="pending").pk
    approvals.decide(approval_id=pending, actor=county.head, at=AT, do="agree")


@pytest.mark.parametrize("step", STEPS)
def test_a_step_checks_for_itself_who_takes_it(plan, county, step):
    """`.Permission` is a query, not a gate: whoever calls the node has passed it."""
    go(plan, county, step)
    outsider, before = appoint(county.jia, "head", "外人"), Plan.objects.get().state
    with pytest.raises(Refused):
        getattr(services, step)(plan=plan, actor=outsider, at=AT)
    assert Plan.objects.get().state == before


def test_viewflows_own_pages_are_nowhere_on_the_site():
    """Its views check no object: anybody could take a task or look at any process."""
    views = [str(one.lookup_str) for one in walk(get_resolver())]
    assert views
    assert not [view for view in views if view.startswith("viewflow")]


def walk(resolver):
    for one in resolver.url_patterns:
        yield from walk(one) if hasattr(one, "url_patterns") else [one]


def test_its_queue_would_offer_the_approval_to_nobody(plan, county):
    """Whoever has a task of type HUMAN without an owner in their queue may take it."""
    services.send_for_approval(plan=plan, actor=county.clerk, at=AT)
    assert FlowTask.objects.get(status="SCHEDULED").flow_task_type == "APPROVAL"
    assert not FlowTask.objects.filter(flow_task_type="HUMAN").exists()


def test_what_is_refused_inside_the_flow_leaves_nothing_in_its_tables(plan, county):
    """exception_guard would store the locals of the frame; nothing here runs in a context that swallows errors."""
    Duty.objects.all().delete()
    with pytest.raises(Refused):
        services.send_for_approval(plan=plan, actor=county.clerk, at=AT)
    assert set(map(str, FlowTask.objects.values_list("data", flat=True))) == {"{}"}
    assert not FlowTask.objects.filter(status="ERROR").exists()


def ours() -> list[type[Flow]]:
    return [one for one in Flow.__subclasses__() if not one.__module__.startswith("viewflow")]


def test_no_flow_has_a_node_that_swallows_errors():
    assert CampaignFlow in ours()
    for one in ours():
        swallowing = [node for node in one.instance.nodes() if isinstance(node, AbstractJob | Timer)]
        assert all(node.activation_class.__module__.startswith("approvals.") for node in swallowing)


def test_every_flow_waits_for_its_lock():
    """The stock lock is none; the stock SelectForUpdateLock gives up and tries again, five times slower."""
    for one in ours():
        assert (type(one.lock_impl), one.lock_impl.nowait) == (SelectForUpdateLock, False)


def test_nobody_owns_a_task_so_nobody_takes_it_along(plan, county):
    """Task.owner cascades: a deleted person would take the history of the process with them."""
    go(plan, county, "begin_closing")
    assert not FlowTask.objects.exclude(owner=None).exists()
    with pytest.raises(ProtectedError):
        Person.objects.get(pk=county.clerk.person).delete()


def test_a_campaign_that_is_called_off_voids_the_approval(plan, county):
    services.send_for_approval(plan=plan, actor=county.clerk, at=AT)
    with acting(county.clerk, AT, "不再开展"):
        CampaignFlow.instance.cancel(CampaignProcess.objects.get())
    assert Approval.objects.get().state == "void"
    assert CampaignProcess.objects.get().status == PROCESS.CANCELED
    assert not FlowTask.objects.filter(finished=None).exists()


def test_a_rollback_takes_what_was_to_follow_with_it(plan, county):
    """lock.after_lock_released would run all the same: what follows is a row of the transaction. Here the flow has
    gone on when the 通知 finds no code for its number."""
    go(plan, county, "start_running")
    with pytest.raises(Refused, match="机关代字"):
        start_dispatch(plan=plan, actor=county.clerk, at=AT)
    assert Plan.objects.get().state == "approved"
    assert FlowTask.objects.get(finished=None).flow_task == CampaignFlow.dispatch
    assert not Job.objects.exists()


def test_nothing_is_told_when_a_lock_is_released():
    ours = [one for one in sources(".py") if name(one).split("/")[0] != "tests"]
    assert not [name(one) for one in ours if "after_lock_released" in one.read_text()]


def test_every_name_that_a_node_ever_had_is_still_known():
    assert set(CampaignFlow._nodes_by_name) == RELEASED


def test_a_task_of_a_node_that_is_gone_stops_nothing(plan, county, client):
    FlowTask.objects.filter(flow_task=CampaignFlow.start).update(
        flow_task="campaigns/flows.CampaignFlow.read_in"
    )
    gone = FlowTask.objects.get(finished__isnull=False)
    assert isinstance(gone.flow_task, Obsolete)
    clerk = identity(client, Appointment.objects.get(pk=county.clerk.post))
    assert clerk.get(f"/plans/{plan}/").status_code == 200
    services.send_for_approval(plan=plan, actor=county.clerk, at=AT)
    agree(county)
    assert Plan.objects.get().state == "approved"
