"""Two people at once: one edits, the other is told; two presses are one dispatch."""

from concurrent.futures import ThreadPoolExecutor, wait
from threading import Barrier
from unittest import mock

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from approvals.models import Approval
from approvals.routing.defaults import ensure_routes
from approvals.services import decide
from foundation.organization.refusals import Refused
from tests.cast import actor, engage
from tests.workflows.plans.conftest import AT, TEXT
from workflows.campaigns import services
from workflows.campaigns.copies.services import Wanted, copy_campaign
from workflows.campaigns.dispatch import dispatch_tasks
from workflows.campaigns.drafts import import_plan
from workflows.campaigns.models import Dispatch
from workflows.campaigns.starting import start_dispatch
from workflows.plans.editing import save_item
from workflows.plans.models import Item, Plan
from workflows.plans.services import problems_before_approval
from workflows.plans.state import item_state, token
from workflows.tasks import services as tasks
from workflows.tasks.models import Task

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Each act in a thread of its own, all started together; what each returned or was refused with."""
    gate = Barrier(len(acts))

    def run(act):
        gate.wait()
        try:
            return act()
        except Refused as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture
def plan():
    ensure_routes()
    return import_plan(text=TEXT, actor=actor(engage().clerk), at=AT)


def test_one_of_two_editors_saves_and_the_other_is_told(plan):
    row = plan.items.prefetch_related("periods", "duties").first()
    before, who = item_state(row), actor(plan.drafted_by)

    def save(title):
        return lambda: save_item(
            item=row.pk, given=before | {"title": title}, seen=token(before), actor=who, at=AT
        )

    answers = at_once(save("甲的标题"), save("乙的标题"))
    assert answers.count(True) == 1
    told = next(one for one in answers if one is not True)
    assert f"改为“{Item.objects.get(pk=row.pk).title}”" in told


def test_two_presses_are_one_dispatch(plan):
    Plan.objects.update(state="running")
    who = actor(plan.drafted_by)
    jobs = at_once(*[lambda: start_dispatch(plan=plan.pk, actor=who, at=AT).pk] * 2)
    assert len(set(jobs)) == 1
    assert Dispatch.objects.count() == 1


def test_a_plan_sent_twice_at_once_is_one_draft():
    ensure_routes()
    clerk = engage().clerk

    def send():
        browser = Client()
        browser.force_login(clerk.person)
        return browser.post(reverse("plan_new"), {"text": TEXT}).status_code

    assert at_once(send, send) == [302, 302]
    assert Plan.objects.count() == 1


def test_an_editor_waits_while_a_plan_is_checked_and_sent(plan):
    """Who takes away the units of an item between the check and the sending is told that it is too late."""
    Item.objects.filter(plan=plan).exclude(number="1").delete()
    row, who = plan.items.get(), actor(plan.drafted_by)
    before, found = item_state(row), []
    with ThreadPoolExecutor(1) as pool:

        def edit():
            try:
                return save_item(
                    item=row.pk, given=before | {"duties": []}, seen=token(before), actor=who, at=AT
                )
            except Refused as refusal:
                return str(refusal)
            finally:
                connection.close()

        def checked(pk):
            problems = problems_before_approval(pk)
            found.append(pool.submit(edit))
            wait(found, timeout=0.5)
            return problems

        with mock.patch("workflows.campaigns.flows.problems_before_approval", checked):
            services.send_for_approval(plan=plan.pk, actor=who, at=AT)
    assert "审批中" in found[0].result()
    assert row.duties.exists()


def test_a_task_is_not_reopened_behind_the_archiving_of_its_campaign():
    ensure_routes()
    cast = engage()
    plan = in_closing(cast)
    task = Task.objects.filter(plan=plan).first().pk
    Task.objects.filter(plan=plan).update(state="archived")
    head = actor(cast.office_head)
    at_once(
        lambda: services.archive(plan=plan, actor=head, at=AT),
        lambda: tasks.reopen(task=task, reason="照片有误", actor=head, at=AT),
    )
    found = (Plan.objects.get(pk=plan).state, Task.objects.get(pk=task).state)
    assert found in (("archived", "archived"), ("closing", "returned"))


def test_two_presses_make_one_copy_of_last_years_campaign(plan):
    Plan.objects.filter(pk=plan.pk).update(state="running")
    given, who = Wanted("2027年方案", 2027, None, None, {}, {}), actor(plan.drafted_by)
    said = at_once(*[lambda: copy_campaign(plan=plan.pk, wanted=given, actor=who, at=AT)] * 2)
    (copy,) = Plan.objects.exclude(pk=plan.pk)
    assert sorted(map(str, said)) == sorted([
        str(copy.pk), "今年已有同名的方案，请换一个名称，或在那一份里修改。",
    ])  # fmt: skip


def in_closing(cast) -> int:
    """A campaign whose tasks are out, closing."""
    clerk, head = actor(cast.clerk), actor(cast.office_head)
    plan = import_plan(text=TEXT, actor=clerk, at=AT).pk
    Item.objects.filter(plan=plan).update(checked=True)
    with mock.patch("workflows.campaigns.flows.problems_before_approval", return_value=[]):
        services.send_for_approval(plan=plan, actor=clerk, at=AT)
    decide(approval_id=Approval.objects.get(state="pending").pk, actor=head, at=AT, do="agree")
    services.start_running(plan=plan, actor=clerk, at=AT)
    dispatch_tasks(plan=plan, actor=clerk, at=AT)
    services.begin_closing(plan=plan, actor=clerk, at=AT)
    return plan
