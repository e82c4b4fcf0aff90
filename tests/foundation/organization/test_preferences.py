"""Size and contrast of pages."""

import pytest
from django.urls import reverse

from foundation.organization.models import Person


def look(person):
    return Person.objects.values_list("text_size", "high_contrast").get(pk=person.pk)


def send(client, **data):
    return client.post(reverse("preferences"), data)


def test_they_are_kept_with_the_person(cast, sign_in):
    send(sign_in(cast.clerk), size="huge")
    send(sign_in(cast.clerk), contrast="high")
    assert look(cast.clerk.person) == ("huge", True)


def test_before_signing_in_they_are_kept_with_the_session(db, client):
    send(client, size="large")
    assert 'data-size="large"' in client.get(reverse("sign_in")).content.decode()


@pytest.mark.parametrize("size", ["", "gigantic"])
def test_an_unknown_size_changes_nothing(cast, sign_in, size):
    assert send(sign_in(cast.clerk), size=size).status_code == 302
    assert look(cast.clerk.person) == ("normal", False)


@pytest.mark.parametrize(
    ("wanted", "to"), [("/units/?q=a", "/units/?q=a"), ("https://elsewhere.example/", "/"), ("999", "/")]
)
def test_it_goes_back_to_a_page_of_ours(cast, sign_in, wanted, to):
    assert send(sign_in(cast.clerk), size="large", next=wanted).url == to


def test_shortcuts_are_switched_off_and_on_for_each_person(cast, sign_in):
    client = sign_in(cast.clerk)
    assert "keys.js" in client.get("/address-book/").content.decode()
    send(client, keys="off")
    html = client.get("/address-book/").content.decode()
    assert "keys.js" not in html
    assert "打开快捷键" in html
    send(client, keys="on")
    assert Person.objects.get(pk=cast.clerk.person_id).shortcuts
