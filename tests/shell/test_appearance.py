import re

from django.template import Context
from django.test import RequestFactory

from foundation.organization.templatetags.shell import appearance


def test_size_and_contrast_of_the_person_are_on_the_page(client):
    html = client.get("/?size=large&high").content.decode()
    assert '<html lang="zh-CN" data-size="large" data-contrast="high">' in html
    assert '<button name="size" value="huge">' in html
    assert '<button name="contrast" value="normal">标准对比' in html


def test_the_plain_look_carries_no_mark(client):
    assert '<html lang="zh-CN">' in client.get("/").content.decode()


def test_before_signing_in_the_session_remembers():
    request = RequestFactory().get("/")
    request.session = {"text_size": "huge"}
    assert appearance(Context({"request": request}))["size"] == "huge"


def test_the_switches_bring_one_back_to_the_same_page(client):
    html = client.get("/tasks/?light=overdue").content.decode()
    assert 'name="next" value="/tasks/?light=overdue"' in html


def test_several_posts_are_offered_and_the_current_one_is_marked(client):
    html = client.get("/").content.decode()
    assert '<button name="appointment" value="1" aria-current="true">安办经办</button>' in html
    assert '<button name="appointment" value="2">浛洸镇联络员</button>' in html


def test_actions_of_the_menu_are_posts_with_a_token(client):
    html = client.get("/").content.decode()
    forms = re.findall(r"<form[^>]*>\s*(<input[^>]*>)?", html)
    assert html.count('<form method="post"') == len(forms)
    assert all("csrfmiddlewaretoken" in first for first in forms)
