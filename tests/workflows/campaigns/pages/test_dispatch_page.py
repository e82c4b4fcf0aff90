"""Dispatch from the page: counted before, done once in the background, told after."""

import pytest
from django.urls import reverse

from foundation.jobs import queue
from foundation.jobs.models import Job
from foundation.jobs.progress import Progress
from foundation.journal.models import Entry
from foundation.organization.models import Appointment, Unit, UnitGroup
from foundation.organization.refusals import Refused
from tests.cast import actor, more_units
from tests.workflows.plans.conftest import AT
from workflows.campaigns.models import Dispatch
from workflows.campaigns.preview import preview
from workflows.campaigns.services import JOB, begin_closing
from workflows.campaigns.starting import start_dispatch
from workflows.plans.models import Plan
from workflows.tasks.models import Task


def join(cast, name="戊镇"):
    unit = Unit.objects.create(code="wu", name=f"{name}人民政府", short_name=name, kind="town")
    UnitGroup.objects.get(code="towns").units.add(unit)
    return unit


def test_the_preview_counts_what_will_be_made(approved, cast):
    seen = preview(approved.pk, day=AT.date())
    start_dispatch(plan=approved.pk, actor=actor(cast.clerk), at=AT)
    queue.run_due(AT)
    assert (seen.tasks, seen.units, seen.items) == (Task.objects.count(), 4, 3)
    assert preview(approved.pk, day=AT.date()).nothing


def test_it_names_units_without_a_liaison_officer_and_empty_posts(approved, cast, clerk):
    Appointment.objects.filter(pk=cast.town.liaison.pk).update(revoked=True)
    seen = preview(approved.pk, day=AT.date())
    assert [str(unit) for unit in seen.bare] == ["甲镇"]
    assert [(str(unit), posts) for unit, posts in seen.vacant] == [("丁镇", "分管负责人、主要负责人")]
    page = clerk.get(reverse("plan_dispatch", args=[approved.pk])).content.decode()
    assert "notice is-overdue" in page
    assert "甲镇" in page


@pytest.mark.parametrize("count", [1, 40])
def test_its_queries_do_not_grow_with_the_units(approved, count, django_assert_num_queries):
    towns = UnitGroup.objects.get(code="towns")
    towns.units.add(*more_units(count))
    with django_assert_num_queries(4):
        preview(approved.pk, day=AT.date())


def test_a_press_puts_it_in_force_and_the_job_does_the_rest(approved, clerk):
    page = clerk.post(reverse("plan_dispatch", args=[approved.pk]), follow=True)
    job = Job.objects.get(name=JOB)
    assert (Plan.objects.get().state, job.total) == ("running", 3)
    assert f'id="job-{job.pk}"' in page.content.decode()
    queue.run(Progress(queue.claim(job.due, pk=job.pk)))
    job.refresh_from_db()
    assert (job.state, job.done_count, Dispatch.objects.get().created) == ("done", 3, Task.objects.count())
    assert Entry.objects.get(verb="plans.plan.dispatch").data["created"] == Task.objects.count()


def test_pressed_twice_it_is_one_dispatch(approved, cast):
    who = {"plan": approved.pk, "actor": actor(cast.clerk), "at": AT}
    assert start_dispatch(**who).pk == start_dispatch(**who).pk
    assert Dispatch.objects.count() == 1


def test_a_second_dispatch_creates_nothing_and_a_new_unit_gets_its_tasks(running, cast, clerk):
    count = Task.objects.count()
    page = clerk.get(reverse("plan_dispatch", args=[running.pk])).content.decode()
    assert "所有单位的任务都已下达" in page
    unit = join(cast)
    assert "缺 2 件任务" in clerk.get(reverse("plan", args=[running.pk])).content.decode()
    start_dispatch(plan=running.pk, actor=actor(cast.clerk), at=AT)
    queue.run_due(AT)
    assert (Task.objects.filter(unit=unit).count(), Task.objects.count()) == (2, count + 2)
    start_dispatch(plan=running.pk, actor=actor(cast.clerk), at=AT)
    queue.run_due(AT)
    assert list(Dispatch.objects.values_list("created", flat=True)) == [0, 2, count]


def test_a_job_that_died_on_the_way_goes_on_where_it_was(approved, cast):
    job = start_dispatch(plan=approved.pk, actor=actor(cast.clerk), at=AT)
    tries = []

    class Dies(Progress):
        def step(self, done, total=None, message=""):
            super().step(done, total, message)
            if done == 2:
                tries.append(done)
                raise OSError("power failed")

    queue.run(Dies(queue.claim(AT, pk=job.pk), clock=lambda: AT))
    half = Task.objects.count()
    assert tries
    assert half > 0
    later = AT + queue.LONGEST_PAUSE
    queue.run_due(later)
    assert Dispatch.objects.get().created == Task.objects.count() > half
    assert Entry.objects.filter(verb="plans.plan.dispatch").count() == 1


def test_only_what_is_approved_is_dispatched(sent, cast, clerk):
    with pytest.raises(Refused, match="审批中"):
        start_dispatch(plan=sent.pk, actor=actor(cast.clerk), at=AT)
    page = clerk.get(reverse("plan_dispatch", args=[sent.pk]), follow=True)
    assert "不能下达任务" in page.content.decode()


@pytest.mark.parametrize("who", ["auditor", "administrator"])
def test_only_the_office_dispatches(approved, cast, who):
    with pytest.raises(Refused, match="安委办"):
        start_dispatch(plan=approved.pk, actor=actor(getattr(cast, who)), at=AT)
    assert not Dispatch.objects.exists()


def test_closing_waits_for_a_dispatch_under_way(approved, cast):
    start_dispatch(plan=approved.pk, actor=actor(cast.clerk), at=AT)
    with pytest.raises(Refused, match="还在下达中"):
        begin_closing(plan=approved.pk, actor=actor(cast.clerk), at=AT)


def test_a_plan_that_leaves_everything_out_still_goes_on(approved, clerk):
    approved.items.update(disposition="leave_out")
    page = clerk.get(reverse("plan_dispatch", args=[approved.pk])).content.decode()
    assert "下达 0 件任务" in page
    clerk.post(reverse("plan_dispatch", args=[approved.pk]))
    assert Plan.objects.get().state == "running"
