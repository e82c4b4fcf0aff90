"""Sending for approval: what stands in the way is listed with the way to put it right."""

from django.urls import reverse

from workflows.plans.models import Item, Plan


def state():
    return Plan.objects.get().state


def test_the_page_lists_what_stands_in_the_way(plan, item, clerk):
    page = clerk.get(reverse("plan_send", args=[plan.pk])).content.decode()
    assert "不认识“消防部门”" in page
    assert reverse("plan_item", args=[plan.pk, item("2").pk]) in page
    assert '<button class="btn is-primary mt-3">送审' not in page


def test_it_is_refused_with_the_same_words(plan, clerk):
    answer = clerk.post(reverse("plan_send", args=[plan.pk]), follow=True)
    assert "不认识“消防部门”" in answer.content.decode()
    assert state() == "draft"


def test_cautions_do_not_block_and_the_next_person_is_named(ready, clerk):
    url = reverse("plan_send", args=[ready.pk])
    assert "没有核对" in clerk.get(url).content.decode()
    answer = clerk.post(url, follow=True)
    assert state() == "in_approval"
    assert "下一步：谢长青 审批" in answer.content.decode()


def test_pressed_twice_it_is_sent_once(ready, clerk):
    url = reverse("plan_send", args=[ready.pk])
    clerk.post(url)
    answer = clerk.post(url, follow=True)
    assert "方案当前为“审批中”" in answer.content.decode()


def test_it_can_be_taken_back_until_somebody_decides(sent, clerk):
    clerk.post(reverse("plan_take_back", args=[sent.pk]))
    assert state() == "draft"
    answer = clerk.post(reverse("plan_take_back", args=[sent.pk]), follow=True)
    assert "无需撤回" in answer.content.decode()


def test_the_approver_is_shown_items_units_dates_and_dispositions(sent):
    from django.template.loader import render_to_string

    from approvals.models import Approval
    from approvals.subjects import SUBJECTS

    approval = Approval.objects.get(state="pending")
    matter = SUBJECTS[approval.subject].matter(approval.subject_id, approval.digest, "")
    shown = render_to_string(matter.template, matter.context)
    for words in ("开展进农村活动", "市丙局", "各镇（街）", "6月20日前", "活动记录", "不下达"):
        assert words in shown, words


def test_what_changed_after_sending_changes_the_digest(ready):
    from workflows.plans.content import digest_of

    before = digest_of(ready)
    Item.objects.filter(number="1").update(title="别的")
    assert digest_of(ready) != before
