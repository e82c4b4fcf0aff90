import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import Client

from foundation.organization.models import Appointment

from .samples import identities


def test_a_refusal_says_who_may_see_it_and_offers_the_other_post(client):
    answer = client.get("/refused/")
    assert answer.status_code == 403
    assert "这一件只给浛洸镇和安委办看。" in answer.content.decode()
    assert "切换岗位" in answer.content.decode()


@pytest.mark.parametrize("page", ["400.html", "500.html"])
def test_pages_of_last_resort_need_no_context(page):
    html = render_to_string(page)
    assert "回到工作台" in html
    assert "<form" not in html


def test_a_wrong_address_gives_a_page_with_a_way_back(client):
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert "回到工作台" in answer.content.decode()


def test_an_expired_form_says_that_nothing_was_sent():
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"username": "a"})
    assert answer.status_code == 403
    assert "刚才的内容没有提交" in answer.content.decode()


def test_the_lockout_says_how_long():
    import datetime as dt

    context = {"username": "luo.shuyan", "failure_limit": 5, "cooloff_timedelta": dt.timedelta(minutes=30)}
    html = render_to_string("registration/locked.html", context)
    assert "连续输错 5 次" in html
    assert "30 分钟后再试" in html


def test_somebody_without_a_post_is_told_whom_to_ask(rf):
    request = rf.get("/")
    request.user, request.identity, request.identities = identities()[0].person, None, []
    assert "您目前没有在任岗位" in render_to_string("base.html", {"user": request.user}, request=request)


@pytest.mark.parametrize(
    ("post", "offered"), [("liaison", True), ("administrator", False), ("auditor", False)]
)
def test_the_inbox_is_offered_to_those_who_have_one(rf, post, offered):
    request = rf.get("/")
    request.identity, request.identities, request.user = Appointment(post=post), [], AnonymousUser()
    html = render_to_string("403.html", {"inbox": "/inbox/"}, request)
    assert ("去待办" in html) is offered
