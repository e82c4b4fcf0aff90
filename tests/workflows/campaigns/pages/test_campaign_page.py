"""The page of a campaign: where it stands, numbers that lead to the list, what happened."""

import pytest
from django.urls import reverse

from documents.models import Document
from foundation.organization.models import UnitGroup
from tests.cast import actor, more_units
from tests.workflows.plans.conftest import AT, TEXT
from workflows.campaigns.dispatch import dispatch_tasks
from workflows.campaigns.drafts import import_plan
from workflows.plans.models import Item, Plan
from workflows.tasks.models import Task


def page(client, plan):
    return client.get(reverse("plan", args=[plan.pk]))


@pytest.mark.parametrize(
    ("state", "now"), [("approved", "下达"), ("running", "进行"), ("closing", "收尾"), ("archived", None)]
)
def test_the_stepper_says_where_it_stands(running, clerk, state, now):
    Plan.objects.update(state=state)
    steps = page(clerk, running).context["steps"]
    assert [one["title"] for one in steps if one["state"] == "now"] == ([now] if now else [])


def test_every_number_leads_to_the_tasks_it_counts(running, clerk):
    for number in page(clerk, running).context["numbers"]:
        assert clerk.get(number["url"]).status_code == 200
        assert int(number["label"].split()[-1]) > 0


def test_a_unit_counts_its_own_tasks_alone(running, cast, sign_in):
    seen = page(sign_in(cast.department.liaison), running)
    assert seen.context["total"] == Task.objects.filter(unit=cast.department.unit).count()
    assert "开始收尾" not in seen.content.decode()


def test_the_timeline_tells_who_did_what(running, clerk):
    text = page(clerk, running).content.decode()
    for words in ("读入方案", "将方案送审", "方案获得批准", "同意", f"下达任务 {Task.objects.count()} 件"):
        assert words in text, words


def test_closing_and_back(running, clerk):
    clerk.post(reverse("plan_close", args=[running.pk]))
    assert Plan.objects.get().state == "closing"
    clerk.post(reverse("plan_resume", args=[running.pk]))
    assert Plan.objects.get().state == "running"


def test_archiving_lists_what_is_open(running, cast, clerk, sign_in):
    clerk.post(reverse("plan_close", args=[running.pk]))
    listed = clerk.get(reverse("plan_archive", args=[running.pk])).content.decode()
    assert f"还有 {Task.objects.count()} 件任务没有办结" in listed
    assert reverse("task", args=[Task.objects.first().pk]) in listed
    head = sign_in(cast.office_head)
    head.post(reverse("plan_archive", args=[running.pk]))
    assert Plan.objects.get().state == "closing"
    Task.objects.update(state="waived")
    head.post(reverse("plan_archive", args=[running.pk]))
    assert Plan.objects.get().state == "archived"


def test_the_clerk_does_not_archive(running, clerk):
    Task.objects.update(state="waived")
    clerk.post(reverse("plan_close", args=[running.pk]))
    answer = clerk.post(reverse("plan_archive", args=[running.pk]), follow=True)
    assert "只有安委办主任可以办理" in answer.content.decode()


def test_the_list_asks_as_much_for_ten_times_the_plans(running, cast, clerk, django_assert_max_num_queries):
    def count():
        with django_assert_max_num_queries(9) as caught:
            assert clerk.get(reverse("plans")).status_code == 200
        return len(caught)

    few = count()
    for number in range(10):
        plan = import_plan(text=TEXT.replace("某市", f"第{number}市"), actor=actor(cast.clerk), at=AT)
        dispatch_tasks(plan=plan.pk, actor=actor(cast.clerk), at=AT)
    assert count() == few


def test_the_campaign_asks_as_much_for_ten_times_the_units(
    running, cast, clerk, django_assert_max_num_queries
):
    def count():
        with django_assert_max_num_queries(27) as caught:
            page(clerk, running)
        return len(caught)

    few = count()
    UnitGroup.objects.get(code="towns").units.add(*more_units(40))
    dispatch_tasks(plan=running.pk, actor=actor(cast.clerk), at=AT)
    assert count() == few


def test_a_draft_asks_as_much_for_ten_times_the_items(plan, clerk, cast, django_assert_max_num_queries):
    long = TEXT + "".join(f"{n}.第{n}件事。甲镇组织开展一次演练，6月{n}日前完成。\n" for n in range(4, 30))
    other = import_plan(text=long, actor=actor(cast.clerk), at=AT)

    def count(which):
        with django_assert_max_num_queries(16) as caught:
            page(clerk, which)
        return len(caught)

    assert count(other) == count(plan)


def test_the_office_has_the_figures_of_a_duty_added_up(running, clerk, cast, sign_in):
    duty = Item.objects.create(
        plan=running, order=99, number="R2", title="月活动总结", deliverables=["statistics"]
    )
    address = reverse("plan_statistics", args=[running.pk, duty.pk])
    assert address in page(clerk, running).content.decode()
    assert address not in page(sign_in(cast.department.liaison), running).content.decode()
    assert clerk.post(address).status_code == 302
    made = Document.objects.get(kind="statistics")
    assert (made.subject_id, "汇总统计表" in made.title) == (running.pk, True)
    assert sign_in(cast.department.liaison).post(address).status_code == 403
    other = Item.objects.create(
        plan=running, order=98, number="98", title="没有统计表的", deliverables=["records"]
    )
    assert clerk.post(reverse("plan_statistics", args=[running.pk, other.pk])).status_code == 404
