"""Who sees a plan: one row and the list give the same answer, for everybody and in every state."""

import pytest
from django.urls import reverse

from foundation.files.services import attach, store
from tests.cast import actor
from workflows.campaigns.dispatch import dispatch_tasks
from workflows.plans.models import Plan
from workflows.plans.permissions import IN_FORCE, sees_plan

from .conftest import AT


def expected(seat, state, tasks_of):
    if seat.post in ("office_clerk", "office_head", "auditor"):
        return True
    if seat.post == "leader":
        return state in IN_FORCE
    return seat.post != "administrator" and state in IN_FORCE and seat.unit.code in tasks_of


@pytest.mark.parametrize("state", Plan.State.values)
@pytest.mark.parametrize("dispatched", [False, True])
def test_the_row_and_the_list_agree(plan, cast, state, dispatched):
    plan.items.exclude(number="3").delete()  # 甲镇 alone has a task
    if dispatched:
        plan.items.update(disposition="dispatch")
        dispatch_tasks(plan=plan.pk, actor=actor(cast.clerk), at=AT)
    Plan.objects.update(state=state)
    plan = Plan.objects.get()
    for seat in cast:
        wanted = expected(seat, state, {"jia"} if dispatched else set())
        assert sees_plan(plan, actor(seat), AT.date()) is wanted, seat
        assert Plan.objects.visible_to(actor(seat), AT.date()).exists() is wanted, seat


def test_an_appointment_that_ended_sees_nothing(plan, cast):
    cast.clerk.end = AT.date().replace(day=1)
    cast.clerk.save()
    assert not Plan.objects.visible_to(actor(cast.clerk), AT.date()).exists()


def test_the_file_of_a_draft_is_not_for_units(plan, cast, sign_in):
    file = store("方案".encode(), "方案.txt", at=AT)
    kept = attach(file, subject="plans.plan", subject_id=plan.pk, slot="source", name="方案.txt",
                  actor=actor(cast.clerk), at=AT)  # fmt: skip
    assert sign_in(cast.auditor).get(reverse("file", args=[kept.pk])).getvalue().decode() == "方案"
    assert sign_in(cast.town.liaison).get(reverse("file", args=[kept.pk])).status_code == 403
