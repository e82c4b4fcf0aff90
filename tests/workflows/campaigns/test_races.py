"""Two processes on one campaign's approval at the same moment: the flow goes on once, and never gets stuck."""

from __future__ import annotations

from unittest import mock

import pytest
from viewflow.workflow import PROCESS
from viewflow.workflow.models import Task as FlowTask

from approvals.models import Approval, RouteVersion
from approvals.services import decide
from foundation.journal.moves import create
from foundation.journal.verify import first_bad
from tests.pairs import pairs
from workflows.campaigns import services
from workflows.campaigns.flows import CampaignFlow
from workflows.campaigns.models import CampaignProcess
from workflows.plans.models import Plan

from .conftest import AT, appoint

pytestmark = pytest.mark.django_db(transaction=True)
BOTH = {
    "name": "会签",
    "steps": [{"name": "会签", "mode": "all", "who": [{"post": "head"}, {"post": "deputy"}]}],
}


@pytest.fixture
def sent(county):
    """sent() is the approval of a new plan that waits for the office's deputy and its head."""
    version = RouteVersion.objects.get(route__code="plan")
    version.definition = BOTH
    version.save()
    county.deputy, county.boss = (appoint(county.office, post, post) for post in ("deputy", "head"))

    def opened() -> Approval:
        values = {"title": "方案", "year": 2026, "text": "一、…", "organ": county.office}
        (plan,) = create(Plan, values, actor=county.clerk, at=AT)
        services.open_campaign(plan=plan, actor=county.clerk, at=AT)
        with mock.patch("workflows.campaigns.flows.problems_before_approval", return_value=[]):
            services.send_for_approval(plan=plan, actor=county.clerk, at=AT)
        return Approval.objects.latest("pk")

    return opened


def act(actor, what: str = "decide", do: str = "agree", **kw) -> dict:
    given = {"do": do, "opinion": "请核实"} if what == "decide" else {}
    return {"act": what, "seat": actor.post, "kw": kw | given, "at": AT.isoformat()}


def where(approval: Approval) -> tuple[str, str, str]:
    """Its plan, its process, and the node that waits there."""
    process = FlowTask.objects.get(pk=approval.subject_id).process.coerced
    waiting = FlowTask.objects.filter(process=process, finished=None)
    return process.plan.state, process.status, ",".join(task.flow_task.name for task in waiting)


def test_two_last_votes_take_the_flow_on_once(sent, county, together):
    """Without a lock half of the processes were left stuck for ever."""
    for _ in pairs(together):
        approval = sent()
        said = together(
            act(county.deputy, approval_id=approval.pk), act(county.boss, approval_id=approval.pk)
        )
        assert said == ["", ""]
        assert where(approval) == ("approved", PROCESS.NEW, "dispatch")
    assert FlowTask.objects.filter(flow_task=CampaignFlow.approve).count() == together.count
    assert first_bad()[1] is None


def test_a_yes_against_a_return_leads_back_to_the_draft(sent, county, together):
    for _ in pairs(together):
        approval = sent()
        back = act(county.boss, do="return", approval_id=approval.pk)
        said = together(act(county.deputy, approval_id=approval.pk), back)
        assert said in (["", ""], ["此件已由 head 于 09:00 办理。", ""])
        assert where(approval) == ("draft", PROCESS.NEW, "edit")
    assert first_bad()[1] is None


def test_the_last_yes_against_calling_it_off_leaves_no_process_waiting(sent, county, together):
    """Each locks the process first. Without that the one calls off what it saw, while the other has gone on."""
    for _ in pairs(together):
        approval = sent()
        decide(approval_id=approval.pk, actor=county.boss, at=AT, do="agree")
        process = FlowTask.objects.get(pk=approval.subject_id).process_id
        off = act(county.clerk, "call_off", process=process)
        said = together(act(county.deputy, approval_id=approval.pk), off)
        state = {"": "approved", "此件审批已结束，不能再办理。": "in_approval"}[said[0]]
        assert (said[1], where(approval)) == ("", (state, PROCESS.CANCELED, ""))
    assert set(Approval.objects.values_list("state", flat=True)) <= {"void", "approved"}
    assert CampaignProcess.objects.count() == together.count
    assert first_bad()[1] is None
