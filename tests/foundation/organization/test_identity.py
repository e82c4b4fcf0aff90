"""Under which post somebody acts."""

import datetime as dt

import pytest
from django.urls import reverse

from foundation.organization.models import Appointment

SWITCH = "switch_identity"


def acting(client):
    return client.get(reverse("address_book")).wsgi_request.identity


def test_another_of_ones_own_posts_can_be_taken(cast, sign_in):
    client = sign_in(cast.twice_office)
    client.post(reverse(SWITCH), {"appointment": cast.twice.pk})
    assert acting(client) == cast.twice


@pytest.mark.parametrize("wanted", ["", "abc", "-1", "99999999", "１"])
def test_what_is_no_post_changes_nothing(cast, sign_in, wanted):
    client = sign_in(cast.twice_office)
    assert client.post(reverse(SWITCH), {"appointment": wanted}).status_code == 302
    assert acting(client) == cast.twice_office


def test_somebody_elses_post_can_not_be_taken(cast, sign_in):
    client = sign_in(cast.town.handler)
    client.post(reverse(SWITCH), {"appointment": cast.administrator.pk})
    assert acting(client) == cast.town.handler


def test_a_post_that_ended_is_acted_under_no_more(cast, sign_in):
    client = sign_in(cast.twice)
    Appointment.objects.filter(pk=cast.twice.pk).update(end=dt.date(2021, 1, 1))
    assert acting(client) == cast.twice_office


def test_whoever_holds_no_post_sees_the_page_and_acts_as_nobody(cast, sign_in):
    client = sign_in(cast.town.handler)
    Appointment.objects.filter(pk=cast.town.handler.pk).update(revoked=True)
    assert acting(client) is None
    assert client.get(reverse("units")).status_code == 403


def test_every_page_costs_one_query_for_the_identity(cast, sign_in, django_assert_num_queries):
    client = sign_in(cast.twice)
    with django_assert_num_queries(4):  # session, person, posts with the state of the calendar, 待办
        client.get(reverse("password_change"))
