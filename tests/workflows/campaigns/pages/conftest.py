"""The plan of tests/workflows/plans on its way: ready to be sent, sent, approved, running."""

from __future__ import annotations

import pytest

from approvals.models import Approval
from approvals.services import decide
from foundation.jobs.queue import run_due
from tests.cast import actor
from tests.workflows.plans.conftest import AT, clerk, item, plan, sign_in  # noqa: F401 - fixtures
from workflows.campaigns.services import send_for_approval
from workflows.campaigns.starting import start_dispatch
from workflows.plans.models import Item


@pytest.fixture
def ready(plan, cast):  # noqa: F811
    """Every item goes out; the phrase nobody knows is decided."""
    Item.objects.update(disposition="dispatch")
    Item.objects.filter(number="2").update(settled=["消防部门"], disposition="leave_out")
    cast.office.document_code = "某安办"
    cast.office.save()
    return plan


@pytest.fixture
def sent(ready, cast):
    send_for_approval(plan=ready.pk, actor=actor(cast.clerk), at=AT)
    return ready


@pytest.fixture
def approved(sent, cast):
    pending = Approval.objects.get(state="pending").pk
    decide(approval_id=pending, actor=actor(cast.office_head), at=AT, do="agree", opinion="同意")
    return sent


@pytest.fixture
def running(approved, cast):
    start_dispatch(plan=approved.pk, actor=actor(cast.clerk), at=AT)
    run_due(AT)
    return approved
