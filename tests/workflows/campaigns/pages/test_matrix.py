"""Who may open which page of a plan: every address × everybody in the cast."""

import pytest
from django.test import Client
from django.urls import reverse

from foundation.organization.posts import OFFICE_POSTS, UNIT_POSTS, Post
from workflows.plans.models import Plan

READERS = {*OFFICE_POSTS, Post.AUDITOR}
FORMS = ["plan_new", "plan_send", "plan_dispatch", "plan_archive"]
ACTS = ["plan_take_back", "plan_close", "plan_resume"]


def address(page, plan):
    return reverse(page, args=[] if page in ("plans", "plan_new") else [plan.pk])


def answers(page, plan, cast, sign_in):
    return {seat: sign_in(seat).get(address(page, plan)).status_code for seat in cast}


def test_the_list_opens_for_all_but_the_administrator(plan, cast, sign_in):
    wanted = {seat: 200 if seat.post in {*READERS, Post.LEADER, *UNIT_POSTS} else 403 for seat in cast}
    assert answers("plans", plan, cast, sign_in) == wanted


def test_the_list_shows_a_unit_only_plans_in_force(plan, cast, sign_in):
    assert plan.title not in sign_in(cast.town.liaison).get(reverse("plans")).content.decode()
    assert plan.title in sign_in(cast.auditor).get(reverse("plans")).content.decode()


@pytest.mark.parametrize("state", ["draft", "in_approval"])
def test_a_draft_opens_for_office_and_auditor(plan, cast, sign_in, state):
    Plan.objects.update(state=state)
    wanted = {seat: 200 if seat.post in READERS else 403 for seat in cast}
    assert answers("plan", plan, cast, sign_in) == wanted


def test_a_campaign_opens_for_units_with_tasks_too(running, cast, sign_in):
    wanted = {seat: 200 if seat.post in {*READERS, Post.LEADER, *UNIT_POSTS} else 403 for seat in cast}
    assert answers("plan", running, cast, sign_in) == wanted


@pytest.mark.parametrize("page", FORMS)
def test_only_the_office_acts(page, running, cast, sign_in):
    asked = {seat: sign_in(seat).get(address(page, running)).status_code for seat in cast}
    assert {seat for seat, code in asked.items() if code == 403} == {
        seat for seat in cast if seat.post not in OFFICE_POSTS
    }


@pytest.mark.parametrize("page", [*FORMS, *ACTS])
def test_an_act_is_refused_to_all_others(page, running, cast, sign_in):
    others = [seat for seat in cast if seat.post not in OFFICE_POSTS]
    assert {sign_in(seat).post(address(page, running)).status_code for seat in others} == {403}
    assert Plan.objects.get().state == "running"


@pytest.mark.parametrize("page", ["plans", "plan", *FORMS, *ACTS])
def test_who_is_not_signed_in_is_asked_to(page, plan):
    answer = Client().post(address(page, plan)) if page in ACTS else Client().get(address(page, plan))
    assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("sign_in"))


@pytest.mark.parametrize("page", ACTS)
def test_a_link_changes_nothing(page, plan, clerk):
    assert clerk.get(address(page, plan)).status_code == 405


@pytest.mark.parametrize("page", ["plan", *FORMS[1:]])
def test_a_plan_that_is_not_there_is_not_found(page, clerk, cast):
    assert clerk.get(reverse(page, args=[404])).status_code == 404
