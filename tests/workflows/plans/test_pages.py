"""Who may open which form of a draft: every address × everybody in the cast."""

import pytest
from django.test import Client
from django.urls import reverse

from foundation.organization.models import UnitGroup
from foundation.organization.posts import OFFICE_POSTS

PAGES = ["plan_facts", "plan_item_new", "plan_item"]
ACTS = ["check", "uncheck", "remove", "restore"]


def address(page, plan):
    first = plan.items.first().pk
    takes = {"plan_item": [plan.pk, first], **{act: [plan.pk, first, act] for act in ACTS}}
    return reverse("plan_item_act" if page in ACTS else page, args=takes.get(page, [plan.pk]))


@pytest.mark.parametrize("page", PAGES)
def test_only_the_office_opens_a_form(page, plan, cast, sign_in):
    answers = {seat: sign_in(seat).get(address(page, plan)).status_code for seat in cast}
    assert answers == {seat: 200 if seat.post in OFFICE_POSTS else 403 for seat in cast}


@pytest.mark.parametrize("page", [*PAGES, *ACTS])
def test_only_the_office_changes_anything(page, plan, cast, sign_in):
    others = [seat for seat in cast if seat.post not in OFFICE_POSTS]
    assert {sign_in(seat).post(address(page, plan), {"do": "save"}).status_code for seat in others} == {403}
    assert plan.items.count() == 4


@pytest.mark.parametrize("page", [*PAGES, *ACTS])
def test_who_is_not_signed_in_is_asked_to(page, plan):
    answer = Client().post(address(page, plan)) if page in ACTS else Client().get(address(page, plan))
    assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("sign_in"))


@pytest.mark.parametrize("act", ACTS)
def test_a_link_changes_nothing(act, plan, clerk):
    assert clerk.get(address(act, plan)).status_code == 405


@pytest.mark.parametrize("page", PAGES)
def test_a_plan_that_is_no_draft_has_no_forms(page, plan, clerk):
    type(plan).objects.update(state="in_approval")
    answer = clerk.get(address(page, plan), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("plan", args=[plan.pk])
    assert "方案当前为“审批中”，不能修改" in answer.content.decode()


def test_a_link_to_an_item_that_is_gone_leads_back(plan, clerk):
    gone = plan.items.first().pk
    clerk.post(reverse("plan_item_act", args=[plan.pk, gone, "remove"]))
    answer = clerk.get(reverse("plan_item", args=[plan.pk, gone]), follow=True)
    assert "已经被删除" in answer.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_item_of_another_plan_is_said_to_be_none_of_this(plan, clerk, method):
    other = type(plan).objects.create(organ=plan.organ, title="别的方案")
    address = reverse("plan_item", args=[other.pk, plan.items.first().pk])
    answer = getattr(clerk, method)(address, {"do": "save"}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("plan", args=[other.pk])
    assert "本方案没有这一项" in answer.content.decode()
    assert "已经被删除" not in answer.content.decode()


def test_a_group_without_units_is_said_to_be_empty(plan, clerk):
    group = UnitGroup.objects.create(code="enterprises", name="企事业单位")
    plan.items.first().duties.create(group=group)
    html = clerk.get(reverse("plan", args=[plan.pk])).content.decode()
    assert "尚无登记的企事业单位" in html
    assert "0 家" not in html
