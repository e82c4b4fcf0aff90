"""Signing in and out."""

import json

import pytest
from django.urls import reverse

from foundation.organization.models import Person

PASSWORD = "correct-horse-9"


@pytest.fixture
def person(cast):
    cast.clerk.person.set_password(PASSWORD)
    cast.clerk.person.save()
    return cast.clerk.person


def send(client, password=PASSWORD, username="clerk", **more):
    return client.post(reverse("sign_in"), {"username": username, "password": password, **more})


def test_the_right_password_leads_to_the_workbench(person, client):
    assert send(client).url == reverse("workbench")
    assert client.session["_auth_user_id"] == str(person.pk)


def test_it_goes_on_where_somebody_wanted_to_go(person, client):
    assert send(client, next="/units/").url == "/units/"


def test_it_does_not_lead_to_another_site(person, client):
    assert send(client, next="//elsewhere.example/").url == reverse("workbench")


@pytest.mark.parametrize(("username", "password"), [("clerk", "wrong"), ("nobody", PASSWORD)])
def test_a_wrong_password_and_an_unknown_name_sound_the_same(person, client, username, password):
    assert "账号或密码不对，请重新输入。" in send(client, password, username).content.decode()


def test_a_closed_account_does_not_open(person, client):
    Person.objects.update(is_active=False)
    assert "账号或密码不对" in send(client).content.decode()


def test_five_wrong_passwords_lock_the_account_even_for_the_right_one(person, client):
    answers = [send(client, "wrong").status_code for _ in range(5)]
    assert answers == [200] * 4 + [429]
    locked = send(client)
    assert locked.status_code == 429
    assert "暂停登录" in locked.content.decode()


def test_signing_out_leads_back_to_signing_in(person, client):
    send(client)
    assert client.post(reverse("sign_out")).url == reverse("sign_in")
    assert "_auth_user_id" not in client.session


def test_the_page_lists_demo_accounts_only_in_a_demo(cast, client, settings):
    accounts = {"password": "demo-2026", "accounts": ["twice", "jia.head", "gone"]}
    (settings.DATA_DIR / "demo.json").write_text(json.dumps(accounts))
    assert client.get(reverse("sign_in")).context["demo_accounts"] == []
    settings.DEMO = True
    listed = client.get(reverse("sign_in")).context
    assert listed["demo_password"] == "demo-2026"
    assert listed["demo_accounts"] == [
        ("twice", "苏珺", "市安委办、丁镇", "安办经办、联络员"),
        ("jia.head", "周晓岚", "甲镇", "主要负责人"),
    ]


def test_a_demo_without_its_file_lists_nobody(db, client, settings):
    settings.DEMO = True
    assert client.get(reverse("sign_in")).context["demo_accounts"] == []
