"""One's own password, and those that were handed out."""

import datetime as dt

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.urls import reverse
from django.utils import timezone

from foundation.journal.models import Entry
from foundation.organization.models import Appointment, Person
from foundation.organization.passwords import hand_out, one_time

from .conftest import AT


@pytest.fixture
def person(cast):
    return cast.town.head.person


@pytest.fixture
def signed_in(person, client):
    """The head of the town, with a password that was handed out."""
    password = hand_out([person], at=timezone.now())[person.pk]
    client.post(reverse("sign_in"), {"username": person.username, "password": password})
    return client, password


def change(client, old, new, again=None):
    data = {"old_password": old, "new_password1": new, "new_password2": again or new}
    return client.post(reverse("password_change"), data)


def test_a_handed_out_password_opens_one_page_only(signed_in):
    client, _ = signed_in
    answer = client.get(reverse("address_book"), follow=True)
    assert answer.redirect_chain == [(reverse("password_change"), 302)]
    assert "请先改成自己的密码" in answer.content.decode()


def test_after_the_change_everything_opens(signed_in, person):
    client, password = signed_in
    assert change(client, password, "my-own-words-7").url == reverse("password_change_done")
    assert client.get(reverse("address_book")).status_code == 200
    person.refresh_from_db()
    assert (person.must_change_password, person.check_password("my-own-words-7")) == (False, True)


@pytest.mark.parametrize(
    ("new", "again", "says"),
    [("short-1", None, "至少"), ("12345678901234", None, "数字"), ("password1234567", "other-words-77", "")],
)
def test_a_bad_new_password_is_refused_and_the_old_one_stays(signed_in, person, new, again, says):
    client, password = signed_in
    answer = change(client, password, new, again)
    assert answer.context["form"].errors
    assert says in answer.content.decode()
    person.refresh_from_db()
    assert person.must_change_password


def test_a_handed_out_password_is_hashed_anew_when_used(signed_in, person):
    before = person.password
    person.refresh_from_db()
    assert person.password != before
    assert not identify_hasher(person.password).must_update(person.password)


def test_handing_out_lifts_the_lock(cast, client, person):
    sign_in = reverse("sign_in")
    for _ in range(5):
        client.post(sign_in, {"username": person.username, "password": "wrong"})
    assert client.post(sign_in, {"username": person.username, "password": "wrong"}).status_code == 429
    password = hand_out([person], at=timezone.now())[person.pk]
    assert client.post(sign_in, {"username": person.username, "password": password}).status_code == 302


def test_resetting_ends_the_sessions_there_are(cast, sign_in, person):
    client = sign_in(cast.town.head)
    sign_in(cast.administrator).post(reverse("person_reset", args=[person.pk]))
    assert client.get(reverse("address_book")).status_code == 302


def test_five_hundred_are_handed_out_in_few_statements(cast, django_assert_max_num_queries):
    people = [Person(username=f"p{n}", name="某", password="!") for n in range(500)]
    Person.objects.bulk_create(people)
    with django_assert_max_num_queries(12):
        given = hand_out(people, at=AT)
    assert len(set(given.values())) == 500
    assert people[0].check_password(given[people[0].pk])


def test_a_one_time_password_can_be_read_from_paper():
    assert not set("".join(one_time() for _ in range(50))) & set("0O1lIoi")


def test_nobody_changes_a_password_unseen(signed_in):
    from foundation.journal.models import Entry

    client, password = signed_in
    change(client, password, "my-own-words-7")
    last = Entry.objects.latest("seq")
    assert last.verb == "journal.book.person.password"
    assert last.at - AT > dt.timedelta(0)
    assert "my-own-words-7" not in str([last.data, last.words])


def test_who_holds_no_post_changes_it_in_their_own_name(signed_in, person):
    client, password = signed_in
    Appointment.objects.filter(person=person).update(revoked=True)
    change(client, password, "my-own-words-7")
    entry = Entry.objects.latest("seq")
    assert (entry.verb, entry.actor_id, entry.post) == ("journal.book.person.password", person.pk, None)
