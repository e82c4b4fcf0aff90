"""消息设置, and the page of what did not arrive."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from foundation.outbox import forms, registry, views
from foundation.outbox.models import Message, Preference
from foundation.outbox.spreading import spread
from tests.cast import identity
from tests.workflows.tasks.conftest import case, make, plan  # noqa: F401 - fixtures
from tests.workflows.tasks.minutes import AT

from .test_sending import line  # noqa: F401 - fixture

SETTINGS, UNDELIVERED, AGAIN = (
    "/messages/settings/",
    "/administration/undelivered/",
    "/administration/undelivered/again/",
)
GIVEN = {"email": "anna@example.gov.cn", "quiet_from": "21:00", "quiet_to": "08:00"}


@pytest.fixture
def liaison(cast, line, monkeypatch) -> Client:  # noqa: F811
    """With e-mail open."""
    monkeypatch.setattr(views, "channels", lambda: [line])
    return identity(Client(), cast.town.liaison)


def given(**changed: str) -> dict[str, str]:
    wishes = {f"{kind.code}-email": "now" if kind.urgent else "digest" for kind in registry.KINDS.values()}
    return GIVEN | wishes | changed


def test_what_was_chosen_is_kept_and_what_was_left_as_it_is_is_not(liaison, cast):
    assert liaison.post(SETTINGS, given(**{"task.issued-email": "now"})).status_code == 302
    kept = Preference.objects.get(person=cast.town.liaison.person)
    assert (kept.email, kept.quiet_free) == ("anna@example.gov.cn", False)
    assert kept.choices == {"task.issued": {"email": "now"}}
    page = liaison.get(SETTINGS).content.decode()
    assert "anna@example.gov.cn" in page
    assert "免打扰" in page


def test_what_a_closed_channel_was_to_do_is_kept_for_when_it_opens(liaison, cast):
    Preference.objects.create(person=cast.town.liaison.person, choices={"task.issued": {"wecom": "off"}})
    liaison.post(SETTINGS, given())
    assert Preference.objects.get().choices == {"task.issued": {"wecom": "off"}}


@pytest.mark.parametrize(
    "wrong", [{"email": "anna"}, {"quiet_from": "25:00"}, {"task.issued-email": "yesterday"}]
)
def test_what_is_wrong_is_said_and_nothing_is_kept(liaison, wrong):
    answer = liaison.post(SETTINGS, given(**wrong))
    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()
    assert not Preference.objects.exists()


@pytest.mark.parametrize("account", ["@all", "anna|ben", "anna\n", "安娜"])
def test_an_account_is_one_persons_and_never_everybodys(account, line):  # noqa: F811
    line.code = "wecom"
    form = forms.PreferenceForm(
        {"wecom": account, "quiet_from": "21:00", "quiet_to": "08:00"}, channels=[line]
    )
    assert form.errors.get("wecom") or form.cleaned_data["wecom"] == "anna"


def test_without_a_channel_it_says_so(client, cast):
    assert "目前只有站内消息" in identity(client, cast.clerk).get(SETTINGS).content.decode()


@pytest.fixture
def failed(cast, line, case) -> Message:  # noqa: F811
    Preference.objects.create(person=cast.town.liaison.person, email="anna@example.gov.cn")
    spread(AT)
    row = Message.objects.get(channel="email")
    Message.objects.filter(pk=row.pk).update(state="failed", error="收件地址被拒绝。", tries=3, parcel=row.pk)
    return row


def test_what_did_not_arrive_is_listed_with_its_reason_and_without_its_matter(failed, cast):
    page = identity(Client(), cast.administrator).get(UNDELIVERED).content.decode()
    for words in ("赖安宁", "收件地址被拒绝。", "任务下达", "3 次", "再发一次"):
        assert words in page
    assert "农机" not in page


def test_the_page_of_administration_says_that_something_did_not_arrive(failed, cast):
    client = identity(Client(), cast.administrator)
    assert "1 条未送达" in client.get("/administration/").content.decode()
    Message.objects.filter(pk=failed.pk).update(state="sent")
    assert "未送达</" not in client.get("/administration/").content.decode()


def test_it_is_sent_again_by_those_who_keep_people_and_by_nobody_else(failed, cast):
    for stranger in (cast.auditor, cast.town.liaison):
        assert identity(Client(), stranger).post(AGAIN, {"message": failed.pk}).status_code == 403
    assert Message.objects.get(pk=failed.pk).state == "failed"
    assert identity(Client(), cast.clerk).post(AGAIN, {"message": failed.pk}).url == UNDELIVERED
    failed.refresh_from_db()
    assert (failed.state, failed.tries, failed.ended) == ("waiting", 0, None)


def test_the_list_asks_no_more_for_many(failed, cast, make, line, django_assert_num_queries):  # noqa: F811
    client = identity(Client(), cast.administrator)
    with django_assert_num_queries(5):  # session, person, posts; counts by channel, the page
        client.get(UNDELIVERED)
    for _ in range(20):
        make()
    spread(AT + dt.timedelta(days=1))
    Message.objects.filter(channel="email").update(state="failed")
    with django_assert_num_queries(5):
        client.get(UNDELIVERED)
