"""Who may open which page: every address of this room × everybody in the cast."""

import pytest
from django.urls import reverse

from foundation.organization.posts import Post

EDITORS = {Post.ADMINISTRATOR, Post.OFFICE_CLERK, Post.OFFICE_HEAD}
READERS = EDITORS | {Post.AUDITOR}
ALL = set(Post)
PAGES = {  # url name, what it takes -> posts that may open it
    ("address_book", ()): ALL,
    ("password_change", ()): ALL,
    ("administration", ()): READERS,
    ("units", ()): READERS,
    ("unit", ("unit",)): READERS,
    ("unit_new", ()): EDITORS,
    ("people", ()): READERS,
    ("person", ("person",)): READERS,
    ("person_new", ()): EDITORS,
    ("import_table", ("units",)): EDITORS,
    ("import_table", ("people",)): EDITORS,
    ("import_template", ("units",)): EDITORS,
    ("import_template", ("people",)): EDITORS,
    ("calendar", ()): READERS,
}
ACTS = {  # asked for by POST alone
    ("appoint", ("person",)): EDITORS,
    ("person_reset", ("person",)): EDITORS,
    ("appointment_end", ("seat",)): EDITORS,
    ("calendar_seed", ()): EDITORS,
    ("calendar_upload", ()): EDITORS,
}


def address(page, cast):
    name, takes = page
    known = {"unit": cast.town.unit.pk, "person": cast.town.head.person_id, "seat": cast.town.head.pk}
    return reverse(name, args=[known.get(one, one) for one in takes])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: "-".join((page[0], *page[1])))
def test_a_page_opens_for_these_posts_and_no_others(page, cast, sign_in):
    answers = {seat: sign_in(seat).get(address(page, cast)).status_code for seat in cast}
    assert answers == {seat: 200 if seat.post in PAGES[page] else 403 for seat in cast}


@pytest.mark.parametrize("page", ACTS, ids=lambda page: page[0])
def test_an_act_is_refused_to_all_other_posts(page, cast, sign_in):
    others = [seat for seat in cast if seat.post not in ACTS[page]]
    assert {sign_in(seat).post(address(page, cast)).status_code for seat in others} == {403}


@pytest.mark.parametrize("page", [*PAGES, *ACTS], ids=lambda page: "-".join((page[0], *page[1])))
def test_who_is_not_signed_in_is_asked_to(page, cast, client):
    answer = client.post(address(page, cast)) if page in ACTS else client.get(address(page, cast))
    assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("sign_in"))


@pytest.mark.parametrize("page", ACTS, ids=lambda page: page[0])
def test_a_link_changes_nothing(page, cast, sign_in):
    assert sign_in(cast.administrator).get(address(page, cast)).status_code == 405
