"""The bell and the list: what is mine, with titles only for whoever may see them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.organization.models import Appointment
from foundation.outbox.models import Message
from foundation.outbox.spreading import spread
from tests.cast import actor, identity
from tests.workflows.tasks.conftest import case, make, plan  # noqa: F401 - fixtures
from workflows.tasks import services

LIST, BELL = "/messages/", "/messages/bell/"


@pytest.fixture
def liaison(cast, case) -> Client:  # noqa: F811
    """Of 甲镇, who was told of one task."""
    spread(timezone.now())
    return identity(Client(), cast.town.liaison)


def shown(client: Client, url: str = LIST) -> str:
    return client.get(url).content.decode()


def test_an_unread_message_says_what_it_is_about_and_where(liaison):
    page = shown(liaison)
    assert "有一件新任务，请签收。" in page
    assert "农机安全技能培训" in page
    assert "1 条未读" in page


def test_opening_it_leads_to_the_task_under_the_post_that_was_told_and_reads_it(liaison, case, cast):  # noqa: F811
    message = Message.objects.get()
    answer = liaison.get(message.get_absolute_url())
    assert answer.url == reverse("task", args=[case.pk])
    message.refresh_from_db()
    assert message.read_at
    assert "没有未读的消息" in shown(liaison)
    assert "有一件新任务" in shown(liaison, f"{LIST}?box=all")


def test_nobody_opens_or_reads_somebody_elses(liaison, cast):
    message = Message.objects.get()
    other = identity(Client(), cast.other.liaison)
    assert other.get(message.get_absolute_url()).status_code == 404
    other.post("/messages/read/", {"message": message.pk})
    assert Message.objects.get().read_at is None
    assert "有一件新任务" not in shown(other, f"{LIST}?box=all")


def test_the_title_goes_with_the_power_to_see_it(liaison, cast):
    """Who left the post keeps the message, not what it is about."""
    Appointment.objects.filter(pk=cast.town.liaison.pk).update(unit=cast.other.unit, post="handler")
    page = shown(liaison)
    assert "有一件新任务，请签收。" in page
    assert "农机安全技能培训" not in page


def test_all_that_were_there_are_read_and_what_came_since_is_not(liaison, make):  # noqa: F811
    newest = Message.objects.get().pk
    make()
    spread(timezone.now())
    answer = liaison.post("/messages/read/", {"upto": newest, "next": LIST})
    assert answer.url == LIST
    assert Message.objects.get(read_at=None).pk > newest


def test_the_bell_costs_no_query_of_its_own(liaison, django_assert_num_queries):
    with django_assert_num_queries(3):  # session, person, posts
        assert "1 条未读" in shown(liaison, BELL)


def test_whoever_is_signed_out_is_led_nowhere_by_the_bell(db):
    answer = Client().get(BELL)
    assert (answer.status_code, answer.content) == (204, b"")


def test_the_bell_counts_no_further_than_99(liaison, make):  # noqa: F811
    for _ in range(100):
        make()
    spread(timezone.now())
    assert "99+ 条未读" in shown(liaison, BELL)


@pytest.mark.parametrize("given", [{}, {"message": "eins"}, {"upto": "9" * 30}])
def test_what_is_no_number_reads_nothing(liaison, given):
    assert liaison.post("/messages/read/", given).status_code == 302
    assert Message.objects.get().read_at is None


def test_a_longer_list_asks_no_more(liaison, case, make, cast, django_assert_num_queries):  # noqa: F811
    with django_assert_num_queries(6):  # session, person, posts; the page, its rows, the titles of tasks
        shown(liaison)
    services.urge(tasks=[case.pk, *(make() for _ in range(20))], actor=actor(cast.clerk), at=timezone.now())
    spread(timezone.now())
    with django_assert_num_queries(6):
        assert shown(liaison).count("农机安全技能培训") == 2 * 30
